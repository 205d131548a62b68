// A question and the solution to it, as it grows with the chunks of the stream. Knows nothing of the page.

// The written form of a solution, as solving/worked.py writes it. Lines end at "\n" only, unlike those of the flag m.
const FENCE = /(?<![^\n])(`{3,}) ?python[ \t\r]*\n/g;
const ESCAPED = /(?<![^\n])( {0,3}`{3,}[ \t\r]*\u200b*)\u200b(?![^\n])/g;

export const PARTS = ["text", "execution", "reasoning"];
export const STATES = ["working", "done", "stopped", "broken", "failed"];
const LONGEST_TITLE = 80;

/**
 * A turn. `parts` are texts, executions and reasoning in their order; `state` is one of STATES, broken where the
 * page went away before the end; `finish` is the server's own reason (stop, length, rounds); `votes` and `check` are what
 * it tells of them, and `replaced` how much of what came is a solution that does not stand; `content` is what later
 * requests replay, the server's text as it came; `alone` says that it was asked without what came before it.
 */
export function newTurn(question, alone = false) {
  return {
    id: newId(),
    conversation: null,
    place: 0,
    question,
    alone,
    content: "",
    parts: [{ kind: "text", text: "" }],
    state: "working",
    finish: null,
    answer: null,
    votes: null,
    check: null,
    replaced: null,
    failure: null,
    tokens: null,
    started: Date.now(),
    seconds: null,
  };
}

/** An id that no other tab gives; `crypto.randomUUID` wants https. */
export function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A question as the title of its conversation: one line, cut between characters. */
export function shorten(question) {
  const characters = [...question.slice(0, 10 * LONGEST_TITLE).replace(/\s+/g, " ").trim()];
  if (characters.length <= LONGEST_TITLE) return characters.join("");
  return `${characters.slice(0, LONGEST_TITLE).join("").trim()}…`;
}

/** Take one chunk of the stream in. */
export function addChunk(turn, chunk) {
  if (chunk.usage) turn.tokens = chunk.usage.completion_tokens;
  const choice = chunk.choices?.[0];
  if (!choice) return;
  const delta = choice.delta ?? {};
  const text = delta.content ?? "";
  const extra = delta.code_interpreter ?? {};
  const executions = extra.executions ?? [];
  if (delta.reasoning_content) addReasoning(turn, delta.reasoning_content);
  turn.content += text;
  // The text that comes with an execution is its output, fenced; the execution holds it already.
  if (executions.length > 0) executions.forEach((execution) => addExecution(turn, execution));
  else lastText(turn).text += text;
  if (extra.finish_reason || choice.finish_reason) turn.finish = extra.finish_reason ?? choice.finish_reason;
  if (extra.conclusion) turn.answer = findBoxed(extra.conclusion);
  if (extra.replaced) turn.replaced = extra.replaced;
  turn.votes = readVotes(extra.votes) ?? turn.votes;
  turn.check = readCheck(extra.check) ?? turn.check;
}

export const OUTCOMES = ["unanimous", "majority", "plurality", "checked", "tie", "none"];
export const CHECKS = ["agreed", "corrected", "disputed", "unknown"];

/** How several solutions voted; null where nobody told, or told something else. */
export function readVotes(told) {
  if (!OUTCOMES.includes(told?.outcome) || !Array.isArray(told.groups)) return null;
  const groups = told.groups.filter((group) => typeof group?.answer === "string" && Number.isFinite(group.votes));
  const [asked, spared] = [told.asked, told.not_needed].map((value) => (Number.isFinite(value) ? value : 0));
  return {
    outcome: told.outcome,
    asked,
    not_needed: spared,
    groups: groups.map(({ answer, votes }) => ({ answer, votes })),
  };
}

/** What a check came to; null as above. */
export function readCheck(told) {
  if (!CHECKS.includes(told?.status)) return null;
  const answers = Array.isArray(told.answers) ? told.answers.filter((answer) => typeof answer === "string") : [];
  return { status: told.status, answers };
}

/** End the turn; a solution that concluded has its answer looked for. */
export function endTurn(turn, state, failure = null) {
  turn.state = state;
  turn.failure = failure;
  turn.seconds = (Date.now() - turn.started) / 1000;
  if (state === "done" && turn.answer === null) turn.answer = findBoxed(lastText(turn).text);
}

function lastText(turn) {
  return turn.parts[turn.parts.length - 1];
}

/** What a model reasons apart from its text comes before the text of each round. */
function addReasoning(turn, text) {
  if (lastText(turn).text.trim() !== "") turn.parts.push({ kind: "text", text: "" });
  if (turn.parts.at(-2)?.kind !== "reasoning") turn.parts.splice(-1, 0, { kind: "reasoning", text: "" });
  turn.parts.at(-2).text += text;
}

/** The program leaves the text in front of it, where the stream wrote it, for a part of its own. */
function addExecution(turn, { code = "", output = "", status = "ok", ms = 0, images, reasoning = "" }) {
  const text = lastText(turn);
  const { prose, code: written } = splitBefore(text.text, code);
  text.text = prose;
  const drawn = Array.isArray(images) ? images : [];
  // A call that was refused has no program; what was written of it stays.
  turn.parts.push({ kind: "execution", code: code || written, output, status, ms, images: drawn, reasoning });
  turn.parts.push({ kind: "text", text: "" });
}

/** Like `splitProgram`, for a known program, which may itself hold what looks like the end of its fence. */
function splitBefore(text, code) {
  for (const opening of [...text.matchAll(FENCE)].reverse()) {
    if (code && text.startsWith(code, opening.index + opening[0].length))
      return { prose: text.slice(0, opening.index), code };
  }
  return splitProgram(text) ?? { prose: text, code: "" };
}

/**
 * The program that a text ends in, as `{prose, code, closed}`; null where it ends in none. `closed` says whether
 * its closing fence has arrived.
 */
export function splitProgram(text) {
  const [opening] = text.matchAll(FENCE); // a further one is inside the program
  if (!opening) return null;
  const code = text.slice(opening.index + opening[0].length);
  const closing = code.match(new RegExp(`(?<![^\\n]) {0,3}${opening[1]}\`*[ \\t\\r]*(?![^\\n])`));
  if (closing && code.slice(closing.index + closing[0].length).trim() !== "") return null;
  // The last line of an open program may be the beginning of its fence.
  const written = closing ? code.slice(0, closing.index).replace(/\n$/, "") : code.replace(/\n`*$/, "");
  return { prose: text.slice(0, opening.index), code: written.replace(ESCAPED, "$1"), closed: closing !== null };
}

const NO_IMAGES = []; // one and the same, so that a program being written is not drawn anew with each piece

/** What the page shows, in order: `{kind, text}` and `{kind: "cell", code, output, status, ms}`. */
export function piecesOf(turn) {
  return turn.parts.flatMap((part, index) => {
    if (part.kind === "execution") return [{ ...part, kind: "cell" }];
    if (part.kind === "reasoning") return [part];
    const program = index === turn.parts.length - 1 ? splitProgram(part.text) : null;
    if (!program) return [{ kind: "text", text: part.text }];
    const status = statusOf(turn, program);
    const cell = { kind: "cell", code: program.code, output: null, status, ms: null, images: NO_IMAGES };
    return [{ kind: "text", text: program.prose }, cell];
  });
}

function statusOf(turn, program) {
  if (turn.state === "working") return program.closed ? "running" : "writing";
  return turn.state === "done" ? "not_run" : "stopped";
}

/** The inside of the last `\boxed{}` of a text, null where there is none. */
export function findBoxed(text) {
  for (let at = text.lastIndexOf("\\boxed"); at >= 0; at = at > 0 ? text.lastIndexOf("\\boxed", at - 1) : -1) {
    const group = groupAt(text, at + "\\boxed".length);
    if (group !== null) return group.inside.trim();
  }
  return null;
}

/** The brace group that begins at an offset, as `{inside, end}`; null where it does not begin or does not end. */
export function groupAt(text, start) {
  let at = start;
  while (text[at] === " ") at += 1;
  if (text[at] !== "{") return null;
  let depth = 0;
  for (let end = at; end < text.length; end += 1) {
    if (text[end] === "\\") end += 1;
    else if (text[end] === "{") depth += 1;
    else if (text[end] === "}" && (depth -= 1) === 0) return { inside: text.slice(at + 1, end), end: end + 1 };
  }
  return null;
}

const MOST_REPLAYED = 8;

/** What the API is sent: the last turns that got an answer, unless it is asked alone, and the newest question. */
export function toMessages(turns) {
  const newest = turns.at(-1);
  const answered = (newest.alone ? [] : turns.slice(0, -1))
    .filter((turn) => turn.content.trim() !== "")
    .slice(-MOST_REPLAYED);
  const earlier = answered.flatMap((turn) => [{ role: "user", content: turn.question }, toMessage(turn)]);
  return [...earlier, { role: "user", content: newest.question }];
}

/** A solution as the API takes it back; what was reasoned comes along where the server told before which program. */
function toMessage({ content, parts, replaced }) {
  const executions = parts.filter(({ kind }) => kind === "execution").map(({ reasoning }) => ({ reasoning }));
  if (!executions.some(({ reasoning }) => reasoning)) return { role: "assistant", content };
  const reasoned = parts.filter(({ kind }) => kind === "reasoning").map(({ text }) => text);
  const field = replaced ? { executions, replaced } : { executions };
  return { role: "assistant", content, reasoning_content: reasoned.join(""), code_interpreter: field };
}
