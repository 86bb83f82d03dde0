import type { Verdict } from "../../claims/verdict.ts";
import { formatTaken } from "../format-instant.ts";
import { besides, inWords, leading } from "../observed.ts";
import { revealed } from "../printable.ts";
import { reasonOf, stateOf } from "../state.ts";
import { intervalDrawing } from "./interval.ts";
import { icon, stateWords } from "./mark.ts";
import { html, isolated, type Markup } from "./markup.ts";
import { type Provenance, provenance } from "./provenance.ts";

/** A longer line of the spec is cut in the quote; the file has the rest. */
const longestQuote = 240;

/** One line of the spec: verdict, words, where it stands, what was observed and where that came from. */
export function claimRow(verdict: Verdict, page: Provenance): Markup {
  const state = stateOf(verdict);
  return html`<li class="claim" id="claim-${verdict.claim.id}">
<p class="state is-${state}">${icon(state)}${stateWords[state]}</p>
<div class="what">
<h3>${isolated(verdict.claim.says)}</h3>
${remark(verdict)}
${quote(verdict, page)}
${provenance(verdict, page)}
</div>
${seen(verdict)}
</li>`;
}

function remark(verdict: Verdict): Markup | null {
  const reason = reasonOf(verdict);
  if (reason === null) return null;
  const { waiver } = verdict;
  const state = stateOf(verdict);
  const signed =
    state !== "waived" || waiver === null
      ? null
      : html`<p class="because is-waived">Waived by ${isolated(waiver.by)} on ${formatTaken(waiver.signedAt)}, until ${formatTaken(waiver.expiresAt)}: ${isolated(waiver.reason)}</p>`;
  return html`<p class="because is-${state}">${isolated(reason)}</p>${signed}`;
}

function quote({ claim }: Verdict, { sourceLines }: Provenance): Markup {
  const line = sourceLines[claim.at.start.line - 1]?.trim() ?? "";
  const shown = line.length > longestQuote ? `${line.slice(0, longestQuote)}…` : line;
  return html`<p class="quote"><span class="place">${claim.at.file}:${claim.at.start.line}</span>${shown === "" ? null : html` <code><bdi>${revealed(shown)}</bdi></code>`}</p>`;
}

function seen(verdict: Verdict): Markup {
  const observation = leading(verdict);
  if (observation === null) return html`<p class="seen none">Not measured</p>`;
  const { label, value, interval, rows } = inWords(observation);
  const several = verdict.observations.length > 1;
  const small = value.length > 12 ? " long" : "";
  return html`<div class="seen">
<p class="value${small}">${isolated(value)}</p>
<p class="range">${interval === "" ? null : html`<span>${interval}</span> `}${rows === "" ? null : html`<span>${rows}</span>`}</p>
${besides(observation).map((text) => html`<p class="range">${isolated(text)}</p>`)}
${several ? html`<p class="range">${isolated(label)}, one of ${verdict.observations.length}</p>` : null}
${intervalDrawing(observation, stateOf(verdict))}
</div>`;
}
