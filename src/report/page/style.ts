/** How the page looks: a document, on paper and on screens, light and dark. Contrasts are those of WCAG AA at least. */
export const STYLE = `
:root { color-scheme: light dark; --paper: #fff; --sheet: #f5f7f9; --ink: #1b2430; --soft: #4f5b69; --line: #c9d1da;
  --accent: #174a7c; --good: #1a6334; --bad: #a3141d; --warn: #7a4b00; --own: #e4edf6; }
@media (prefers-color-scheme: dark) { :root { --paper: #12171d; --sheet: #1a2129; --ink: #e8ecf1; --soft: #abb6c2; --line: #3b4653;
  --accent: #94c3f2; --good: #85d9a3; --bad: #ffa49e; --warn: #f2c572; --own: #1d3045; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0 auto; max-width: 76rem; padding: 2rem 1.5rem 4rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", "Liberation Sans", sans-serif; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
main:focus { outline: none; }
.skip { position: absolute; left: -100vw; padding: .5rem 1rem; background: var(--paper); }
.skip:focus { left: 1rem; top: .5rem; z-index: 1; }
header { border-bottom: 3px solid var(--accent); margin-bottom: 1rem; }
.kicker { margin: 0; color: var(--soft); letter-spacing: .08em; font-size: .85rem; }
h1 { margin: 0 0 .75rem; font-size: 2rem; line-height: 1.2; font-weight: 650; }
h2 { margin: 3rem 0 .75rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line); font-size: 1.45rem; line-height: 1.3; }
h3 { margin: 2rem 0 .5rem; font-size: 1.15rem; }
h4 { margin: 0; font-size: 1rem; overflow-wrap: anywhere; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 0; padding: 0; list-style: none; }
nav a { display: inline-block; padding: .15rem 0; }
.kind, .note, .none { color: var(--soft); }
.kind { font-size: .85em; }
.note { font-size: .9rem; }
.good { color: var(--good); } .bad { color: var(--bad); font-weight: 600; } .warn { color: var(--warn); }
.verdict { border: 1px solid var(--line); border-left: 8px solid var(--good); background: var(--sheet); padding: .75rem 1.25rem; }
.verdict.is-bad { border-left-color: var(--bad); border-left-style: double; }
.verdict p { margin: .25rem 0; }
.verdict .title { font-size: 1.25rem; font-weight: 650; }
.figures { display: grid; grid-template-columns: repeat(8, 1fr); gap: 1px; background: var(--line);
  border: 1px solid var(--line); margin: 1rem 0; }
.figures div { background: var(--paper); padding: .5rem .9rem; }
.figures dt { color: var(--soft); font-size: .85rem; }
.figures dd { margin: 0; font-size: 1.35rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; margin: 0; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; font-size: .875rem; line-height: 1.4; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; caption-side: top; overflow-wrap: anywhere; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; min-width: 6rem; }
thead th { background: var(--sheet); border-bottom: 2px solid var(--line); font-size: .8rem; overflow-wrap: normal; }
tbody th { font-weight: 500; }
td :is(.good, .bad, .warn) { overflow-wrap: normal; }
.ways td:nth-child(2) { white-space: nowrap; }
.lines { list-style: none; margin: 0; padding: 0; }
main > section > .lines { list-style: disc; padding-left: 1.25rem; font-size: .9rem; }
.lines li + li { margin-top: .2rem; }
code { font: .9em ui-monospace, "Liberation Mono", monospace; overflow-wrap: anywhere; }
.controls { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem .75rem; margin: 1rem 0 .5rem; padding: .75rem; background: var(--sheet); border: 1px solid var(--line); }
.controls p { margin: 0; color: var(--soft); }
input, select, button { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: 4px; padding: .3rem .6rem; min-height: 2.2rem; max-width: 100%; }
button { cursor: pointer; }
.tenant { border: 1px solid var(--line); border-left: 4px solid var(--accent); margin: .6rem 0; padding: .6rem 1rem; content-visibility: auto; contain-intrinsic-size: auto 7rem; }
.tenant p { margin: .15rem 0; font-size: .9rem; }
.tenant:target { background: var(--sheet); }
.role { margin: 1rem 0; }
.role table { margin-top: .25rem; }
.role caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
summary { cursor: pointer; color: var(--accent); width: fit-content; padding: .15rem 0; }
figure { margin: 1rem 0; }
svg { max-width: 100%; height: auto; }
svg text { font: 12px ui-monospace, "Liberation Mono", monospace; fill: var(--ink); }
.drawing { display: block; min-width: 44rem; width: 100%; }
.tenant figure { overflow-x: auto; }
.bounds { fill: var(--own); fill-opacity: .45; stroke: var(--accent); stroke-dasharray: 7 4; }
svg .bounds-name { fill: var(--accent); font-weight: 600; }
.node rect { fill: var(--paper); stroke: var(--soft); }
.node.own rect { stroke: var(--accent); stroke-width: 1.6; }
svg .of, svg .more { fill: var(--soft); font-size: 10px; }
.way { fill: none; stroke: var(--soft); stroke-width: 1.5; }
.impersonates { stroke-width: 3; stroke-opacity: .6; } .applies-to { stroke-dasharray: 9 4; }
.fetches-from { stroke-dasharray: 2 3; } .sends-to { stroke-dasharray: 8 3 2 3; }
.way.crosses { stroke: var(--bad); stroke-width: 3; stroke-opacity: 1; }
.sign circle { fill: var(--paper); stroke: var(--bad); stroke-width: 2; }
.sign path { stroke: var(--bad); stroke-width: 2.2; }
.matrix .grid { stroke: var(--line); stroke-width: .6; fill: none; }
.matrix.many { min-width: 58rem; } .tiles { width: 100%; max-width: 60rem; }
.matrix text { font-size: 10.5px; }
.matrix .own { fill: var(--own); stroke: var(--soft); stroke-width: .6; }
.matrix .crosses { fill: none; stroke: var(--bad); stroke-width: 2.4; }
.legend { list-style: none; padding: 0; }
footer { margin-top: 3rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .85rem; }
[hidden] { display: none; }
@media (max-width: 68rem) { .figures { grid-template-columns: repeat(4, 1fr); } }
@media (max-width: 34rem) { .figures { grid-template-columns: repeat(2, 1fr); } }
@media print {
  :root { color-scheme: light; --paper: #fff; --sheet: #f5f7f9; --ink: #000; --soft: #444; --line: #999; --accent: #174a7c; --good: #1a6334; --bad: #a3141d; --warn: #7a4b00; --own: #eef3f8; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  nav, .controls, .skip, summary, .chosen { display: none; }
  .scroll { overflow: visible; }
  .matrix { max-width: 100%; } .drawing { min-width: 0; }
  .tenant { content-visibility: visible; }
  .tenant > details::details-content { content-visibility: visible; display: block; block-size: auto; }
  h2, h3, h4, caption { break-after: avoid; }
  tr, figure { break-inside: avoid; }
  @page { margin: 15mm; size: A4 landscape; }
}
`;
