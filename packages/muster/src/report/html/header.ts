import type { Verdict } from "../../claims/verdict.ts";
import { formatTaken } from "../format-instant.ts";
import { formatNumber } from "../format-number.ts";
import { inWords, leading } from "../observed.ts";
import type { ReportInput } from "../report-input.ts";
import { sentence } from "../sentence.ts";
import { reasonOf, stateOf } from "../state.ts";
import { shortDigest } from "./digest.ts";
import { icon, stateWords } from "./mark.ts";
import { html, isolated, type Markup } from "./markup.ts";

/** More would bury the reason; the sections below show every one. */
const mostBlocking = 12;

/** What was decided, why, and about what. */
export function pageHeader(input: ReportInput): Markup {
  const { spec, decision, notes } = input;
  const ship = decision.verdict === "ship";
  return html`<header class="top">
<p class="eyebrow">Release report</p>
<h1>${isolated(spec.name)} <span class="version">${isolated(spec.version)}</span></h1>
${spec.statement === undefined ? null : html`<p class="statement">${isolated(spec.statement)}</p>`}
<section class="decision ${ship ? "ship" : "hold"}" aria-labelledby="decision">
<h2 id="decision">${ship ? "Ship" : "Hold"}</h2>
<p class="why">${isolated(sentence(decision.because))}</p>
${blocking(input)}
</section>
${notes.map((note) => html`<p class="note">${isolated(note)}</p>`)}
${facts(input)}
</header>`;
}

function blocking({ decision, verdicts }: ReportInput): Markup | null {
  const onPage = new Set(verdicts.map((verdict) => verdict.claim.id));
  if (decision.blocking.length === 0) return null;
  const shown = decision.blocking.slice(0, mostBlocking);
  const left = decision.blocking.length - shown.length;
  return html`<details class="blocking" open><summary>What stands in the way</summary>
<ul>${shown.map((verdict) => {
    const state = stateOf(verdict);
    return html`<li><span class="state is-${state}">${icon(state)}<span class="hidden">${stateWords[state]}: </span></span><span>${words(verdict, onPage)} <span class="found">${isolated(found(verdict))}</span></span></li>`;
  })}${left > 0 ? html`<li>and ${left} more</li>` : null}</ul></details>`;
}

/** A claim that nobody judged has no row to point at. */
function words({ claim }: Verdict, onPage: ReadonlySet<string>): Markup {
  const says = isolated(claim.says);
  return onPage.has(claim.id) ? html`<a href="#claim-${claim.id}">${says}</a>` : says;
}

/** The number where one broke the claim, else why nobody knows. */
function found(verdict: Verdict): string {
  const observation = leading(verdict);
  if (verdict.outcome.kind !== "broken" || observation === null) return reasonOf(verdict) ?? "";
  const { value, interval } = inWords(observation);
  return `${value} ${interval}`.trim();
}

function facts({ spec, model, takenAt, command, muster }: ReportInput): Markup {
  const owners = Object.entries(spec.owners);
  return html`<dl class="facts">
<div><dt>Spec</dt><dd>${isolated(spec.file)}, ${spec.status}<br>${shortDigest(spec.digest)}</dd></div>
<div><dt>Model</dt><dd>${
    model === null
      ? "none"
      : html`${model.path === undefined ? null : html`${isolated(model.path)}, `}${model.bytes === undefined ? null : html`${formatNumber(model.bytes, { unit: "bytes" })}<br>`}${shortDigest(model.digest)}`
  }</dd></div>
<div><dt>Taken</dt><dd>${formatTaken(takenAt)}<br>Muster ${isolated(muster)}</dd></div>
${owners.length === 0 ? null : html`<div><dt>Owners</dt><dd>${owners.map(([role, address], i) => html`${i === 0 ? null : html`<br>`}${isolated(role)}: ${isolated(address)}`)}</dd></div>`}
<div class="again"><dt>To measure it again</dt><dd><code>${command}</code></dd></div>
</dl>`;
}
