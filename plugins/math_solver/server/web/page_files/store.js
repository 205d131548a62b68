// Small things that outlive a reload: preferences in localStorage; drafts and the key until the tab closes.

const LEFT = "math_solver.left.";
const OLD_TURNS = "math_solver.turns.1"; // the one conversation of earlier versions

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

/** What was typed in a conversation, null being the new one, and not sent. */
export function readDraft(conversation) {
  return attempt(() => sessionStorage.getItem(draftOf(conversation)), null) ?? "";
}

export function writeDraft(conversation, text) {
  const name = draftOf(conversation);
  attempt(() => (text === "" ? sessionStorage.removeItem(name) : sessionStorage.setItem(name, text)));
}

function draftOf(conversation) {
  return `math_solver.draft.${conversation ?? ""}`;
}

export function readOldTurns() {
  const turns = attempt(() => JSON.parse(localStorage.getItem(OLD_TURNS) ?? "[]"), []);
  return Array.isArray(turns) ? turns : [];
}

export function eraseOldTurns() {
  attempt(() => localStorage.removeItem(OLD_TURNS));
}

/** Keep a turn, or fields of a conversation, while the page goes away: this storage answers at once. */
export function leave(id, row) {
  attempt(() => localStorage.setItem(LEFT + id, JSON.stringify(row)));
}

export function readLeft() {
  const names = attempt(() => Object.keys(localStorage).filter((name) => name.startsWith(LEFT)), []);
  return names.map((name) => attempt(() => JSON.parse(localStorage.getItem(name)), null) ?? {});
}

export function eraseLeft(id) {
  attempt(() => localStorage.removeItem(LEFT + id));
}

function attempt(action, otherwise) {
  try {
    return action();
  } catch {
    return otherwise; // Storage is forbidden, full or holds something else: the page works without it.
  }
}
