// The elements of one turn; `update` changes only what the stream changed.

import { addressOfQuestion, LONGEST_QUESTION } from "./address.js";
import { fit, isSend } from "./composer.js";
import { make, makeCopyButton, makeIcon, PENCIL, showControls } from "./dom.js";
import { readBlocks, readPlainText } from "./markdown.js";
import { typeset } from "./math.js";
import { Picture } from "./picture.js";
import { highlightPython } from "./python.js";
import { piecesOf } from "./turn.js";

const CHEVRON = "m7.5 5 5 5-5 5";
const AGAIN = "M15.8 8.6A6 6 0 1 0 16 11.6M16 4.4v4.2h-4.2";
const LONG_ANSWER = 24; // characters
const MOST_PICTURES = 20; // of one program
const BUSY = new Set(["writing", "running"]);

/** A question and its solution. */
export class TurnView {
  /** `onRetry()` asks the question again, `onEdit(question)` another in its place. */
  constructor(turn, words, { isLast, onRetry, onEdit }) {
    this.words = words;
    this.onRetry = onRetry;
    this.isLast = isLast;
    this.pieces = [];
    this.body = make("div", "pieces");
    this.tail = make("div", "tail");
    this.pulse = make("p", "pulse", { "aria-label": words.thinking }, make("i"), make("i"), make("i"));
    const solution = make("article", "solution", { "aria-label": words.solution }, this.body, this.tail);
    this.node = make("li", "turn", {}, new Asked(turn, words, onEdit).node, solution);
    this.update(turn);
  }

  update(turn) {
    this.node.dataset.state = turn.state;
    const pieces = piecesOf(turn);
    pieces.forEach((piece, index) => this.updatePiece(piece, index));
    this.pieces.splice(pieces.length).forEach(discard);
    // Three dots while the model writes; a running program has a sign of its own.
    this.pulse.hidden = turn.state !== "working" || pieces.at(-1).status === "running";
    if (turn.state !== "working") this.tail.replaceChildren(...this.buildTail(turn));
    else if (this.pulse.parentNode !== this.tail) this.tail.replaceChildren(this.pulse);
  }

  /** Another turn follows: its programs are the ones to see. Pictures stay in sight. */
  retire(turn) {
    this.isLast = false;
    for (const cell of this.node.querySelectorAll("details:not(:has(.picture))")) cell.open = false;
    this.update(turn);
  }

  dispose() {
    this.pieces.forEach(discard);
    this.node.remove();
  }

  updatePiece(piece, index) {
    const Kind = VIEWS[piece.kind];
    if (!(this.pieces[index] instanceof Kind)) {
      if (this.pieces[index]) discard(this.pieces[index]);
      const number = this.pieces.slice(0, index).filter((view) => view instanceof CellView).length + 1;
      this.pieces[index] = new Kind(this.words, number, this.isLast);
      this.body.insertBefore(this.pieces[index].node, this.body.children[index] ?? null);
    }
    this.pieces[index].update(piece);
  }

  buildTail(turn) {
    const answer = turn.state === "done" && turn.answer ? [this.buildAnswer(turn)] : [];
    return [...answer, ...this.buildTally(turn), ...this.buildNotice(turn), ...(turn.content ? [this.buildFacts(turn)] : [])];
  }

  buildAnswer(turn) {
    const formula = typeset(`\\displaystyle ${turn.answer}`, false, turn.answer); // not a display: those cannot wrap
    const copy = makeCopyButton(() => turn.answer, this.words.copyAnswer, this.words);
    const head = make("div", "answer-head", {}, make("h2", "", {}, this.words.answer), copy);
    const size = turn.answer.length > LONG_ANSWER ? "answer-body long" : "answer-body";
    const body = make("div", size, { tabindex: "0" }, formula);
    return make("section", "answer", { "aria-label": this.words.answer }, head, body);
  }

  /** How sure the answer is: the vote of several solutions, and its check. */
  buildTally({ votes, check }) {
    const { words } = this;
    const lines = [...(votes ? [words.votes(votes)] : []), ...(check ? [words.checked[check.status](check.answers)] : [])];
    return lines.length > 0 ? [make("p", "tally", {}, lines.join(" "))] : [];
  }

  buildNotice(turn) {
    const { words } = this;
    if (turn.state === "failed") return [this.buildAlert(describeFailure(turn.failure, words), "bad")];
    if (turn.state === "stopped") return [this.buildAlert(words.stopped, "plain")];
    if (turn.state === "broken") return [this.buildAlert(words.broken, "plain")];
    const cut = { length: words.cutLength, rounds: words.cutRounds }[turn.finish];
    return cut ? [this.buildAlert(cut, "warn")] : [];
  }

  buildAlert(text, tone) {
    const alert = make("div", `notice ${tone}`, {}, make("p", "", {}, text));
    if (this.isLast) {
      const retry = make("button", "quiet", { type: "button" }, this.words.retry);
      retry.addEventListener("click", this.onRetry);
      alert.append(retry);
    }
    return alert;
  }

  buildFacts(turn) {
    const { words } = this;
    const programs = turn.parts.filter((part) => part.kind === "execution").length;
    const facts = [
      ...(programs > 0 ? [words.programs(programs)] : []),
      ...(turn.seconds === null ? [] : [words.seconds(turn.seconds)]),
      ...(turn.tokens === null ? [] : [words.tokens(turn.tokens)]),
    ];
    const copy = makeCopyButton(() => turn.content, words.copySolution, { ...words, copy: words.copySolution });
    const again = this.isLast && turn.state === "done" ? [this.buildAgain()] : [];
    return make("div", "facts", {}, make("span", "", {}, facts.join(" · ")), ...again, copy);
  }

  buildAgain() {
    const button = make("button", "copy", { type: "button" }, makeIcon(AGAIN), this.words.again);
    button.addEventListener("click", this.onRetry);
    return button;
  }
}

/** A question, and the field in which it is changed. */
class Asked {
  constructor(turn, words, onEdit) {
    this.question = turn.question;
    this.words = words;
    this.onEdit = onEdit;
    const text = make("div", "question", { "aria-label": words.you, role: "group" }, ...readPlainText(turn.question));
    const mark = turn.alone ? [make("span", "alone-mark", { title: words.aloneWhy }, words.askedAlone)] : [];
    const said = { ...words, copy: words.link };
    const link = makeCopyButton(() => addressOfQuestion(turn.question), words.linkQuestion, said);
    this.edit = make("button", "copy", { type: "button" }, makeIcon(PENCIL), words.edit);
    this.edit.addEventListener("click", () => this.open());
    this.shown = [text, make("div", "question-tools", {}, link, this.edit, ...mark)];
    this.node = make("div", "asked", {}, ...this.shown);
  }

  open() {
    const { words } = this;
    const field = make("textarea", "", { "aria-label": words.editField, maxlength: LONGEST_QUESTION, rows: "1" });
    field.value = this.question;
    const cancel = make("button", "quiet", { type: "button" }, words.cancel);
    const send = make("button", "primary", { type: "button" }, words.askAgain);
    const why = make("p", "", {}, words.editWhy);
    field.addEventListener("input", () => fit(field));
    field.addEventListener("keydown", (event) => this.onKey(event, field));
    cancel.addEventListener("click", () => this.close());
    send.addEventListener("click", () => this.send(field));
    const form = make("div", "question-form", {}, field, make("div", "choices", {}, why, cancel, send));
    this.node.replaceChildren(form);
    fit(field);
    field.focus();
  }

  onKey(event, field) {
    if (isSend(event)) {
      event.preventDefault();
      this.send(field);
    } else if (event.key === "Escape" && !event.isComposing) {
      event.stopPropagation(); // ends no solve
      this.close();
    }
  }

  send(field) {
    const question = field.value.trim();
    if (question !== "") this.onEdit(question);
  }

  close() {
    this.node.replaceChildren(...this.shown);
    this.edit.focus();
  }
}

/** A text, block by block. */
class TextView {
  constructor() {
    this.node = make("div", "prose");
    this.blocks = [];
  }

  update({ text }) {
    const blocks = readBlocks(text);
    const same = blocks.findIndex((block, index) => block.raw !== this.blocks[index]?.raw);
    const kept = same < 0 ? blocks.length : same;
    this.blocks.splice(kept).forEach((block) => block.node.remove());
    for (const block of blocks.slice(kept)) {
      const node = block.build();
      this.node.append(node);
      this.blocks.push({ raw: block.raw, node });
    }
  }
}

/** A program with its status and output; open while it is in the newest turn, unless its reader folds it. */
class CellView {
  constructor(words, number, open) {
    this.words = words;
    this.shown = {};
    this.code = make("code");
    this.preview = make("span", "cell-preview");
    this.status = make("span", "cell-status");
    this.output = make("pre", "", { tabindex: "0" });
    this.number = number;
    this.pictures = [];
    this.gallery = make("div", "pictures", { hidden: "" });
    const title = make("span", "cell-title", {}, words.program(number));
    const summary = make("summary", "", {}, makeIcon(CHEVRON), title, this.preview, this.status);
    const copy = makeCopyButton(() => this.shown.code, words.copyCode, words);
    this.program = make("div", "cell-code", {}, make("pre", "", { tabindex: "0" }, this.code), copy);
    const label = make("p", "", {}, words.output);
    this.result = make("div", "cell-output", { hidden: "" }, label, this.output, this.gallery);
    this.node = make("details", "cell", open ? { open: "" } : {}, summary, this.program, this.result);
  }

  update(cell) {
    const { shown, words } = this;
    if (cell.code !== shown.code) this.code.replaceChildren(...highlightPython(cell.code));
    this.program.hidden = cell.code === "";
    this.node.dataset.status = cell.status;
    this.node.dataset.busy = BUSY.has(cell.status);
    const time = cell.ms === null ? "" : ` · ${words.ms(cell.ms)}`;
    this.status.textContent = (words.status[cell.status] ?? cell.status) + time;
    this.result.hidden = cell.output === null;
    if (cell.output !== shown.output) {
      this.output.textContent = showControls(cell.output ?? "");
      this.preview.textContent = showControls(cell.output?.trim().split("\n").at(-1) ?? "");
    }
    if (cell.images !== shown.images) this.showPictures(cell.images);
    this.shown = cell;
  }

  showPictures(images) {
    this.dispose();
    const { words, number } = this;
    this.pictures = images
      .slice(0, MOST_PICTURES)
      .map((image, index) => new Picture(image, words.picture(index + 1, number), words));
    this.gallery.replaceChildren(...this.pictures.map(({ node }) => node));
    this.gallery.hidden = images.length === 0;
    if (images.length > 0) this.node.open = true;
  }

  dispose() {
    for (const picture of this.pictures) picture.dispose();
  }
}

/** Reasoning, folded away unless its reader opens it. */
class ReasoningView {
  constructor(words) {
    this.preview = make("span", "cell-preview");
    this.text = make("pre", "", { tabindex: "0" });
    const title = make("span", "cell-title", {}, words.reasoning);
    const summary = make("summary", "", {}, makeIcon(CHEVRON), title, this.preview);
    this.node = make("details", "cell reasoning", {}, summary, this.text);
  }

  update({ text }) {
    const shown = showControls(text.trim());
    if (shown === this.text.textContent) return;
    this.text.textContent = shown;
    this.preview.textContent = shown.split("\n").at(-1);
  }
}

function discard(view) {
  view.node.remove();
  view.dispose?.();
}

const VIEWS = { text: TextView, cell: CellView, reasoning: ReasoningView };

function describeFailure({ kind, message }, words) {
  const description = words.failed[kind] ?? words.failed.failed;
  return typeof description === "function" ? description(message) : description;
}
