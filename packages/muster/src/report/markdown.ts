import { type Section, sections, sectionTitles } from "../claims/claim.ts";
import type { Verdict } from "../claims/verdict.ts";
import { formatTaken } from "./format-instant.ts";
import { formatCount } from "./format-number.ts";
import { markdownCode, markdownText } from "./markdown-escape.ts";
import { inWords, leading } from "./observed.ts";
import type { ReportInput } from "./report-input.ts";
import { sentence } from "./sentence.ts";
import { awaitsCheck, reasonOf, type State, stateOf, states } from "./state.ts";

const marks: Readonly<Record<State, string>> = {
  kept: "✅",
  broken: "❌",
  undecided: "❔",
  stale: "🔁",
  waived: "🏳️",
};

/**
 * For a comment on a pull request: what decides first, then each section with what is open; kept claims and those
 * that nothing has tested yet are folded, and counted where they are.
 */
export function renderMarkdown(input: ReportInput): string {
  const { spec, decision, verdicts } = input;
  const blocks = [
    `## ${decision.verdict === "ship" ? "✅ SHIP" : "❌ HOLD"}: ${markdownText(`${spec.name} ${spec.version}`)}`,
    markdownText(sentence(decision.because)),
    tally(verdicts),
    ...input.notes.map((note) => `> ${markdownText(note)}`),
    ...sections.flatMap((section) => sectionBlocks(section, verdicts)),
    provenance(input),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function tally(verdicts: readonly Verdict[]): string {
  return states
    .map((state) => ({ state, n: verdicts.filter((verdict) => stateOf(verdict) === state).length }))
    .filter(({ n }) => n > 0)
    .map(({ state, n }) => `${marks[state]} ${formatCount(n)} ${state}`)
    .join(" · ");
}

function sectionBlocks(section: Section, verdicts: readonly Verdict[]): readonly string[] {
  const here = verdicts.filter((verdict) => verdict.claim.section === section);
  if (here.length === 0) return [];
  const waiting = here.filter(awaitsCheck);
  const kept = here.filter((verdict) => stateOf(verdict) === "kept");
  const open = here.filter((verdict) => !waiting.includes(verdict) && !kept.includes(verdict));
  return [
    `### ${sectionTitles[section]}`,
    open.length === 0 ? "" : table(open),
    kept.length === 0 ? "" : folded(`${formatCount(kept.length)} kept`, table(kept)),
    waiting.length === 0
      ? ""
      : folded(`${formatCount(waiting.length)} without evidence yet`, waiting.map(bullet).join("\n")),
  ];
}

function folded(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}

function table(verdicts: readonly Verdict[]): string {
  return ["| | Required | Observed | Interval | Rows |", "|---|---|--:|---|--:|", ...verdicts.map(row)].join(
    "\n",
  );
}

function row(verdict: Verdict): string {
  const observation = leading(verdict);
  const seen = observation === null ? null : inWords(observation);
  const required = [markdownText(verdict.claim.says), ...remarks(verdict)].join("<br>");
  const rows = seen?.rows.replace(/ rows?$/u, "") ?? "";
  const cells = [
    `${marks[stateOf(verdict)]} ${stateOf(verdict)}`,
    required,
    markdownText(seen?.value ?? ""),
    markdownText(seen?.interval ?? ""),
    rows,
  ];
  return `| ${cells.join(" | ")} |`;
}

function remarks(verdict: Verdict): readonly string[] {
  const reason = reasonOf(verdict);
  const { waiver, observations } = verdict;
  const lines = reason === null ? [] : [`<sub>${markdownText(reason)}</sub>`];
  if (stateOf(verdict) === "waived" && waiver !== null) {
    const signed = `waived by ${waiver.by} until ${formatTaken(waiver.expiresAt)}: ${waiver.reason}`;
    lines.push(`<sub>${markdownText(signed)}</sub>`);
  }
  if (observations.length > 1) {
    const more = observations.map((observation) => {
      const { label, value } = inWords(observation);
      return markdownText(`${label} ${value}`);
    });
    const shown = more.slice(0, mostObservations);
    const left = more.length - shown.length;
    lines.push(`<sub>${shown.join(", ")}${left > 0 ? ` and ${left} more` : ""}</sub>`);
  }
  return lines;
}

/** A pull request comment ends at 65 536 characters; the HTML report has them all. */
const mostObservations = 8;

function bullet(verdict: Verdict): string {
  const reason = reasonOf(verdict);
  return `- ${markdownText(verdict.claim.says)}${reason === null ? "" : ` (${markdownText(reason)})`}`;
}

function provenance({ spec, model, takenAt, command, muster }: ReportInput): string {
  const parts = [
    `${markdownCode(spec.file)} ${markdownCode(spec.digest.slice(0, 19))}`,
    model === null ? "no model" : `model ${markdownCode(model.digest.slice(0, 19))}`,
    markdownText(formatTaken(takenAt)),
    `Muster ${markdownText(muster)}`,
  ];
  return `<sub>${parts.join(" · ")} · again: ${markdownCode(command)}</sub>`;
}
