// The page: its controls, and the conversation that they change.

import { askHealth, ServerError, streamSolve } from "./client.js";
import { make } from "./dom.js";
import { readPlainText } from "./markdown.js";
import { eraseTurns, readKey, readPreference, readTurns, writeKey, writePreference, writeTurns } from "./store.js";
import { addChunk, endTurn, newTurn, toMessages } from "./turn.js";
import { TurnView } from "./view.js";
import { examplesFor, pickLanguage, WORDS } from "./words.js";

const HEALTH_EVERY = 15_000;
const at = (id) => document.getElementById(id);
const keyRequired = document.documentElement.dataset.key === "required";
const offered = JSON.parse(document.documentElement.dataset.examples ?? "null");

let language = pickLanguage(readPreference("language"), navigator.languages);
let words = WORDS[language];
let turns = readTurns();
let views = [];
let health; // undefined: not asked yet; null: nobody answered
let running = null; // the AbortController of the solve in progress
let follows = true; // whether the window stays at the end of the conversation

start();

function start() {
  for (const turn of turns) if (turn.state === "working") turn.state = "stopped"; // a reload ended it
  at("composer").addEventListener("submit", onSubmit);
  at("problem").addEventListener("keydown", onKey);
  at("problem").addEventListener("input", fitProblem);
  at("stop").addEventListener("click", () => running?.abort());
  at("clear").addEventListener("click", clear);
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
  addEventListener("pagehide", () => running && writeTurns(turns));
  render();
  scrollToEnd();
  if (matchMedia("(hover: hover)").matches) at("problem").focus();
  if (keyRequired && !readKey()) openKeyDialog(words.keyWhy);
  showHealth();
  setInterval(() => document.hidden || showHealth(), HEALTH_EVERY);
}

// ---- the solve

async function ask(question) {
  turns.push(newTurn(question));
  render();
  if (matchMedia("(hover: hover)").matches) at("problem").focus();
  scrollToEnd();
  const turn = turns.at(-1);
  const controller = new AbortController();
  running = controller;
  showRunning();
  try {
    await follow(turn, controller.signal);
    endTurn(turn, "done");
  } catch (error) {
    fail(turn, error, controller.signal.aborted);
  }
  // A conversation that was cleared meanwhile has nothing to show, and may have another solve under way.
  if (turns.at(-1) === turn) showEnd(turn);
}

function showEnd(turn) {
  running = null;
  writeTurns(turns);
  showRunning();
  renderLast();
  announceEnd(turn);
  showHealth();
}

/** Read the stream into the turn and draw at most once a frame, however fast it comes. */
async function follow(turn, signal) {
  let drawing = false;
  for await (const chunk of streamSolve(toMessages(turns), readKey(), signal)) {
    addChunk(turn, chunk);
    if (drawing) continue;
    drawing = true;
    requestAnimationFrame(() => {
      drawing = false;
      if (turn.state === "working") renderLast();
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

function retry() {
  if (running) return;
  const { question } = turns.pop();
  ask(question);
}

function clear() {
  if (turns.length > 0 && !confirm(words.clearAsk)) return;
  running?.abort();
  running = null;
  turns = [];
  eraseTurns();
  render();
  showRunning();
  at("problem").focus();
}

// ---- the composer

function onSubmit(event) {
  event.preventDefault();
  const question = at("problem").value.trim();
  if (running || question === "") return;
  at("problem").value = "";
  fitProblem();
  ask(question);
}

function onKey(event) {
  // The Enter that ends the spelling of a Chinese word does not send.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  at("composer").requestSubmit();
}

function onEscape(event) {
  if (event.key === "Escape" && !event.isComposing && !at("key-dialog").open) running?.abort();
}

function fitProblem() {
  const field = at("problem");
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, innerHeight * 0.4)}px`;
}

function showRunning() {
  const held = document.activeElement === at("send") || document.activeElement === at("stop");
  at("send").hidden = running !== null;
  at("stop").hidden = running === null;
  if (held) at(running ? "stop" : "send").focus();
}

// ---- what is shown

function render() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = words[node.dataset.t];
  for (const node of document.querySelectorAll("[data-label]")) label(node, words[node.dataset.label]);
  at("language").textContent = words.languageShort;
  at("problem").placeholder = words.placeholder;
  at("empty").hidden = turns.length > 0;
  at("clear").hidden = turns.length === 0;
  at("turns").setAttribute("aria-label", words.solution);
  at("examples").setAttribute("aria-label", words.examples);
  at("examples").replaceChildren(...examplesFor(language, offered).map(buildExample));
  views = turns.map(
    (turn, index) => new TurnView(turn, words, { isLast: index === turns.length - 1, onRetry: retry }),
  );
  at("turns").replaceChildren(...views.map((view) => view.node));
  renderHealth();
}

function renderLast() {
  const turn = turns.at(-1);
  if (!turn) return;
  views.at(-1).update(turn);
  announceProgress(turn);
  if (follows) scrollToEnd();
}

function buildExample({ lang, text }) {
  const button = make("button", "example", { type: "button", lang });
  button.append(...readPlainText(text));
  button.addEventListener("click", () => {
    at("problem").value = text;
    fitProblem();
    at("composer").requestSubmit();
  });
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

let announced = "";

function announce(text) {
  if (text === announced) return;
  announced = text;
  at("announcer").textContent = text;
}

function announceProgress(turn) {
  if (turn.state !== "working") return;
  const cells = views.at(-1).node.querySelectorAll(".cell:not(.reasoning)");
  const last = cells.item(cells.length - 1);
  announce(last ? `${words.program(cells.length)}: ${last.querySelector(".cell-status").textContent}` : words.working);
}

function announceEnd(turn) {
  if (turn.state === "done") announce(turn.answer ? words.doneAnswer(turn.answer) : words.done);
  else if (turn.state === "stopped") announce(words.stopped);
  else announce(views.at(-1)?.node.querySelector(".notice p")?.textContent ?? "");
}

// ---- language, theme, key, health

function switchLanguage() {
  language = language === "zh" ? "en" : "zh";
  words = WORDS[language];
  writePreference("language", language);
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
  if (turns.at(-1)?.failure?.kind === "key") retry();
  else at("problem").focus();
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
