import { sections } from "../../claims/claim.ts";
import type { Verdict } from "../../claims/verdict.ts";
import { primaryOf } from "../primary.ts";
import type { ReportInput } from "../report-input.ts";
import { forest } from "./forest.ts";
import { pageHeader } from "./header.ts";
import { html, type Markup } from "./markup.ts";
import type { Provenance } from "./provenance.ts";
import { specSection } from "./section.ts";
import { style } from "./style.ts";
import { summary } from "./summary.ts";
import { wholePage } from "./whole-page.ts";

/** The spec with its evidence as one page that needs nothing else; see `wholePage`. */
export function renderHtml(input: ReportInput): string {
  const { spec, decision, verdicts } = input;
  const page: Provenance = {
    sourceLines: input.source.split(/\r\n|\r|\n/u),
    queryShownBy: firstByQuery(verdicts),
  };
  const verdict = decision.verdict === "ship" ? "Ship" : "Hold";
  const body = html`<a class="skip" href="#spec">Skip to the spec</a>
${pageHeader(input)}
<main>
${summary(verdicts)}
${picture(verdicts)}
<div id="spec">
${sections.map((section) =>
  specSection(
    section,
    verdicts.filter((it) => it.claim.section === section),
    page,
  ),
)}
</div>
</main>
<footer><p>Made by Muster ${input.muster}. Every number can be measured again: unfold the evidence of its line.</p></footer>`;
  return wholePage({ title: `${verdict}: ${spec.name} ${spec.version}`, css: style, body });
}

function picture(verdicts: readonly Verdict[]): Markup | null {
  const primary = primaryOf(verdicts);
  return primary === null ? null : forest(primary);
}

function firstByQuery(verdicts: readonly Verdict[]): ReadonlyMap<string, Verdict> {
  const first = new Map<string, Verdict>();
  for (const verdict of verdicts) {
    const query = verdict.evidence?.query;
    if (query !== undefined && !first.has(query)) first.set(query, verdict);
  }
  return first;
}
