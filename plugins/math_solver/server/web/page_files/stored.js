// What the browser has stored, checked field by field: another version, or another hand, may have written it.

import { FAILURES } from "./client.js";
import { PARTS, readCheck, readVotes, STATES } from "./turn.js";

const textOf = (value) => (typeof value === "string" ? value : "");
const textOrNull = (value) => (typeof value === "string" ? value : null);
const numberOrNull = (value) => (Number.isFinite(value) ? value : null);

/** A stored conversation without its turns; null where it is none. */
export function readConversation(row) {
  if (typeof row?.id !== "string" || row.id === "") return null;
  const { id, title, question, asked } = row;
  return { id, title: textOrNull(title), question: textOf(question), asked: numberOrNull(asked) ?? 0 };
}

/** A stored turn; null where it is none. */
export function readTurn(row) {
  if (typeof row?.id !== "string" || typeof row.question !== "string" || !Array.isArray(row.parts)) return null;
  return {
    id: row.id,
    conversation: textOf(row.conversation),
    place: numberOrNull(row.place) ?? 0,
    question: row.question,
    alone: row.alone === true,
    content: textOf(row.content),
    parts: readParts(row.parts),
    state: STATES.includes(row.state) ? row.state : "broken",
    finish: textOrNull(row.finish),
    answer: textOrNull(row.answer),
    votes: readVotes(row.votes),
    check: readCheck(row.check),
    replaced: readReplaced(row.replaced),
    failure: row.failure ? readFailure(row.failure) : null,
    tokens: numberOrNull(row.tokens),
    started: numberOrNull(row.started) ?? 0,
    seconds: numberOrNull(row.seconds),
  };
}

function readReplaced(row) {
  return Number.isFinite(row?.executions) && Number.isFinite(row?.reasoning) ? row : null;
}

function readFailure({ kind, message }) {
  return { kind: FAILURES.includes(kind) ? kind : "failed", message: textOf(message) };
}

/** A turn ends in a text. */
function readParts(rows) {
  const parts = rows.filter((part) => PARTS.includes(part?.kind)).map(readPart);
  return parts.at(-1)?.kind === "text" ? parts : [...parts, { kind: "text", text: "" }];
}

function readPart(part) {
  if (part.kind !== "execution") return { kind: part.kind, text: textOf(part.text) };
  return {
    kind: "execution",
    code: textOf(part.code),
    output: textOf(part.output),
    status: textOf(part.status),
    ms: numberOrNull(part.ms),
    images: Array.isArray(part.images) ? part.images : [],
    reasoning: textOf(part.reasoning),
  };
}
