// Elements from text. Whatever a model or a program wrote goes through here and stays text.

/** An element with a class, attributes and children; strings become text nodes. */
export function make(tag, className = "", attributes = {}, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

export const PENCIL = "M4.5 15.5v-2.6l8.4-8.4 2.6 2.6-8.4 8.4Zm6.6-9.2 2.6 2.6";
const SVG = "http://www.w3.org/2000/svg";

/** An icon from the data of one path. */
export function makeIcon(path) {
  const icon = document.createElementNS(SVG, "svg");
  icon.setAttribute("viewBox", "0 0 20 20");
  icon.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  icon.append(line);
  return icon;
}

/** A button that shows an icon and is named in words. */
export function makeTool(icon, label, action) {
  const button = make("button", "tool", { type: "button", "aria-label": label, title: label }, makeIcon(icon));
  button.addEventListener("click", action);
  return button;
}

const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A text whose control characters, those that turn its direction included, can be seen and do nothing. */
export function showControls(text) {
  return text.replace(/\r\n/g, "\n").replace(UNSEEN, (character) => {
    const code = character.charCodeAt(0);
    return code < 32
      ? String.fromCharCode(0x2400 + code)
      : `\u27e8U+${code.toString(16).toUpperCase().padStart(4, "0")}\u27e9`;
  });
}

/** Copy a text; without a secure context (a plain http address) the clipboard is reached through a selection. */
export async function copyText(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = make("textarea", "unseen");
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}

const COPY = "M8 8h8v8H8ZM12 8V4H4v8h4";
const TICK = "m4.5 10.5 3.5 3.5 7.5-8";

/** A button that copies what `read` returns and says so for a moment. */
export function makeCopyButton(read, label, words) {
  const text = make("span", "", {}, words.copy);
  const button = make("button", "copy", { type: "button", "aria-label": label, title: label }, makeIcon(COPY), text);
  button.addEventListener("click", async () => {
    await copyText(read());
    text.textContent = words.copied;
    button.firstChild.replaceWith(makeIcon(TICK));
    setTimeout(() => {
      text.textContent = words.copy;
      button.firstChild.replaceWith(makeIcon(COPY));
    }, 1600);
  });
  return button;
}
