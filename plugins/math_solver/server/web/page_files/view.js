// The elements of one turn; `update` changes only what the stream changed.

import { make, makeCopyButton, makeIcon, showControls } from "./dom.js";
import { readBlocks, readPlainText } from "./markdown.js";
import { typeset } from "./math.js";
import { highlightPython } from "./python.js";
import { piecesOf } from "./turn.js";

const CHEVRON = "m7.5 5 5 5-5 5";
const LONG_ANSWER = 24; // characters
const BUSY = new Set(["writing", "running"]);

/** A question and its solution. */
export class TurnView {
  constructor(turn, words, { isLast, onRetry }) {
    this.words = words;
    this.onRetry = onRetry;
    this.isLast = isLast;
    this.pieces = [];
    this.body = make("div", "pieces");
    this.tail = make("div", "tail");
    this.pulse = make("p", "pulse", { "aria-label": words.thinking }, make("i"), make("i"), make("i"));
    const asked = make("div", "question", { "aria-label": words.you, role: "group" }, ...readPlainText(turn.question));
    const solution = make("article", "solution", { "aria-label": words.solution }, this.body, this.tail);
    this.node = make("li", "turn", {}, asked, solution);
    this.update(turn);
  }

  update(turn) {
    this.node.dataset.state = turn.state;
    const pieces = piecesOf(turn);
    pieces.forEach((piece, index) => this.updatePiece(piece, index));
    this.pieces.splice(pieces.length).forEach((view) => view.node.remove());
    // Three dots while the model writes; a running program has a sign of its own.
    this.pulse.hidden = turn.state !== "working" || pieces.at(-1).status === "running";
    if (turn.state !== "working") this.tail.replaceChildren(...this.buildTail(turn));
    else if (this.pulse.parentNode !== this.tail) this.tail.replaceChildren(this.pulse);
  }

  updatePiece(piece, index) {
    const Kind = VIEWS[piece.kind];
    if (!(this.pieces[index] instanceof Kind)) {
      this.pieces[index]?.node.remove();
      const number = this.pieces.slice(0, index).filter((view) => view instanceof CellView).length + 1;
      this.pieces[index] = new Kind(this.words, number, this.isLast);
      this.body.insertBefore(this.pieces[index].node, this.body.children[index] ?? null);
    }
    this.pieces[index].update(piece);
  }

  buildTail(turn) {
    const answer = turn.state === "done" && turn.answer ? [this.buildAnswer(turn)] : [];
    return [...answer, ...this.buildNotice(turn), ...(turn.content ? [this.buildFacts(turn)] : [])];
  }

  buildAnswer(turn) {
    const formula = typeset(`\\displaystyle ${turn.answer}`, false, turn.answer); // not a display: those cannot wrap
    const copy = makeCopyButton(() => turn.answer, this.words.copyAnswer, this.words);
    const head = make("div", "answer-head", {}, make("h2", "", {}, this.words.answer), copy);
    const size = turn.answer.length > LONG_ANSWER ? "answer-body long" : "answer-body";
    const body = make("div", size, { tabindex: "0" }, formula);
    return make("section", "answer", { "aria-label": this.words.answer }, head, body);
  }

  buildNotice(turn) {
    const { words } = this;
    if (turn.state === "failed") return [this.buildAlert(describeFailure(turn.failure, words), "bad")];
    if (turn.state === "stopped") return [this.buildAlert(words.stopped, "plain")];
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
    return make("p", "facts", {}, make("span", "", {}, facts.join(" · ")), copy);
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
    const title = make("span", "cell-title", {}, words.program(number));
    const summary = make("summary", "", {}, makeIcon(CHEVRON), title, this.preview, this.status);
    const copy = makeCopyButton(() => this.shown.code, words.copyCode, words);
    this.program = make("div", "cell-code", {}, make("pre", "", { tabindex: "0" }, this.code), copy);
    this.result = make("div", "cell-output", { hidden: "" }, make("p", "", {}, words.output), this.output);
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
    this.shown = cell;
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

const VIEWS = { text: TextView, cell: CellView, reasoning: ReasoningView };

function describeFailure({ kind, message }, words) {
  const description = words.failed[kind] ?? words.failed.failed;
  return typeof description === "function" ? description(message) : description;
}
