// Formulas, typeset by KaTeX; what it cannot read is shown as it was written.

import { make } from "./dom.js";

// `trust` keeps links, images and raw HTML out; the bounds keep a hostile formula from filling the page.
const OPTIONS = { trust: false, strict: "ignore", throwOnError: true, maxSize: 12, maxExpand: 300 };
const LONGEST = 20_000;

allowStyleAttributes();

/** A formula as an element; `source` is what stands there when it cannot be typeset. */
export function typeset(tex, display, source = tex) {
  const node = make("span", display ? "math math-display" : "math");
  try {
    if (tex.length > LONGEST) throw new RangeError("too long");
    window.katex.render(tex, node, { ...OPTIONS, displayMode: display });
  } catch (error) {
    node.replaceChildren(source);
    node.classList.add("math-broken");
    node.title = error.message;
  }
  return node;
}

/** KaTeX sets a few style attributes (`\vec`), which our policy refuses; the property of the same name is free. */
function allowStyleAttributes() {
  const setAttribute = Element.prototype.setAttribute;
  Element.prototype.setAttribute = function (name, value) {
    if (name === "style") this.style.cssText = value;
    else setAttribute.call(this, name, value);
  };
}
