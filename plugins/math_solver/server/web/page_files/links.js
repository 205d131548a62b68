// Addresses in a model's text as links that show where they lead.

import { make, showControls } from "./dom.js";

// Only what RFC 3986 lets stand in an address: no letter of another script that looks like a Latin one.
const ADDRESS = /\bhttps?:\/\/[\w.~:/?#@!$&'()*+,;=%-]+/gi;
const LONGEST = 2000; // characters
const NEXT_LETTER = /^[\p{L}\p{N}]/u;

/** A text as strings and links. */
export function readLinks(text) {
  const shown = showControls(text);
  const nodes = [];
  let from = 0;
  for (const { 0: found, index } of shown.matchAll(ADDRESS)) {
    const address = trim(found);
    const url = readAddress(address, shown.slice(index + address.length, index + address.length + 2));
    if (!url) continue;
    const link = { href: url.href, target: "_blank", rel: "noopener noreferrer nofollow" };
    nodes.push(shown.slice(from, index), make("a", "", link, address));
    from = index + address.length;
  }
  return [...nodes, shown.slice(from)];
}

/** The address without the signs that end the sentence around it; a bracket belongs to it where its partner does. */
function trim(found) {
  let unopened = found.split(")").length - found.split("(").length;
  let end = found.length;
  while (/[.,;:!?'*]/.test(found[end - 1]) || (found[end - 1] === ")" && unopened > 0)) {
    end -= 1;
    if (found[end] === ")") unopened -= 1;
  }
  return found.slice(0, end);
}

/** The URL of an address, null where it hides where it leads: behind a name, or in a host that goes on. */
function readAddress(address, behind) {
  if (address.length > LONGEST || !URL.canParse(address)) return null;
  const url = new URL(address);
  const hostEnds = /^https?:\/\/[^/?#]+[/?#]/i.test(address) || !NEXT_LETTER.test(behind);
  return url.username === "" && url.password === "" && hostEnds ? url : null;
}
