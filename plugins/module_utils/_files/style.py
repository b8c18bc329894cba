"""How all reports look, on a screen and on paper."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

STYLE = """\
:root { --ink: #1f2933; --soft: #5f6c7b; --line: #d9dfe5; --ground: #f5f7f9; --good: #23704f; --bad: #a8322d; --wait: #8a5a00; --accent: #33516d; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: var(--ink); font: 14px/1.45 "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", sans-serif; }
main { max-width: 900px; margin: 0 auto; padding: 36px 28px; }
p, h1, h2, dl, ol { margin: 0; overflow-wrap: anywhere; }
header { display: flex; justify-content: space-between; align-items: flex-start; gap: 24px; border-bottom: 2px solid var(--ink); padding-bottom: 16px; }
.kicker { color: var(--soft); font-size: 12px; letter-spacing: .08em; text-transform: uppercase; }
h1 { font-size: 24px; font-weight: 600; line-height: 1.25; margin: 4px 0 6px; overflow-wrap: anywhere; }
.when { color: var(--soft); }
.verdict { flex: none; border: 2px solid; border-radius: 4px; padding: 6px 18px; font-size: 18px; font-weight: 600; }
.passed.verdict, .good { color: var(--good); }
.failed.verdict, .bad { color: var(--bad); }
.no-go.verdict { color: var(--wait); }
.good, .bad { font-weight: 600; }
.conclusion { font-size: 16px; margin: 16px 0; }
.tiles { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 12px; }
.tile { background: var(--ground); border: 1px solid var(--line); border-radius: 4px; padding: 10px 14px; }
.tile .name { color: var(--soft); font-size: 12px; }
.tile .value { font-size: 22px; font-weight: 600; line-height: 1.3; }
.tile .note { color: var(--soft); font-size: 12px; }
section { margin-top: 26px; }
h2 { font-size: 15px; font-weight: 600; margin-bottom: 8px; }
table { width: 100%; border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; }
th { text-align: left; color: var(--soft); font-size: 12px; font-weight: 500; border-bottom: 1px solid var(--soft); padding: 4px 12px 4px 0; }
th { white-space: nowrap; }
td { vertical-align: top; border-bottom: 1px solid var(--line); padding: 6px 12px 6px 0; overflow-wrap: anywhere; }
td:not(:last-child), td.number { white-space: nowrap; max-width: 280px; overflow: hidden; text-overflow: ellipsis; }
td:last-child, th:last-child { padding-right: 0; }
th.number, td.number { text-align: right; }
th.number + th:not(.number), td.number + td:not(.number) { padding-left: 10px; }
td p { white-space: normal; }
td .title { min-width: 160px; }
section > p + table { margin-top: 6px; }
td .soft { color: var(--soft); font-size: 12px; }
td .file { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; font-size: 11.5px; }
ul { margin: 0; padding-left: 18px; }
li { overflow-wrap: anywhere; }
.said { color: var(--ink); }
td p + p, td p + ol { margin-top: 3px; }
td ol { list-style: none; padding: 0; font-size: 12px; color: var(--soft); }
td li { padding-left: 50px; text-indent: -50px; }
td li span { display: inline-block; width: 44px; margin-right: 6px; text-align: right; text-indent: 0; color: var(--ink); }
dl { display: grid; grid-template-columns: 110px 1fr; gap: 4px 14px; font-size: 12.5px; }
dl.facts { grid-template-columns: 190px 1fr; font-size: 13px; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
footer { margin-top: 28px; border-top: 1px solid var(--line); padding-top: 10px; color: var(--soft); font-size: 11px; overflow-wrap: anywhere; }
svg.course { display: block; width: 100%; height: auto; font-size: 11.5px; }
svg .label { fill: var(--ink); }
svg .shared { font-weight: 600; }
svg .name { fill: #fff; }
svg .tick { fill: var(--soft); font-size: 10.5px; }
svg .step { fill: var(--accent); stroke: #fff; stroke-width: 1; }
svg .step.failed { fill: var(--bad); }
svg .step.interrupted { fill: var(--wait); }
svg .primary { fill: var(--soft); }
svg .ground, svg .paper { fill: var(--ground); }
svg .healthy { fill: #6fa98d; }
svg .unhealthy { fill: var(--bad); }
svg .unknown { fill: url(#unknown); }
svg .hatch { fill: #aeb8c2; }
svg .axis { stroke: var(--soft); stroke-width: 1; }
svg .event { stroke: var(--ink); stroke-width: 1; stroke-dasharray: 2 2; opacity: .55; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; color: var(--soft); font-size: 12px; margin-top: 6px; }
.legend span { display: inline-flex; align-items: center; gap: 6px; }
svg.key { width: 22px; height: 12px; }
@media (max-width: 640px) { .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); } td:not(:last-child) { white-space: normal; } }
@page { size: A4; margin: 11mm 12mm; }
@media print {
  body { font-size: 10.5px; line-height: 1.35; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  main { max-width: none; padding: 0; }
  header { padding-bottom: 10px; }
  h1 { font-size: 18px; }
  h2 { font-size: 12px; margin-bottom: 3px; break-after: avoid; }
  section { margin-top: 12px; }
  .conclusion { font-size: 12.5px; margin: 9px 0; }
  .tile { padding: 5px 9px; }
  .tile .value { font-size: 16px; }
  .tile .name, .tile .note, .legend, th, td ol, td .soft { font-size: 9px; }
  td .file { font-size: 8.5px; }
  ul { font-size: 10px; }
  table, dl, dl.facts { font-size: 10px; }
  th, td { padding-top: 2px; padding-bottom: 2px; }
  dl, dl.facts { gap: 2px 12px; }
  tr, .tiles, svg, dt, dd { break-inside: avoid; }
  footer { font-size: 8px; margin-top: 10px; padding-top: 6px; }
}
"""
