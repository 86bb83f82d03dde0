import { type Section, sections, sectionTitles } from "../../claims/claim.ts";
import type { Verdict } from "../../claims/verdict.ts";
import { type State, states } from "../state.ts";
import { fixed, icon, stateWords } from "./mark.ts";
import { html, type Markup } from "./markup.ts";
import { countStates } from "./section.ts";

/** The whole spec at a glance: a row a section, with its counts and their shares as a strip. */
export function summary(verdicts: readonly Verdict[]): Markup {
  const shown = states.filter((state) => state !== "stale" || hasAny(verdicts, state));
  return html`<section class="summary" aria-labelledby="summary-title">
<h2 id="summary-title">The spec at a glance</h2>
<table>
<thead><tr><th scope="col">Section</th><th scope="col" class="strip-head"><span class="hidden">Shares</span></th>${shown.map((state) => html`<th scope="col" class="number"><span class="head">${icon(state)}<span class="word">${stateWords[state]}</span></span></th>`)}</tr></thead>
<tbody>${sections.map((section) => row(section, verdicts, shown))}</tbody>
<tfoot><tr><th scope="row">All</th><td class="strip"></td>${counts(verdicts, shown)}</tr></tfoot>
</table>
</section>`;
}

function row(section: Section, all: readonly Verdict[], shown: readonly State[]): Markup {
  const verdicts = all.filter((verdict) => verdict.claim.section === section);
  return html`<tr><th scope="row"><a href="#section-${section}">${sectionTitles[section]}</a></th><td class="strip">${strip(verdicts)}</td>${counts(verdicts, shown)}</tr>`;
}

function counts(verdicts: readonly Verdict[], shown: readonly State[]): readonly Markup[] {
  return countStates(verdicts)
    .filter(({ state }) => shown.includes(state))
    .map(({ state, n }) => html`<td class="number${n === 0 ? " zero" : ` is-${state}`}">${n}</td>`);
}

/** Shares of the states, the most urgent first; the numbers beside it say the same. */
function strip(verdicts: readonly Verdict[]): Markup | null {
  if (verdicts.length === 0) return null;
  let x = 0;
  return html`<svg aria-hidden="true">${countStates(verdicts)
    .filter(({ n }) => n > 0)
    .map(({ state, n }) => {
      const width = (n / verdicts.length) * 100;
      const bar = html`<rect class="bar is-${state}" x="${fixed(x)}%" width="${fixed(width)}%" height="100%"/>`;
      x += width;
      return bar;
    })}</svg>`;
}

const hasAny = (verdicts: readonly Verdict[], state: State): boolean =>
  countStates(verdicts).some((counted) => counted.state === state && counted.n > 0);
