// The list of conversations: a column beside the page, or a drawer where there is no room for one.

import { addressOf } from "./address.js";
import { isSend } from "./composer.js";
import { make, makeTool, PENCIL, showControls } from "./dom.js";
import { readPreference, writePreference } from "./store.js";

const BIN = "M4.5 6h11M8 6V4.2h4V6m2.2 0-.6 9.8H6.4L5.8 6m2.9 3v4m2.6-4v4";
const WIDE = matchMedia("(min-width: 60rem)");
const at = (id) => document.getElementById(id);

export class Side {
  /** `actions` are `onRename(id, title)`, `onRemove(id)` and `onRestore(id)`. */
  constructor(actions) {
    this.actions = actions;
    this.rows = new Map();
    at("side-toggle").addEventListener("click", () => this.toggle());
    at("drawer").addEventListener("click", (event) => event.target === at("drawer") && this.closeDrawer());
    at("drawer").addEventListener("close", () => this.place());
    at("side").addEventListener("click", (event) => event.target.closest("a, #fresh-in-side") && this.closeDrawer());
    WIDE.addEventListener("change", () => this.place());
    this.place();
  }

  /** The column stands in the page, the drawer is a dialog: what lies behind it is out of reach. */
  place() {
    if (WIDE.matches) this.closeDrawer();
    if (WIDE.matches) at("layout").prepend(at("side"));
    else at("drawer").append(at("side"));
    at("side").hidden = WIDE.matches && readPreference("side") === "closed";
    const open = WIDE.matches ? !at("side").hidden : at("drawer").open;
    document.documentElement.dataset.side = WIDE.matches && open ? "open" : "closed";
    at("side-toggle").setAttribute("aria-expanded", String(open));
  }

  toggle() {
    if (WIDE.matches) writePreference("side", at("side").hidden ? "open" : "closed");
    else at("drawer").showModal();
    this.place();
  }

  closeDrawer() {
    if (at("drawer").open) at("drawer").close();
  }

  /** Show `{conversation, isCurrent, sign}` in their order; `sign` is "working", "unread" or "". */
  update(entries, words) {
    if (words !== this.words) this.rows.clear();
    this.words = words;
    const rows = new Map(entries.map(({ conversation }) => [conversation.id, this.rowOf(conversation.id)]));
    this.rows = rows;
    for (const entry of entries) rows.get(entry.conversation.id).update(entry);
    arrange(
      at("conversations"),
      [...rows.values()].map(({ node }) => node),
    );
    at("side-empty").hidden = entries.length > 0;
  }

  rowOf(id) {
    return this.rows.get(id) ?? new Row(id, this.words, this.actions);
  }
}

/** Make nodes the children of another, and move none that is in its place: one that moves loses the focus. */
export function arrange(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, index) => parent.children[index] !== node && parent.insertBefore(node, parent.children[index]));
}

/** One conversation: its link, its name while that is changed, or the way back once it is deleted. */
class Row {
  constructor(id, words, actions) {
    this.id = id;
    this.words = words;
    this.actions = actions;
    this.title = make("span", "row-title", { dir: "auto" });
    this.sign = make("span", "row-sign");
    this.link = make("a", "row-link", { href: addressOf(id) }, this.title, this.sign);
    this.renaming = makeTool(PENCIL, words.rename, () => this.rename());
    this.removing = makeTool(BIN, words.remove, () => this.remove());
    this.node = make("li", "row");
  }

  update({ conversation, isCurrent, sign }) {
    const name = showControls(conversation.title ?? conversation.question) || this.words.unnamed;
    this.name = name;
    this.gone = conversation.gone;
    this.title.textContent = name;
    this.link.title = name;
    this.sign.dataset.sign = sign;
    this.sign.textContent = this.words.signs[sign] ?? "";
    if (isCurrent) this.link.setAttribute("aria-current", "page");
    else this.link.removeAttribute("aria-current");
    label(this.renaming, this.words.rename, name);
    label(this.removing, this.words.remove, name);
    this.arrange();
  }

  arrange() {
    if (this.gone) arrange(this.node, [(this.goneNode ??= this.buildGone())]);
    else if (this.form) arrange(this.node, [this.form]);
    else arrange(this.node, [this.link, this.renaming, this.removing]);
    if (!this.gone) this.goneNode = null;
  }

  rename() {
    const field = make("input", "row-name", { "aria-label": this.words.nameField, maxlength: "200" });
    field.value = this.name;
    this.form = make("div", "row-form", {}, field);
    const end = (kept) => {
      if (!this.form) return;
      this.form = null;
      const held = document.activeElement === field;
      if (kept && field.value.trim() !== this.name) this.actions.onRename(this.id, field.value);
      this.arrange();
      if (held) this.renaming.focus();
    };
    field.addEventListener("keydown", (event) => {
      const dropped = event.key === "Escape" && !event.isComposing;
      if (!dropped && !isSend(event)) return;
      event.preventDefault(); // the key presses no button that has the focus next, and ends no drawer
      event.stopPropagation(); // nor a solve
      end(!dropped);
    });
    field.addEventListener("blur", () => end(true));
    this.arrange();
    field.select();
  }

  async remove() {
    await this.actions.onRemove(this.id);
    this.node.querySelector("button")?.focus();
  }

  buildGone() {
    const undo = make("button", "quiet", { type: "button" }, this.words.undo);
    undo.addEventListener("click", () => {
      this.actions.onRestore(this.id);
      this.link.focus();
    });
    return make("div", "row-gone", {}, make("span", "row-title", {}, this.words.removed(this.name)), undo);
  }
}

function label(button, action, name) {
  button.setAttribute("aria-label", `${action}: ${name}`);
  button.title = action;
}
