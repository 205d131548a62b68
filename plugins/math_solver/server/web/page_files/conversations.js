// The conversations of this browser: those opened are in memory, all of them in the archive, in step with other tabs.

import { Archive } from "./archive.js";
import { eraseLeft, eraseOldTurns, leave, readLeft, readOldTurns } from "./store.js";
import { readConversation, readTurn } from "./stored.js";
import { newId, newTurn, shorten } from "./turn.js";

const KEEP_EVERY = 1000; // milliseconds, while a solution grows
const LONGEST_WAIT = 10_000; // milliseconds
const MOST_RECALLED = 100;
const FIRST = "first"; // the id of the one conversation that earlier versions kept

/** A conversation that has no question yet, and no place in the archive. */
export const newConversation = () => ({ id: null, title: null, question: "", asked: 0, turns: [] });

/**
 * `listener` has `onChange(id)`, `onRemove(id)` for what other tabs do, and `onTrouble(kind)`: "full" or "unkept"
 * where something could not be stored, null once all is.
 */
export class Conversations {
  #listener;
  #archive = null; // stays null where the browser gives no storage
  #channel = new BroadcastChannel("math_solver.conversations");
  #all = new Map();
  #solves = new Map(); // those of this tab, `{turn, controller}` by the ids of their turns
  #elsewhere = new Set(); // the turns that other tabs are solving
  #unkept = { turns: new Map(), fields: new Map() };
  #timer = null;

  constructor(listener) {
    this.#listener = listener;
  }

  /** Read the list. Nothing throws: without an archive all of it works until the tab closes. */
  async open() {
    try {
      this.#archive = await Promise.race([Archive.open(), giveUp()]);
      for (const row of await this.#archive.readConversations()) this.#learn(readConversation(row));
    } catch {
      this.#listener.onTrouble("unkept");
    }
    this.#takeOver(readOldTurns());
    await this.#takeLeft(readLeft());
    this.#channel.onmessage = ({ data }) => this.#hear(data);
    this.#channel.postMessage({ kind: "who" });
  }

  /** The conversations, those asked in last first; deleted ones, which can come back, are `gone`. */
  get list() {
    return [...this.#all.values()].sort((one, other) => other.asked - one.asked);
  }

  /** The conversation with its turns, null where there is none of this id. */
  async load(id) {
    const conversation = this.#all.get(id);
    if (!conversation || conversation.gone) return null;
    const turns = conversation.turns ?? (await this.#readTurns(id));
    conversation.turns ??= turns;
    return conversation;
  }

  /** Earlier questions of all conversations, each once, the newest first. */
  async readQuestions() {
    const stored = await this.#read((archive) => archive.readNewest(MOST_RECALLED), []);
    const here = this.list.filter(({ gone }) => !gone).flatMap(({ turns }) => turns ?? []);
    const turns = [...stored.map(readTurn).filter(Boolean), ...here];
    turns.sort((one, other) => other.started - one.started);
    return [...new Set(turns.map(({ question }) => question))].slice(0, MOST_RECALLED);
  }

  /** Put a question at the end of a conversation, and give the turn that answers it. */
  add(conversation, question, alone) {
    conversation.id ??= newId();
    this.#all.set(conversation.id, conversation);
    const turn = newTurn(question, alone);
    turn.conversation = conversation.id;
    turn.place = (conversation.turns.at(-1)?.place ?? 0) + 1;
    conversation.turns.push(turn);
    const first = shorten(conversation.turns[0].question);
    this.#set(conversation, { question: first, asked: turn.started });
    this.keep(turn);
    return turn;
  }

  rename(id, title) {
    this.#set(this.#all.get(id), { title: shorten(title) || null });
    this.#write(id);
  }

  /** Take the turns from a place on out of a conversation. */
  cut(conversation, place) {
    const turns = conversation.turns.splice(place).map(({ id }) => id);
    for (const id of turns) this.#forget(id);
    if (turns.length === 0) return;
    this.#read((archive) => archive.removeTurns(conversation.id, turns));
    this.#tell({ kind: "cut", id: conversation.id, turns });
  }

  /** Delete a conversation; `restore` brings it back until the page is left. */
  async remove(id) {
    const conversation = await this.load(id);
    if (!conversation) return;
    conversation.gone = true;
    for (const turn of conversation.turns) {
      if (turn.state === "working" && !this.#solves.has(turn.id)) turn.state = "stopped"; // by the tab that is told
      this.#forget(turn.id);
    }
    this.#unkept.fields.delete(id);
    await this.#read((archive) => archive.removeConversation(id));
    this.#tell({ kind: "removed", id });
    this.#write(null); // there is room now for what found none
  }

  restore(id) {
    const conversation = this.#all.get(id);
    conversation.gone = false;
    const { title, question, asked } = conversation;
    this.#set(conversation, { title, question, asked });
    for (const turn of conversation.turns) this.#unkept.turns.set(turn.id, { turn });
    this.#write(id);
  }

  /** Those that were deleted stay so. */
  forgetRemoved() {
    for (const { id, gone } of this.list) if (gone) this.#all.delete(id);
  }

  // ---- solves

  begin(turn) {
    const controller = new AbortController();
    this.#solves.set(turn.id, { turn, controller });
    return controller;
  }

  end(turn) {
    this.#solves.delete(turn.id);
    this.keep(turn);
  }

  /** Whether this tab is solving the newest question of a conversation. */
  isSolving({ turns }) {
    return this.#solves.has(turns?.at(-1)?.id);
  }

  /** Whether any tab is. */
  isWorking({ turns }) {
    return turns?.at(-1)?.state === "working";
  }

  stop({ turns }) {
    this.#solves.get(turns.at(-1)?.id)?.controller.abort();
  }

  // ---- the archive

  /** Store a turn as it is now, unless it was taken out. */
  keep(turn) {
    const conversation = this.#all.get(turn.conversation);
    if (!conversation || conversation.gone || !conversation.turns?.includes(turn)) return;
    this.#unkept.turns.set(turn.id, { turn });
    this.#write(turn.conversation);
  }

  /** Store soon what has come of the solutions that grow. */
  keepSoon() {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      for (const { turn } of this.#solves.values()) this.keep(turn);
    }, KEEP_EVERY);
  }

  /** The page goes away: what is not stored yet is left for the next one, solutions that grow as broken off. */
  keepAtOnce() {
    for (const [id, fields] of this.#unkept.fields) leave(id, { fields: { ...fields, id } });
    for (const { turn } of this.#unkept.turns.values()) leave(turn.id, { turn });
    for (const { turn } of this.#solves.values()) {
      leave(turn.id, { turn: { ...turn, state: "broken" } });
      this.#tell({ kind: "changed", id: turn.conversation, working: null });
    }
  }

  #set(conversation, fields) {
    Object.assign(conversation, fields);
    this.#unkept.fields.set(conversation.id, { ...this.#unkept.fields.get(conversation.id), ...fields });
  }

  #forget(turn) {
    this.#solves.get(turn)?.controller.abort();
    this.#unkept.turns.delete(turn);
  }

  /** Write all that is not stored yet; what cannot be stays, and is tried again with the next. */
  async #write(id) {
    if (!this.#archive) return;
    const turns = [...this.#unkept.turns];
    const fields = [...this.#unkept.fields];
    try {
      await this.#archive.write(
        turns.map(([, { turn }]) => turn),
        fields,
      );
      for (const [key, row] of turns) {
        eraseLeft(key);
        if (this.#unkept.turns.get(key) === row) this.#unkept.turns.delete(key);
      }
      for (const [key, row] of fields) {
        eraseLeft(key);
        if (this.#unkept.fields.get(key) === row) this.#unkept.fields.delete(key);
      }
      this.#listener.onTrouble(null);
    } catch (error) {
      this.#listener.onTrouble(error?.name === "QuotaExceededError" ? "full" : "unkept");
    }
    if (id !== null) this.#tellChange(id);
  }

  /** What an action on the archive gives; `otherwise` where there is none, or it fails. */
  async #read(action, otherwise = null) {
    if (!this.#archive) return otherwise;
    try {
      return await action(this.#archive);
    } catch {
      this.#listener.onTrouble("unkept");
      return otherwise;
    }
  }

  async #readTurns(id) {
    const rows = await this.#read((archive) => archive.readTurns(id), []);
    const turns = rows.map(readTurn).filter(Boolean);
    for (const turn of turns) {
      if (turn.state === "working" && !this.#elsewhere.has(turn.id)) turn.state = "broken"; // nobody is at it
    }
    return turns.sort(byPlace);
  }

  /** The conversation of an earlier version becomes one of ours. */
  #takeOver(rows) {
    const turns = rows
      .map((row, index) => readTurn({ ...row, id: `${FIRST}-${index}`, conversation: FIRST, place: index + 1 }))
      .filter(Boolean);
    if (turns.length === 0) return;
    for (const turn of turns) if (turn.state === "working") turn.state = "broken";
    const conversation = { ...newConversation(), id: FIRST, turns };
    this.#all.set(FIRST, conversation);
    this.#set(conversation, { question: shorten(turns[0].question), asked: turns.at(-1).started });
    for (const turn of turns) this.#unkept.turns.set(turn.id, { turn });
    this.#write(FIRST).then(() => this.#unkept.turns.size === 0 && eraseOldTurns());
  }

  /** Store what a page that went away had no time to. */
  async #takeLeft(rows) {
    for (const { fields } of rows) this.#takeFields(fields);
    for (const turn of rows.map((row) => readTurn(row.turn)).filter(Boolean)) this.#unkept.turns.set(turn.id, { turn });
    if (this.#unkept.turns.size > 0 || this.#unkept.fields.size > 0) await this.#write(null);
  }

  /** Fields that were left, over those known; of a conversation that is gone since, nothing comes back. */
  #takeFields(fields) {
    const known = this.#all.get(fields?.id);
    const row = readConversation({ ...known, ...fields });
    if (row && (known || row.question)) this.#set(this.#learn(row), fields);
  }

  // ---- other tabs

  #tell(message) {
    this.#channel.postMessage(message);
  }

  #tellChange(id) {
    const turn = this.#all.get(id)?.turns?.at(-1);
    this.#tell({ kind: "changed", id, working: this.#solves.has(turn?.id) ? turn.id : null });
  }

  #hear({ kind, id, working, turns }) {
    if (kind === "who") {
      for (const conversation of this.list) if (this.isSolving(conversation)) this.#tellChange(conversation.id);
    } else if (kind === "removed") {
      for (const turn of this.#all.get(id)?.turns ?? []) this.#forget(turn.id);
      this.#unkept.fields.delete(id);
      if (this.#all.delete(id)) this.#listener.onRemove(id);
    } else if (kind === "cut") {
      this.#takeOut(this.#all.get(id), new Set(turns));
    } else {
      if (working) this.#elsewhere.add(working);
      this.#readAgain(id);
    }
  }

  /** Another tab has cut turns out of a conversation; one that grows here may have been stored since. */
  #takeOut(conversation, cut) {
    const growing = [...cut].filter((turn) => this.#solves.has(turn));
    for (const turn of cut) this.#forget(turn);
    if (growing.length > 0) this.#read((archive) => archive.removeTurns(conversation.id, growing));
    if (!conversation?.turns) return;
    conversation.turns = conversation.turns.filter(({ id }) => !cut.has(id));
    this.#listener.onChange(conversation.id);
  }

  async #readAgain(id) {
    const read = async () => readConversation(await this.#read((archive) => archive.readConversation(id)));
    let row = await read();
    if (this.#all.get(id)?.gone) row = await read(); // it was deleted here meanwhile
    if (!row) return;
    const conversation = this.#learn(row);
    if (conversation.turns) {
      const theirs = await this.#readTurns(id);
      if (conversation.gone) return; // what can come back is what was here
      conversation.turns = this.#merge(conversation.turns, theirs);
    }
    this.#listener.onChange(id);
  }

  #learn(row) {
    if (!row) return null;
    const known = this.#all.get(row.id);
    if (known) return Object.assign(known, row, { gone: false });
    this.#all.set(row.id, { ...row, turns: null });
    return this.#all.get(row.id);
  }

  /** Stored turns, but ours where this tab is solving them, or could not store them. */
  #merge(mine, theirs) {
    const ours = mine.filter(({ id }) => this.#solves.has(id) || this.#unkept.turns.has(id));
    const own = new Set(ours.map(({ id }) => id));
    return [...theirs.filter(({ id }) => !own.has(id)), ...ours].sort(byPlace);
  }
}

/** Some browsers never answer. */
function giveUp() {
  return new Promise((_, reject) => setTimeout(() => reject(new Error("no storage")), LONGEST_WAIT));
}

function byPlace(one, other) {
  return one.place - other.place || one.started - other.started || (one.id < other.id ? -1 : 1);
}
