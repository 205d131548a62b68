// Pictures that a program drew, from the base64 of the stream.

import { make, makeIcon } from "./dom.js";

const CLOSE = "M5 5l10 10M15 5 5 15";
const LONGEST = 16_000_000; // characters of base64
// The two kinds that are shown, and the bytes that each begins with.
const KINDS = new Map([
  ["image/png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["image/jpeg", [0xff, 0xd8, 0xff]],
]);

/** A picture that a click enlarges; a line of text where it cannot be shown. */
export class Picture {
  constructor(image, alt, words) {
    const blob = readPicture(image);
    this.address = blob && URL.createObjectURL(blob);
    this.node = blob ? this.build(alt, words) : lineOf(words);
  }

  build(alt, words) {
    const image = make("img", "", { src: this.address, alt, decoding: "async" });
    const label = `${words.enlarge}: ${alt}`;
    const button = make("button", "picture", { type: "button", "aria-label": label, title: words.enlarge }, image);
    button.addEventListener("click", () => enlarge(this.address, alt, words));
    image.addEventListener("error", () => button.replaceWith(lineOf(words)));
    return button;
  }

  dispose() {
    if (this.address) URL.revokeObjectURL(this.address);
  }
}

/** The bytes as a blob of one of the two kinds, null where they are something else. */
export function readPicture(image) {
  const { media_type: kind, data } = image ?? {};
  if (!KINDS.has(kind) || typeof data !== "string" || data.length > LONGEST) return null;
  try {
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    return KINDS.get(kind).every((byte, index) => bytes[index] === byte) ? new Blob([bytes], { type: kind }) : null;
  } catch {
    return null; // no base64
  }
}

function lineOf(words) {
  return make("p", "picture-broken", {}, words.pictureBroken);
}

function enlarge(address, alt, words) {
  const dialog = document.getElementById("picture-dialog");
  const close = make("button", "tool", { type: "button", "aria-label": words.close }, makeIcon(CLOSE));
  dialog.setAttribute("aria-label", alt);
  dialog.replaceChildren(close, make("img", "", { src: address, alt }));
  dialog.onclick = () => dialog.close();
  dialog.onclose = () => dialog.replaceChildren();
  dialog.showModal();
}
