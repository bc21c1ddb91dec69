/** Of the pages that this folder makes; the map has its own. Asked for again each hour, so the name can stay. */
export const STYLESHEET_PATH = '/pages.css';

export const STYLESHEET = `:root {
  --paper: #ffffff;
  --back: #f6f4ef;
  --ink: #1d2730;
  --ink-2: #55616b;
  --rule: #e2ded5;
  --deep: #1f3a4d;
  --accent: #1b6580;
  --sea: #d3dfe6;
  --mark: #b3402e;
}
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; color-scheme: light; }
body {
  margin: 0;
  font: 400 15px/1.5 'Noto Sans', system-ui, sans-serif;
  color: var(--ink);
  background: var(--paper);
  overflow-wrap: anywhere;
}
h1, h2, h3, p, ul, ol, dl, dd { margin: 0; padding: 0; }
h1 { font-size: 24px; line-height: 1.25; font-weight: 600; }
h2 { font-size: 17px; margin: 28px 0 8px; font-weight: 600; }
h3 { font-size: 15px; margin: 16px 0 4px; font-weight: 600; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid #c2570c; outline-offset: 2px; }
code, pre { font: 13px/1.45 ui-monospace, 'DejaVu Sans Mono', monospace; }
pre { padding: 12px; margin: 8px 0; background: var(--back); border: 1px solid var(--rule); border-radius: 6px; overflow: auto; overflow-wrap: normal; }
header { background: var(--deep); color: #fff; }
header nav { max-width: 1080px; margin: 0 auto; padding: 10px 20px; display: flex; gap: 16px; justify-content: space-between; align-items: baseline; }
header a { color: #fff; }
header nav > a { flex: none; }
.crumbs { list-style: none; display: flex; flex-wrap: wrap; }
.crumbs li + li::before { content: '/'; padding: 0 8px; opacity: 0.6; }
main { max-width: 1080px; margin: 0 auto; padding: 24px 20px 64px; }
.head { display: flex; flex-wrap: wrap; gap: 8px 20px; align-items: baseline; justify-content: space-between; }
.lead { margin: 8px 0 12px; max-width: 70ch; color: var(--ink-2); }
.forms { list-style: none; display: flex; flex-wrap: wrap; gap: 6px; }
.forms a { display: block; padding: 3px 10px; border: 1px solid var(--rule); border-radius: 6px; background: var(--back); font-size: 13px; text-decoration: none; }
.forms a:hover { border-color: var(--accent); }
main > ul, main section > ul { padding-left: 20px; }
main > ul > li, main section > ul > li { margin: 3px 0; }
main p + p, main ul + p { margin-top: 8px; }
.scroll { overflow-x: auto; margin-top: 8px; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th, td { text-align: left; vertical-align: top; padding: 7px 14px 7px 0; border-bottom: 1px solid var(--rule); overflow-wrap: normal; }
td { min-width: 8ch; max-width: 46ch; overflow-wrap: break-word; }
td.number { min-width: 0; }
th { font-weight: 600; color: var(--ink-2); font-size: 13px; white-space: nowrap; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
dl { margin-top: 8px; }
dl > div { display: grid; grid-template-columns: minmax(130px, 220px) 1fr; gap: 4px 16px; padding: 6px 0; border-bottom: 1px solid var(--rule); }
dt { color: var(--ink-2); font-size: 14px; }
dd { min-width: 0; }
.pages { list-style: none; display: flex; gap: 16px; margin-top: 16px; padding: 0; }
.note { color: var(--ink-2); font-size: 14px; }
.map { display: block; width: 100%; max-width: 640px; height: auto; margin-top: 16px; background: var(--sea); border: 1px solid var(--rule); border-radius: 6px; }
.map .land { fill: #fbfaf6; stroke: #a9a294; stroke-width: 0.8; stroke-linejoin: round; }
.map .name { fill: #857e70; text-anchor: middle; }
.map .mark { fill: var(--mark); fill-opacity: 0.35; stroke: var(--mark); stroke-width: 1.6; stroke-linejoin: round; stroke-linecap: round; }
.map .line { fill: none; }
.map .point { fill-opacity: 0.8; stroke: #fff; stroke-width: 0.8; }
.map .extent { fill: var(--accent); fill-opacity: 0.08; stroke: var(--accent); stroke-width: 1.6; stroke-dasharray: 5 3; }
.api form { margin: 8px 0 16px; }
.api .field { display: grid; grid-template-columns: minmax(130px, 220px) 1fr; gap: 2px 16px; padding: 6px 0; border-bottom: 1px solid var(--rule); }
.api .field small { display: block; }
.api form p { margin: 12px 0; }
.api form p a { display: inline-block; min-width: 24px; padding: 3px 6px; }
.api details > ul { padding-left: 20px; }
.api section > pre { max-height: 420px; }
.api input, .api select { font: inherit; font-size: 14px; padding: 4px 8px; border: 1px solid #b9b2a4; border-radius: 4px; width: 100%; max-width: 420px; }
.api button { font: inherit; font-size: 14px; padding: 5px 14px; border: 1px solid var(--accent); border-radius: 6px; background: var(--accent); color: #fff; cursor: pointer; }
.api small { color: var(--ink-2); font-size: 13px; }
.api summary { cursor: pointer; padding: 7px 0; border-bottom: 1px solid var(--rule); display: flex; gap: 12px; align-items: baseline; }
.api summary code { min-width: 0; }
.api summary span { color: var(--ink-2); font-size: 14px; margin-left: auto; text-align: right; }
.api details[open] > summary { border-bottom-color: var(--accent); }
.method { flex: none; min-width: 52px; font-size: 12px; font-weight: 600; color: var(--accent); }
@media (max-width: 560px) {
  main { padding: 16px 16px 48px; }
  h1 { font-size: 20px; }
  dl > div, .api .field { grid-template-columns: 1fr; }
  .api summary { flex-wrap: wrap; }
  .api summary span { margin-left: 0; text-align: left; flex-basis: 100%; }
}
@media print {
  header, .forms, .pages { display: none; }
  main { max-width: none; padding: 0; }
  a { color: inherit; text-decoration: none; }
  .scroll { overflow: visible; }
}
`;
