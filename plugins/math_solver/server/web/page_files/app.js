// The page: its controls, and the conversation that they change.

import { addressOf, readAddress } from "./address.js";
import { askHealth, ServerError, streamSolve } from "./client.js";
import { Composer } from "./composer.js";
import { Conversations, newConversation } from "./conversations.js";
import { make } from "./dom.js";
import { readPlainText } from "./markdown.js";
import { arrange, Side } from "./side.js";
import { readKey, readPreference, writeKey, writePreference } from "./store.js";
import { addChunk, endTurn, toMessages } from "./turn.js";
import { TurnView } from "./view.js";
import { examplesFor, pickLanguage, WORDS } from "./words.js";

const HEALTH_EVERY = 15_000;
const at = (id) => document.getElementById(id);
const keyRequired = document.documentElement.dataset.key === "required";
const offered = JSON.parse(document.documentElement.dataset.examples ?? "null");
const pointed = matchMedia("(hover: hover)").matches; // where the focus opens no keyboard on the screen

const conversations = new Conversations({ onChange: showChange, onRemove: leaveRemoved, onTrouble: showTrouble });
const composer = new Composer(at("composer"), { readQuestions: () => conversations.readQuestions(), onSend: send });
const side = new Side({ onRename: rename, onRemove: remove, onRestore: restore });

let language = pickLanguage(readPreference("language"), navigator.languages);
let words = WORDS[language];
let current = newConversation(); // the one on show
let wanted = null; // the id of the one that was asked for last; reading it takes a moment
let views = new Map(); // of the turns on show, by their ids
let unread = new Set(); // the ids of conversations that were solved behind the reader's back
let said = ""; // what there is to say about the conversation on show
let trouble = null; // why something could not be stored
let toldTrouble = null; // the same, also after its reader has dismissed it
let ready = false; // whether the stored conversations are read
let health; // undefined: not asked yet; null: nobody answered
let announced = ""; // what was last said to those who do not see it
let follows = true; // whether the window stays at the end of the conversation

start();

async function start() {
  at("stop").addEventListener("click", stop);
  at("fresh").addEventListener("click", startAnew);
  at("fresh-in-side").addEventListener("click", startAnew);
  at("skip").addEventListener("click", () => composer.focus());
  at("note-close").addEventListener("click", dismiss);
  at("alone").checked = readPreference("alone") === "on";
  at("alone").addEventListener("change", () => writePreference("alone", at("alone").checked ? "on" : "off"));
  at("language").addEventListener("click", switchLanguage);
  at("theme").addEventListener("click", switchTheme);
  at("latest").addEventListener("click", () => scrollToEnd("smooth"));
  at("key").addEventListener("click", () => openKeyDialog(words.keyWhy));
  at("key").hidden = !keyRequired;
  at("key-form").addEventListener("submit", saveKey);
  at("key-cancel").addEventListener("click", () => at("key-dialog").close());
  document.addEventListener("keydown", onEscape);
  document.addEventListener("visibilitychange", () => document.hidden || showHealth());
  addEventListener("scroll", noteScroll, { passive: true });
  addEventListener("pagehide", () => conversations.keepAtOnce());
  addEventListener("hashchange", followAddress);
  render();
  if (pointed) composer.focus();
  if (keyRequired && !readKey()) openKeyDialog(words.keyWhy);
  await conversations.open();
  ready = true;
  await followAddress();
  showHealth();
  setInterval(() => document.hidden || showHealth(), HEALTH_EVERY);
}

// ---- which conversation

/** Open what the address names; a question in it is offered, and never sent by itself. */
async function followAddress() {
  const { conversation, question } = readAddress(location);
  if (question !== null) history.replaceState(null, "", addressOf(conversation));
  await open(conversation);
  if (question === null || wanted !== conversation) return;
  composer.show(question);
  composer.focus();
}

async function open(id) {
  wanted = id;
  const found = id === null ? newConversation() : await conversations.load(id);
  if (wanted !== id) return; // another was asked for meanwhile
  if (!found) return leave(words.unknownConversation);
  conversations.forgetRemoved();
  show(found);
}

function show(conversation, why = "") {
  current = conversation;
  unread.delete(current.id);
  said = why;
  clearViews();
  composer.turnTo(current.id);
  render();
  scrollToEnd();
  if (pointed) composer.focus();
}

function startAnew() {
  if (location.hash || location.search) history.pushState(null, "", addressOf(null));
  open(null);
}

/** Go on with a new conversation where the one that was wanted is none. */
function leave(why) {
  history.replaceState(null, "", addressOf(null));
  wanted = null;
  show(newConversation(), why);
}

function leaveRemoved(id) {
  if (current.id === id) leave(words.removedElsewhere);
  else showList();
}

/** Another tab has changed a conversation. */
function showChange(id) {
  showList();
  if (id !== current.id) return;
  showTurns();
  showRunning();
  if (follows) scrollToEnd();
}

function rename(id, title) {
  conversations.rename(id, title);
  showList();
}

async function remove(id) {
  await conversations.remove(id);
  unread.delete(id);
  if (current.id === id) leave("");
  else showList();
}

function restore(id) {
  conversations.restore(id);
  showList();
}

// ---- the solve

/** Ask in the conversation on show, in place of what stands from the turn of a place on. */
function ask(question, place = current.turns.length) {
  const conversation = current;
  conversations.cut(conversation, place);
  const turn = conversations.add(conversation, question, at("alone").checked);
  conversations.forgetRemoved();
  wanted = conversation.id;
  composer.belongTo(wanted);
  if (location.hash !== addressOf(wanted)) history.replaceState(null, "", addressOf(wanted));
  solve(conversation, turn);
  render();
  scrollToEnd();
  if (pointed) composer.focus();
}

async function solve(conversation, turn) {
  const controller = conversations.begin(turn);
  try {
    await follow(conversation, turn, controller.signal);
    endTurn(turn, "done");
  } catch (error) {
    fail(turn, error, controller.signal.aborted);
  }
  conversations.end(turn);
  if (conversation.turns.includes(turn)) showEnd(conversation, turn);
}

function showEnd(conversation, turn) {
  if (current === conversation) {
    showRunning();
    showTurn(turn);
    announceEnd(turn);
  } else if (!conversation.gone) {
    unread.add(conversation.id);
    if (turn.state === "done") announce(words.doneIn(conversation.title ?? conversation.question));
  }
  showList();
  showHealth();
}

/** Read the stream into the turn and draw at most once a frame, however fast it comes. */
async function follow(conversation, turn, signal) {
  let drawing = false;
  for await (const chunk of streamSolve(toMessages(conversation.turns), readKey(), signal)) {
    addChunk(turn, chunk);
    conversations.keepSoon();
    if (drawing) continue;
    drawing = true;
    requestAnimationFrame(() => {
      drawing = false;
      if (turn.state === "working") showTurn(turn);
    });
  }
}

function fail(turn, error, stopped) {
  if (stopped) return endTurn(turn, "stopped");
  const failure = error instanceof ServerError ? error : new ServerError("failed", String(error.message));
  endTurn(turn, "failed", { kind: failure.kind, message: failure.message });
  if (failure.kind === "key") openKeyDialog(words.failed.key);
  return undefined;
}

function send(question) {
  if (!ready || conversations.isSolving(current)) return false;
  ask(question);
  return true;
}

function retry() {
  if (!conversations.isSolving(current)) ask(current.turns.at(-1).question, current.turns.length - 1);
}

function stop() {
  conversations.stop(current);
}

function onEscape(event) {
  if (event.key === "Escape" && !event.isComposing && !document.querySelector("dialog[open]")) stop();
}

function showRunning() {
  const solving = conversations.isSolving(current);
  const held = document.activeElement === at("send") || document.activeElement === at("stop");
  at("send").hidden = solving;
  at("stop").hidden = !solving;
  if (held) at(solving ? "stop" : "send").focus();
}

// ---- what is shown

function render() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = words[node.dataset.t];
  for (const node of document.querySelectorAll("[data-label]")) label(node, words[node.dataset.label]);
  for (const id of ["side", "drawer"]) at(id).setAttribute("aria-label", words.conversations);
  at("alone").parentNode.title = words.aloneWhy;
  at("language").textContent = words.languageShort;
  at("problem").placeholder = words.placeholder;
  at("turns").setAttribute("aria-label", words.solution);
  at("examples").setAttribute("aria-label", words.examples);
  at("examples").replaceChildren(...examplesFor(language, offered).map(buildExample));
  showTurns();
  showList();
  showNote();
  showRunning();
  renderHealth();
}

function showTurns() {
  const last = current.turns.at(-1);
  const kept = new Map(current.turns.map((turn) => [turn.id, viewOf(turn, turn === last)]));
  for (const [id, view] of views) if (!kept.has(id)) view.dispose();
  views = kept;
  arrange(
    at("turns"),
    [...views.values()].map(({ node }) => node),
  );
  at("empty").hidden = current.turns.length > 0;
}

function viewOf(turn, isLast) {
  const view = views.get(turn.id);
  const onEdit = (question) => edit(turn.id, question);
  if (!view) return new TurnView(turn, words, { isLast, onRetry: retry, onEdit });
  if (view.isLast && !isLast) view.retire(turn);
  else view.update(turn);
  return view;
}

function edit(id, question) {
  ask(
    question,
    current.turns.findIndex((turn) => turn.id === id),
  );
}

function clearViews() {
  for (const view of views.values()) view.dispose();
  views = new Map();
}

/** Show what has come of a turn, if it is in view. */
function showTurn(turn) {
  const view = views.get(turn.id);
  if (!view) return;
  view.update(turn);
  announceProgress(turn, view);
  if (follows) scrollToEnd();
}

function showList() {
  const entries = conversations.list.map((conversation) => ({
    conversation,
    isCurrent: conversation === current,
    sign: signOf(conversation),
  }));
  side.update(entries, words);
}

function signOf(conversation) {
  if (conversations.isWorking(conversation)) return "working";
  return unread.has(conversation.id) ? "unread" : "";
}

function showNote() {
  const text = said || (trouble ? words.trouble[trouble] : "");
  at("note").hidden = text === "";
  at("note").firstElementChild.textContent = text;
  if (text) announce(text);
}

function showTrouble(kind) {
  if (kind === toldTrouble) return;
  toldTrouble = trouble = kind;
  showNote();
}

function dismiss() {
  if (said) said = "";
  else trouble = null;
  showNote();
  if (pointed) composer.focus();
}

function buildExample({ lang, text }) {
  const button = make("button", "example", { type: "button", lang });
  button.append(...readPlainText(text));
  button.addEventListener("click", () => send(text));
  return make("li", "", {}, button);
}

function label(node, text) {
  node.setAttribute("aria-label", text);
  node.title = text;
}

function noteScroll() {
  const root = document.documentElement;
  follows = root.scrollHeight - innerHeight - scrollY < 90;
  at("latest").hidden = follows;
}

function scrollToEnd(behavior = "instant") {
  scrollTo({ top: document.documentElement.scrollHeight, behavior });
}

// ---- what is said to those who do not see it

function announce(text) {
  if (text === announced) return;
  announced = text;
  at("announcer").textContent = text;
}

function announceProgress(turn, view) {
  if (turn.state !== "working") return;
  const cells = view.node.querySelectorAll(".cell:not(.reasoning)");
  const last = cells.item(cells.length - 1);
  announce(last ? `${words.program(cells.length)}: ${last.querySelector(".cell-status").textContent}` : words.working);
}

function announceEnd(turn) {
  if (turn.state === "done") announce(turn.answer ? words.doneAnswer(turn.answer) : words.done);
  else if (turn.state === "stopped") announce(words.stopped);
  else announce(views.get(turn.id)?.node.querySelector(".notice p")?.textContent ?? "");
}

// ---- language, theme, key, health

function switchLanguage() {
  language = language === "zh" ? "en" : "zh";
  words = WORDS[language];
  writePreference("language", language);
  clearViews();
  said = "";
  render();
}

function switchTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  writePreference("theme", root.dataset.theme);
}

function openKeyDialog(why) {
  at("key-why").textContent = why;
  at("key-field").value = readKey();
  if (!at("key-dialog").open) at("key-dialog").showModal();
  at("key-field").select();
}

function saveKey(event) {
  event.preventDefault();
  writeKey(at("key-field").value.trim());
  at("key-dialog").close();
  if (current.turns.at(-1)?.failure?.kind === "key") retry();
  else composer.focus();
}

async function showHealth() {
  health = await askHealth();
  renderHealth();
}

function renderHealth() {
  const badge = at("health");
  const { tier, active_solves: active } = health?.interpreter ?? {};
  badge.dataset.state = healthState(tier);
  const state = health ? words.health.ok(words.health.tiers[tier] ?? tier) : words.health[badge.dataset.state];
  badge.lastElementChild.textContent = state;
  badge.title = health ? words.health.active(active) : "";
}

function healthState(tier) {
  if (!health) return health === undefined ? "unknown" : "gone";
  return health.status === "ok" && tier === "strong" ? "ok" : "bad";
}
