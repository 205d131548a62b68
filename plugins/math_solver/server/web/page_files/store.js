// What outlives a reload: the conversation and preferences in localStorage, the key until the tab closes.

const CONVERSATION = "math_solver.turns.1"; // another number when a turn changes its form
const MOST_TURNS = 30;
const MOST_CHARACTERS = 400_000;

/** A preference, or null where there is none or storage is forbidden. */
export function readPreference(name) {
  return attempt(() => localStorage.getItem(`math_solver.${name}`), null);
}

export function writePreference(name, value) {
  attempt(() => localStorage.setItem(`math_solver.${name}`, value));
}

export function readKey() {
  return attempt(() => sessionStorage.getItem("math_solver.key"), null) ?? "";
}

export function writeKey(key) {
  attempt(() => sessionStorage.setItem("math_solver.key", key));
}

/** The turns of the stored conversation; what cannot be read counts as none. */
export function readTurns() {
  const turns = attempt(() => JSON.parse(localStorage.getItem(CONVERSATION) ?? "[]"), []);
  return Array.isArray(turns)
    ? turns.filter((turn) => typeof turn?.question === "string" && Array.isArray(turn.parts))
    : [];
}

/** Keep the newest turns that fit. */
export function writeTurns(turns) {
  const rows = turns.slice(-MOST_TURNS).map((turn) => JSON.stringify(turn));
  let size = rows.reduce((sum, row) => sum + row.length, 0);
  while (rows.length > 0 && size > MOST_CHARACTERS) size -= rows.shift().length;
  attempt(() => localStorage.setItem(CONVERSATION, `[${rows.join(",")}]`));
}

export function eraseTurns() {
  attempt(() => localStorage.removeItem(CONVERSATION));
}

function attempt(action, otherwise) {
  try {
    return action();
  } catch {
    return otherwise; // Storage is forbidden, full or holds something else: the page works without it.
  }
}
