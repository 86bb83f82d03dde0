import { type Section, sections, sectionTitles } from "../../claims/claim.ts";
import type { Verdict } from "../../claims/verdict.ts";
import { type State, stateOf, states } from "../state.ts";
import { claimRow } from "./claim-row.ts";
import { icon, stateWords } from "./mark.ts";
import { html, type Markup } from "./markup.ts";
import type { Provenance } from "./provenance.ts";

/** A section of the spec with its lines; one that makes no claim says so instead of being left out. */
export function specSection(section: Section, verdicts: readonly Verdict[], page: Provenance): Markup {
  const title = html`<span class="ordinal">${sections.indexOf(section) + 1}</span> ${sectionTitles[section]}`;
  return html`<section class="spec-section" id="section-${section}" aria-labelledby="title-${section}">
<header><h2 id="title-${section}">${title}</h2>${tally(verdicts)}</header>
${verdicts.length === 0 ? html`<p class="empty">This section makes no claim.</p>` : html`<ol class="claims">${verdicts.map((verdict) => claimRow(verdict, page))}</ol>`}
</section>`;
}

/** How many claims stand how, in words and marks. */
export function tally(verdicts: readonly Verdict[]): Markup | null {
  const counts = countStates(verdicts).filter(({ n }) => n > 0);
  if (counts.length === 0) return null;
  return html`<ul class="tally">${counts.map(({ state, n }) => html`<li class="is-${state}">${icon(state)}${n} ${stateWords[state].toLowerCase()}</li>`)}</ul>`;
}

export function countStates(
  verdicts: readonly Verdict[],
): readonly { readonly state: State; readonly n: number }[] {
  return states.map((state) => ({
    state,
    n: verdicts.filter((verdict) => stateOf(verdict) === state).length,
  }));
}
