import type { ColumnDrift } from "../evaluate/drift/drift.ts";
import type { DriftInput } from "./drift-input.ts";
import {
  byOutcome,
  countsOfDrift,
  movesInWords,
  outcomes,
  pText,
  ruleInWords,
  sharesOf,
  shiftInWords,
  statisticText,
} from "./drift-words.ts";
import { formatCount, formatNumber } from "./format-number.ts";
import { fixed, icon } from "./html/mark.ts";
import { html, isolated, type Markup } from "./html/markup.ts";
import { colours } from "./html/style-colours.ts";
import { layout } from "./html/style-layout.ts";
import { wholePage } from "./html/whole-page.ts";
import type { State } from "./state.ts";

const style = `${colours}${layout}
h1{font-size:clamp(1.75rem,5vw,2.5rem)}
.column{display:grid;grid-template-columns:7.25rem minmax(0,1fr) 22rem;gap:.35rem 1.75rem;padding:1.25rem 0;border-bottom:1px solid var(--line)}
.column .state{display:flex;align-items:center;gap:.5rem;color:var(--state);font-size:.9375rem;font-weight:600;height:1.5rem}
.column h3{font-size:1rem;font-weight:600;line-height:1.5}
.column .kind{color:var(--soft);font-weight:400;margin-left:.4rem}
.numbers{display:flex;flex-wrap:wrap;gap:.25rem 1.15rem;margin:.4rem 0}
.numbers dt{color:var(--soft);font-size:.8125rem}.numbers dd{font-weight:550}
.plot svg{display:block;width:100%;height:6.5rem;overflow:visible}
.plot .was{fill:var(--line)}.plot .is{fill:var(--state);fill-opacity:.85}
.legend .was{fill:var(--line)}.legend .is{fill:var(--soft)}
.bins th,.bins td{padding:.3rem 1.25rem .3rem 0;border-bottom:1px solid var(--line)}
.bins td.number{padding-left:1rem;padding-right:0}
.plain{color:var(--soft);font-size:.9375rem;padding-top:.6rem}
@media (max-width:60rem){.column{grid-template-columns:minmax(0,1fr)}.plot{max-width:34rem}}
@media print{.column{break-inside:avoid}details{display:none}}
`;

const states: Readonly<Record<ColumnDrift["outcome"], State>> = {
  drifted: "broken",
  undecided: "undecided",
  steady: "kept",
};
const words = { drifted: "Drifted", undecided: "Undecided", steady: "Steady" } as const;

/** The comparison as one page that needs nothing else; see `wholePage`. `version` is Muster's. */
export function driftHtml(input: DriftInput, version: string): string {
  const { base, current, drift } = input;
  const columns = byOutcome(input);
  const shift = shiftInWords(input);
  const counts = countsOfDrift(input);
  const body = html`<header class="top"><p class="eyebrow">Drift</p><h1>${title(columns)}</h1>
<p class="statement">${isolated(base)} (${formatCount(drift.rows[0])} rows) and ${isolated(current)} (${formatCount(drift.rows[1])} rows): ${counts}.</p>
${shift === null ? null : html`<p class="statement">${isolated(shift)}</p>`}
<p class="plain">${ruleInWords(input)}</p>
<ul class="legend"><li><svg class="key" aria-hidden="true"><rect class="was" width="100%" height="100%"/></svg>Base</li><li><svg class="key" aria-hidden="true"><rect class="is" width="100%" height="100%"/></svg>Current</li></ul>
</header>
<main>
${outcomes.map((outcome) =>
  section(
    outcome,
    columns.filter((column) => column.outcome === outcome),
  ),
)}
${skipped(input)}
</main>
<footer><p>Made by Muster ${version}.</p></footer>`;
  return wholePage({ title: `Drift: ${counts}`, css: style, body });
}

function title(columns: readonly ColumnDrift[]): string {
  const drifted = columns.filter(({ outcome }) => outcome === "drifted").length;
  const undecided = columns.filter(({ outcome }) => outcome === "undecided").length;
  const of = `of ${columns.length} ${columns.length === 1 ? "column" : "columns"}`;
  if (drifted > 0) return `${drifted} ${of} drifted`;
  return undecided > 0
    ? `${undecided} ${of} undecided, none drifted`
    : `No drift in ${columns.length} columns`;
}

function section(outcome: ColumnDrift["outcome"], columns: readonly ColumnDrift[]): Markup | null {
  if (columns.length === 0) return null;
  return html`<section class="spec-section"><header><h2>${words[outcome]}</h2><p>${columns.length}</p></header>
${columns.map(row)}
</section>`;
}

function row(column: ColumnDrift): Markup {
  const state = states[column.outcome];
  const numbers = [
    ["KL", statisticText(column.kl_debiased)],
    ["PSI", statisticText(column.psi)],
    ["JS", statisticText(column.js)],
    ["TV", statisticText(column.tv)],
    ["KS", statisticText(column.ks)],
    ["p", pText(column.p_adjusted)],
  ] as const;
  return html`<article class="column is-${state}">
<p class="state">${icon(state)}${words[column.outcome]}</p>
<div><h3>${isolated(column.column)}<span class="kind">${column.kind.replace("_", " ")}</span></h3>
${column.outcome === "undecided" ? html`<p class="because">${isolated(column.because)}</p>` : null}
<p class="plain">Moved most: ${isolated(movesInWords(column).replaceAll(" -> ", "\u00a0\u2192\u00a0"))}</p>
<dl class="numbers">${numbers.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
${table(column)}</div>
<div class="plot">${bars(column)}</div>
</article>`;
}

/** Beside each other the shares of each bin, base and current. */
function bars(column: ColumnDrift): Markup {
  const shares = sharesOf(column);
  const most = Math.max(...shares.flatMap(({ base, current }) => [base, current]), 1e-9);
  const width = 100 / Math.max(1, shares.length);
  const bar = (kind: "was" | "is", share: number, x: number): Markup =>
    html`<rect class="${kind}" x="${fixed(x)}%" y="${fixed(100 * (1 - share / most))}%" width="${fixed(0.42 * width)}%" height="${fixed((100 * share) / most)}%"/>`;
  return html`<svg role="img" aria-label="Shares of ${shares.length} bins in base and current; the numbers stand in the table of bins"><line class="rule" x1="0" x2="100%" y1="100%" y2="100%"/>${shares.map(
    ({ base, current }, i) =>
      html`${bar("was", base, (i + 0.06) * width)}${bar("is", current, (i + 0.5) * width)}`,
  )}</svg>`;
}

function table(column: ColumnDrift): Markup {
  const shares = sharesOf(column);
  const share = (value: number): string => formatNumber(value, { unit: "share" });
  return html`<details><summary>Bins: ${shares.length}</summary><div class="scroll" tabindex="0"><table class="bins"><thead><tr><th scope="col">Bin</th><th scope="col" class="number">Base</th><th scope="col" class="number">Current</th></tr></thead><tbody>${column.bins.map(
    ({ bin, base, current }, i) =>
      html`<tr><th scope="row" title="${bin}">${isolated(shares[i]?.bin ?? bin)}</th><td class="number">${share(shares[i]?.base ?? 0)} (${formatCount(base)})</td><td class="number">${share(shares[i]?.current ?? 0)} (${formatCount(current)})</td></tr>`,
  )}</tbody></table></div></details>`;
}

function skipped({ drift }: DriftInput): Markup | null {
  if (drift.skipped.length === 0) return null;
  return html`<section class="spec-section"><header><h2>Not compared</h2><p>${drift.skipped.length}</p></header>
<ul class="plain">${drift.skipped.map(({ column, because }) => html`<li>${isolated(column)}: ${isolated(because)}</li>`)}</ul></section>`;
}
