// Markdown with formulas, as elements. The lexer reads; every element is made here, so that no markup gets through.

import { make, showControls } from "./dom.js";
import { readLinks } from "./links.js";
import { typeset } from "./math.js";
import { highlightPython } from "./python.js";
import { groupAt } from "./turn.js";
import { Marked } from "./vendor/marked/marked.esm.js";

const DEEPEST = 24;
const ENVIRONMENT = String.raw`\\begin\{((?:equation|align|gather|alignat|aligned|gathered|split|cases|array|[bpvBV]?matrix)\*?)\}[^]+?\\end\{\1\}`;
// The delimiter decides: `[pattern, display]`, the formula in group 1, or the whole match for an environment.
const FORMULAS = [
  [/^\$\$([^]+?)\$\$/, true],
  [/^\\\[([^]+?)\\\]/, true],
  [/^\\\(([^]+?)\\\)/, false],
  // A dollar that opens is followed, one that closes preceded, by no space: prices stay prices.
  [/^\$(?!\s)((?:\\.|[^\\$\n])*?[^\s\\$])\$(?!\d)/, false],
];
const WHOLE = new RegExp(`^${ENVIRONMENT}`);
const BLOCK = new RegExp(String.raw`^ {0,3}(?:\$\$[^]+?\$\$|\\\[[^]+?\\\]|${ENVIRONMENT})[ \t]*(?:\n+|$)`);

function readFormula(source) {
  const boxed = readBox(source);
  if (boxed) return boxed;
  for (const [pattern, display] of FORMULAS) {
    const match = pattern.exec(source);
    if (match) return { type: "formula", raw: match[0], tex: match[1], display };
  }
  const whole = WHOLE.exec(source);
  return whole ? { type: "formula", raw: whole[0], tex: whole[0], display: true } : undefined;
}

/** `\boxed{}` outside of any formula, as small models write it, and `${\boxed{}}$`, as the server then writes it. */
function readBox(source) {
  if (!source.startsWith("\\boxed")) return source.startsWith("${\\boxed") ? readBoxInDollars(source) : undefined;
  const group = groupAt(source, "\\boxed".length);
  if (group === null) return undefined;
  const raw = source.slice(0, group.end);
  return { type: "formula", raw, tex: raw, display: false };
}

function readBoxInDollars(source) {
  const group = groupAt(source, 1);
  if (group === null || source[group.end] !== "$" || readBox(group.inside)?.raw !== group.inside) return undefined;
  return { type: "formula", raw: source.slice(0, group.end + 1), tex: group.inside, display: false };
}

const marked = new Marked({ gfm: true });
marked.use({
  extensions: [
    {
      name: "formulaBlock",
      level: "block",
      start: (source) => source.match(/\n {0,3}(?:\$\$|\\\[|\\begin\{)/)?.index,
      tokenizer(source) {
        const match = BLOCK.exec(source);
        const formula = match && readFormula(match[0].trim());
        return formula ? { ...formula, type: "formulaBlock", raw: match[0] } : undefined;
      },
    },
    {
      name: "formula",
      level: "inline",
      start: (source) => source.match(/\$|\\[([]|\\begin\{|\\boxed/)?.index,
      tokenizer: readFormula,
    },
  ],
  tokenizer: {
    // Stars only, and without CommonMark's rules for their neighbours, which fail between Chinese characters;
    // an underscore is more often an index than an emphasis.
    emStrong(source, masked, before) {
      const match = /^(\*\*?)(?![\s*])([^]{0,600}?[^\s*])\1(?!\*)/.exec(source); // bounded: it is tried at every star
      if (!match || /[\w)\]*]/.test(before ?? "")) return undefined; // 2*3*4 and x**2 are products and powers
      const type = match[1] === "**" ? "strong" : "em";
      return { type, raw: match[0], text: match[2], tokens: this.lexer.inlineTokens(match[2]) };
    },
    html: () => undefined,
    tag: () => undefined,
  },
});

/** Text with formulas and no markdown, as people type it: strings and elements. */
export function readPlainText(text) {
  const parts = [];
  let from = 0;
  for (const { index } of text.matchAll(/\$|\\[([]|\\begin\{/g)) {
    const formula = index < from ? undefined : readFormula(text.slice(index));
    if (!formula) continue;
    parts.push(showControls(text.slice(from, index)), typeset(formula.tex, formula.display, formula.raw));
    from = index + formula.raw.length;
  }
  return [...parts, showControls(text.slice(from))];
}

/** The blocks of a text as `{raw, build}`: an unchanged `raw` needs no new element. */
export function readBlocks(text) {
  try {
    return marked
      .lexer(text)
      .filter((token) => token.type !== "space" && token.type !== "def")
      .map((token) => ({ raw: token.raw, build: () => buildBlock(token, 0) }));
  } catch {
    // Nested beyond the stack, or what else a lexer may stumble over: nothing that a model writes breaks the page.
    return [{ raw: text, build: () => make("p", "", {}, showControls(text)) }];
  }
}

const BLOCKS = {
  heading: (token, depth) => make(`h${Math.min(6, token.depth + 1)}`, "", {}, ...buildInline(token.tokens, depth)),
  paragraph: (token, depth) => make("p", "", {}, ...buildInline(token.tokens, depth)),
  text: (token, depth) => make("span", "", {}, ...buildInline(token.tokens ?? [token], depth)),
  formulaBlock: (token) => typeset(token.tex, true, token.raw),
  blockquote: (token, depth) => make("blockquote", "", {}, ...buildBlocks(token.tokens, depth)),
  hr: () => make("hr"),
  code: buildCode,
  list: buildList,
  table: buildTable,
};

function buildBlock(token, depth) {
  const build = depth < DEEPEST ? BLOCKS[token.type] : undefined;
  return build ? build(token, depth + 1) : make("p", "", {}, showControls(token.raw));
}

function buildBlocks(tokens, depth) {
  return tokens.filter((token) => token.type !== "space").map((token) => buildBlock(token, depth));
}

function buildCode(token) {
  const content = token.lang === "python" ? highlightPython(token.text) : [showControls(token.text)];
  return make("pre", "listing", { tabindex: "0" }, make("code", "", {}, ...content));
}

function buildList(token, depth) {
  const items = token.items.map((item) => make("li", "", {}, ...buildBlocks(item.tokens, depth)));
  const start = token.ordered && token.start !== 1 ? { start: token.start } : {};
  return make(token.ordered ? "ol" : "ul", token.loose ? "" : "tight", start, ...items);
}

function buildTable(token, depth) {
  const row = (cells, tag) =>
    make("tr", "", {}, ...cells.map((cell) => make(tag, cell.align ?? "", {}, ...buildInline(cell.tokens, depth))));
  const body = make("tbody", "", {}, ...token.rows.map((cells) => row(cells, "td")));
  const table = make("table", "", {}, make("thead", "", {}, row(token.header, "th")), body);
  return make("div", "table", { tabindex: "0" }, table);
}

const INLINE = {
  formula: (token) => [typeset(token.tex, token.display, token.raw)],
  strong: (token, depth) => [make("strong", "", {}, ...buildInline(token.tokens, depth))],
  em: (token, depth) => [make("em", "", {}, ...buildInline(token.tokens, depth))],
  del: (token, depth) => [make("del", "", {}, ...buildInline(token.tokens, depth))],
  codespan: (token) => [make("code", "", {}, showControls(token.text))],
  br: () => [make("br")],
  escape: (token) => [token.text],
  text: (token, depth) => (token.tokens ? buildInline(token.tokens, depth) : readLinks(token.text)),
};

/** Links and images stay as the source has them, their addresses in full: nothing is fetched, no name hides one. */
function buildInline(tokens, depth) {
  return tokens.flatMap((token) => {
    const build = depth < DEEPEST ? INLINE[token.type] : undefined;
    return build ? build(token, depth + 1) : readLinks(token.raw);
  });
}
