"""The style sheet of a report: one page for screens, phones and paper, light and dark."""

from __future__ import annotations

__all__ = ["STYLE"]

STYLE = """
:root {
  color-scheme: light dark;
  --paper: #fcfcfa; --card: #ffffff; --ink: #1d2126; --soft: #5d6670; --faint: #8b949e; --line: #e4e5e1;
  --wash: #f3f3ef; --good: #1f8a5b; --good-wash: #e3f3ea; --bad: #c2410c; --bad-wash: #fbe9df; --open: #8a6d1a;
  --open-wash: #f7efd6; --s0: #2563c9; --s1: #d4700b; --s2: #1f8a5b; --s3: #8b4cc4; --s4: #c22f5b; --s5: #0f8296;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei",
    "Noto Sans CJK SC", "Source Han Sans SC", sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Code", "JetBrains Mono", Menlo, Consolas, "Noto Sans Mono", monospace;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #14171a; --card: #1b1f23; --ink: #e7e9ea; --soft: #a4adb6; --faint: #7a838c; --line: #2e343a;
    --wash: #22272c; --good: #4cc38a; --good-wash: #16302a; --bad: #f0884f; --bad-wash: #38231a; --open: #d9b44a;
    --open-wash: #332b16; --s0: #6ea2f5; --s1: #f0a04b; --s2: #4cc38a; --s3: #bd8ff0; --s4: #f07a9e; --s5: #4fc0d3;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 var(--sans);
  font-variant-numeric: tabular-nums; overflow-wrap: break-word; }
main, header.top, footer { max-width: 62rem; margin: 0 auto; padding: 0 1.5rem; }
header.top { padding-top: 3.2rem; padding-bottom: .4rem; }
h1 { font-size: clamp(1.6rem, 1.1rem + 2vw, 2.3rem); line-height: 1.15; letter-spacing: -.02em; margin: 0 0 .5rem;
  text-wrap: balance; }
h2 { font-size: 1.3rem; letter-spacing: -.01em; margin: 3.2rem 0 .3rem; }
h3 { font-size: 1rem; margin: 1.6rem 0 .5rem; }
p { margin: .5rem 0; }
.lead, .note { color: var(--soft); max-width: 46rem; }
.note { font-size: .875rem; }
small { font-size: .8125rem; color: var(--faint); font-weight: 400; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(13.5rem, 1fr)); gap: 1rem;
  margin: 1.6rem 0 0; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.1rem 1.25rem;
  min-width: 0; }
.card h3 { margin: 0; font-size: .9rem; font-weight: 600; display: flex; gap: .5rem; align-items: baseline; }
.card .big { font-size: 2.35rem; line-height: 1.15; font-weight: 650; letter-spacing: -.03em; margin: .35rem 0 .1rem; }
.card p { margin: .1rem 0; font-size: .875rem; color: var(--soft); }
.card .scale { display: block; width: 100%; margin: .6rem 0 .35rem; overflow: visible; }
.panels { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 25rem), 1fr)); gap: 1rem;
  margin-top: 1rem; }
.rows { margin: .6rem 0; }
.row { display: grid; grid-template-columns: minmax(6rem, 12.5rem) minmax(0, 1fr) auto; gap: 0 1rem;
  align-items: center; }
.row .label { font-size: .9rem; line-height: 1.3; min-width: 0; overflow-wrap: anywhere; }
.row .label small { margin-left: .4rem; white-space: nowrap; }
.row .value { font-size: .8125rem; line-height: 14px; display: grid; min-width: 4.2rem; text-align: right; }
.panels .row { grid-template-columns: 7rem minmax(0, 1fr) auto; padding: .18rem 0; }
.track, .split { display: block; width: 100%; overflow: visible; }
.grid { stroke: var(--line); stroke-width: 1; }
.whisker { stroke: currentColor; stroke-width: 2; stroke-opacity: .45; stroke-linecap: round; }
circle { fill: currentColor; stroke: var(--card); stroke-width: 1.5; }
polyline { fill: none; stroke: currentColor; stroke-width: 2; }
polyline.dashed { stroke-dasharray: 5 4; }
.s0 { color: var(--s0); } .s1 { color: var(--s1); } .s2 { color: var(--s2); } .s3 { color: var(--s3); }
.s4 { color: var(--s4); } .s5 { color: var(--s5); }
.empty { fill: var(--wash); } rect { rx: 2px; }
rect.good { fill: var(--good); } rect.bad { fill: var(--bad); } rect.open { fill: var(--open); }
rect.both { fill: var(--soft); fill-opacity: .75; } rect.neither { fill: var(--faint); fill-opacity: .3; }
rect.rest { fill: var(--faint); fill-opacity: .45; } rect.s0, rect.s1, rect.s2, rect.s3, rect.s4, rect.s5 {
  fill: currentColor; }
.ticks { position: relative; height: 1.1rem; font-size: .72rem; color: var(--faint); }
.ticks span { position: absolute; transform: translateX(-50%); }
.axis .ticks span:last-child::after { content: " %"; position: absolute; white-space: pre; }
.row.axis { grid-template-columns: minmax(6rem, 12.5rem) minmax(0, 1fr) 4.2rem; }
.curve { width: 100%; max-width: 34rem; height: auto; margin: .5rem 0; }
.curve text { font: 11px var(--sans); fill: var(--soft); }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; padding: 0; margin: .6rem 0;
  font-size: .875rem; color: var(--soft); }
.legend b { color: var(--ink); }
.dot { display: inline-block; width: .7rem; height: .7rem; border-radius: 50%; background: currentColor;
  margin-right: .45rem; }
.dot.good { background: var(--good); } .dot.bad { background: var(--bad); } .dot.open { background: var(--open); }
.dot.both { background: var(--soft); opacity: .75; } .dot.neither { background: var(--faint); opacity: .35; }
.line { display: inline-block; width: 1.6rem; border-top: 2px solid var(--soft); vertical-align: .25rem;
  margin-right: .45rem; }
.line.dashed { border-top-style: dashed; }
.scroll { overflow-x: auto; margin: .8rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: right; padding: .42rem .75rem; border-bottom: 1px solid var(--line); vertical-align: baseline;
  white-space: nowrap; }
th { font-weight: 600; color: var(--soft); font-size: .8125rem; }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
td:last-child, th:last-child { padding-right: 0; }
table.facts td { text-align: left; white-space: normal; overflow-wrap: anywhere; }
table.facts td:first-child { color: var(--soft); white-space: nowrap; width: 1%; }
table.changes td { text-align: left; white-space: normal; max-width: 14rem; overflow-wrap: anywhere; }
table.changes td:first-child { max-width: none; min-width: 14rem; }
table.changes td:nth-child(2) { min-width: 9rem; } table.changes th { text-align: left; }
.verdict { font-size: .78rem; font-weight: 600; border-radius: 1rem; padding: .12rem .6rem; white-space: nowrap;
  background: var(--bad-wash); color: var(--bad); }
.verdict.good { background: var(--good-wash); color: var(--good); }
.verdict.open { background: var(--open-wash); color: var(--open); }
details { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; margin: .7rem 0; }
summary { cursor: pointer; padding: .8rem 1.1rem; display: flex; gap: .8rem; align-items: baseline;
  list-style: none; }
summary::-webkit-details-marker { display: none; }
summary::before { content: "▸"; color: var(--faint); transition: rotate .15s; }
details[open] > summary::before { rotate: 90deg; }
summary:focus-visible { outline: 2px solid var(--s0); outline-offset: 2px; border-radius: .75rem; }
summary .question { flex: 1; min-width: 0; font-weight: 500; overflow: hidden; display: -webkit-box;
  -webkit-line-clamp: 2; -webkit-box-orient: vertical; }
.work { padding: 0 1.25rem 1.1rem; border-top: 1px solid var(--line); }
.work > p:first-child, .work > h4:first-child { margin-top: .9rem; }
.work p { white-space: pre-line; max-width: 50rem; }
h4 { font-size: .72rem; letter-spacing: .07em; text-transform: uppercase; color: var(--faint); margin: 1.1rem 0 .2rem;
  font-weight: 600; }
pre { margin: .5rem 0; padding: .7rem .9rem; border-radius: .5rem; background: var(--wash); overflow-x: auto;
  font: .84rem/1.5 var(--mono); tab-size: 4; max-height: 26rem; }
pre.output { background: transparent; border: 1px dashed var(--line); }
code { font-family: var(--mono); font-size: .92em; }
pre code { font-size: inherit; }
.answers { display: flex; flex-wrap: wrap; gap: .3rem 2.2rem; margin: .9rem 0 0; }
.answers div { min-width: 0; overflow-x: auto; }
.answers b { font-weight: 600; color: var(--soft); font-size: .8125rem; display: block; }
.none { color: var(--faint); font-style: italic; }
math { font-size: 1.06em; max-width: 100%; }
math[display="block"] { overflow-x: auto; overflow-y: hidden; margin: .5rem 0; }
menclose { border: 1.5px solid currentColor; border-radius: 3px; padding: .15em .35em; margin: 0 .15em; }
mtd[columnalign="left"] { text-align: left; } mtd[columnalign="right"] { text-align: right; }
footer { color: var(--faint); font-size: .8125rem; padding-top: 2.5rem; padding-bottom: 3rem; }
@media (max-width: 34rem) {
  main, header.top, footer { padding-left: 1.1rem; padding-right: 1.1rem; }
  header.top { padding-top: 1.8rem; }
  .row { grid-template-columns: minmax(0, 1fr) auto; padding: .38rem 0; }
  .panels .row { grid-template-columns: 6.6rem minmax(0, 1fr) auto; }
  main > .rows .track { grid-column: 1 / -1; grid-row: 2; }
  main > .rows .value { display: flex; gap: .7rem; line-height: 1.3; min-width: 0; flex-wrap: wrap;
    justify-content: end; }
  .row.axis { grid-template-columns: minmax(0, 1fr); } .row.axis > div:not(.ticks) { display: none; }
  .axis .ticks span:first-child { transform: none; } .axis .ticks span:last-child { transform: translateX(-100%); }
  .axis .ticks span:last-child::after { content: none; }
  th, td { padding: .42rem .5rem; } td:first-child { white-space: normal; min-width: 7.5rem; }
  td:first-child small { display: block; }
  summary { padding: .75rem .9rem; flex-wrap: wrap; } .work { padding: 0 .9rem .9rem; }
  summary .question { flex-basis: 75%; }
}
@media print {
  :root { --paper: #fff; --card: #fff; }
  body { font-size: 10.5pt; } main, header.top, footer { max-width: none; padding: 0; }
  h2, h3 { break-after: avoid; } .card, .row, tr, pre { break-inside: avoid; }
  pre { max-height: none; white-space: pre-wrap; } details::details-content { content-visibility: visible; }
  summary::before { content: none; }
  svg, .dot, .verdict { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""
