import type { Observation, Verdict } from "../../claims/verdict.ts";
import { formatTaken } from "../format-instant.ts";
import { formatLimit } from "../format-number.ts";
import { inWords } from "../observed.ts";
import { shortDigest } from "./digest.ts";
import { stateWords } from "./mark.ts";
import { html, isolated, lines, type Markup } from "./markup.ts";

/** What a claim's row needs to know of the page around it. */
export interface Provenance {
  readonly sourceLines: readonly string[];
  /** The claim that shows a query first; others that ran the same one point there. */
  readonly queryShownBy: ReadonlyMap<string, Verdict>;
}

/** Statements merged from many claims can be long; the store has them whole. */
const longestQuery = 20_000;
/** Beyond it a table in a table is no help; the JSON report has them all. */
const mostObservations = 200;

/** Where the numbers came from and how to get them again, folded; null when nothing was measured. */
export function provenance(verdict: Verdict, page: Provenance): Markup | null {
  const { claim, evidence, observations } = verdict;
  if (evidence === null && observations.length === 0) return null;
  return html`<details>
<summary>Evidence<span class="hidden"> for ${claim.says}</span></summary>
${observations.length > 1 ? observationTable(observations) : null}
<dl>
<div><dt>Claim</dt><dd><code>${claim.path}</code></dd></div>
${
  evidence === null
    ? null
    : html`<div><dt>Check</dt><dd><code>${evidence.check}</code></dd></div>
<div><dt>Taken</dt><dd>${formatTaken(evidence.takenAt)}</dd></div>
<div><dt>Data</dt><dd>${evidence.dataDigest === null ? "none read" : shortDigest(evidence.dataDigest)}</dd></div>
<div><dt>Model</dt><dd>${evidence.modelDigest === null ? "none asked" : shortDigest(evidence.modelDigest)}</dd></div>`
}
</dl>
${evidence === null ? null : query(verdict, evidence.query, page)}
</details>`;
}

function query({ claim }: Verdict, text: string, { queryShownBy }: Provenance): Markup | null {
  if (text.trim() === "") return null;
  const first = queryShownBy.get(text);
  if (first !== undefined && first.claim.id !== claim.id) {
    return html`<p class="query-elsewhere">Query: the same as for <a href="#claim-${first.claim.id}">${isolated(first.claim.says)}</a></p>`;
  }
  const shown = text.length > longestQuery ? `${text.slice(0, longestQuery)}\n…` : text;
  return html`<p class="query-title">Query, as it ran</p>
<pre tabindex="0"><code>${lines(shown)}</code></pre>`;
}

function observationTable(observations: readonly Observation[]): Markup {
  const shown = observations.slice(0, mostObservations);
  const left = observations.length - shown.length;
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Observations"><table class="observations">
<thead><tr><th scope="col">Of</th><th scope="col" class="number">Observed</th><th scope="col" class="number">Interval</th><th scope="col" class="number">Rows</th><th scope="col">Required</th><th scope="col">Outcome</th></tr></thead>
<tbody>${shown.map(observationRow)}</tbody>
</table></div>${left > 0 ? html`<p>and ${left} more</p>` : null}`;
}

function observationRow(observation: Observation): Markup {
  const { label, value, interval, rows } = inWords(observation);
  const { limit, unit, outcome } = observation;
  const required =
    limit === undefined ? "" : `${limit.sense === "at_least" ? "≥" : "≤"} ${formatLimit(limit.value, unit)}`;
  return html`<tr><th scope="row">${isolated(label)}</th><td class="number">${isolated(value)}</td><td class="number">${interval}</td><td class="number">${rows.replace(/ rows?$/u, "")}</td><td>${required}</td><td class="is-${outcome}">${stateWords[outcome]}</td></tr>`;
}
