// The field in which questions are written: it grows, sends, and recalls earlier questions.

import { readDraft, writeDraft } from "./store.js";

/** Whether a key press is the Enter that sends, not the one that ends the spelling of a Chinese word. */
export function isSend(event) {
  return event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229;
}

/** Give a text field the height of what is in it. */
export function fit(field) {
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, innerHeight * 0.4)}px`;
}

export class Composer {
  /** `readQuestions` gives earlier questions, the newest first; `onSend` takes a question, and says whether it did. */
  constructor(form, { readQuestions, onSend }) {
    this.form = form;
    this.field = form.querySelector("textarea");
    this.readQuestions = readQuestions;
    this.onSend = onSend;
    this.conversation = null;
    this.endRecall();
    form.addEventListener("submit", (event) => this.send(event));
    this.field.addEventListener("keydown", (event) => this.onKey(event));
    this.field.addEventListener("input", () => {
      this.endRecall();
      this.keepDraft();
    });
  }

  /** Go on with what was typed in a conversation. */
  turnTo(conversation) {
    this.conversation = conversation;
    this.endRecall();
    this.show(readDraft(conversation));
  }

  /** The conversation that is on show has got its id. */
  belongTo(conversation) {
    this.conversation = conversation;
  }

  show(text) {
    this.field.value = text;
    this.keepDraft();
  }

  focus() {
    this.field.focus();
  }

  keepDraft() {
    fit(this.field);
    writeDraft(this.conversation, this.field.value);
  }

  send(event) {
    event.preventDefault();
    const question = this.field.value.trim();
    if (question === "") return;
    const { conversation } = this;
    if (!this.onSend(question)) return;
    writeDraft(conversation, "");
    this.endRecall();
    this.show("");
  }

  onKey(event) {
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (isSend(event)) {
      event.preventDefault();
      this.form.requestSubmit();
    } else if (step && this.mayRecall(event, step)) {
      event.preventDefault();
      this.recall(step);
    }
  }

  // ---- recall: the arrows walk through earlier questions from an empty field, until one is changed

  endRecall() {
    this.questions = null;
    this.place = -1; // -1 is the empty field
  }

  get recalled() {
    return this.place < 0 ? "" : this.questions[this.place];
  }

  mayRecall(event, step) {
    const { field } = this;
    if (event.isComposing || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return false;
    const atEnd = field.selectionStart === field.value.length; // elsewhere the arrows move the caret
    return field.value === this.recalled && atEnd && (step > 0 || this.place >= 0);
  }

  async recall(step) {
    const questions = this.questions ?? (await this.readQuestions());
    if (this.field.value !== this.recalled) return; // something was typed meanwhile
    this.questions = questions;
    this.place = Math.max(-1, Math.min(this.place + step, questions.length - 1));
    this.show(this.recalled);
    this.field.setSelectionRange(this.field.value.length, this.field.value.length);
  }
}
