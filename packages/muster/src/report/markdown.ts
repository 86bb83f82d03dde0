import { type Section, sections, sectionTitles } from "../claims/claim.ts";
import type { Verdict } from "../claims/verdict.ts";
import { formatTaken } from "./format-instant.ts";
import { formatCount } from "./format-number.ts";
import { markdownCode, markdownText } from "./markdown-escape.ts";
import { besides, inWords, leading } from "./observed.ts";
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

/** What GitHub takes as one comment is 65 536 characters; some are left for a workflow's own words. */
const longest = 60_000;

/** How much is listed instead of only counted. */
interface Detail {
  readonly kept: boolean;
  readonly waiting: boolean;
  /** Rows of what is open, a section. */
  readonly open: number;
}

const details: readonly Detail[] = [
  { kept: true, waiting: true, open: Number.POSITIVE_INFINITY },
  { kept: false, waiting: true, open: Number.POSITIVE_INFINITY },
  { kept: false, waiting: false, open: Number.POSITIVE_INFINITY },
  { kept: false, waiting: false, open: 20 },
];

/**
 * For a comment on a pull request: what decides first, then each section with what is open; kept claims and those
 * that nothing has tested yet are folded. Where that is too long for a comment, first the kept ones, then the
 * untested ones, then open ones beyond twenty a section are counted instead of listed.
 */
export function renderMarkdown(input: ReportInput): string {
  let text = "";
  for (const detail of details) {
    text = withDetail(input, detail);
    if (text.length <= longest) break;
  }
  return text;
}

function withDetail(input: ReportInput, detail: Detail): string {
  const { spec, decision, verdicts } = input;
  const blocks = [
    `## ${decision.verdict === "ship" ? "✅ SHIP" : "❌ HOLD"}: ${markdownText(`${spec.name} ${spec.version}`)}`,
    markdownText(sentence(decision.because)),
    tally(verdicts),
    ...input.notes.map((note) => `> ${markdownText(note)}`),
    ...sections.flatMap((section) => sectionBlocks(section, verdicts, detail)),
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

function sectionBlocks(section: Section, verdicts: readonly Verdict[], detail: Detail): readonly string[] {
  const here = verdicts.filter((verdict) => verdict.claim.section === section);
  if (here.length === 0) return [];
  const waiting = here.filter(awaitsCheck);
  const kept = here.filter((verdict) => stateOf(verdict) === "kept");
  const open = here.filter((verdict) => !waiting.includes(verdict) && !kept.includes(verdict));
  const keptTitle = `${formatCount(kept.length)} kept`;
  const waitingTitle = `${formatCount(waiting.length)} without evidence yet`;
  return [
    `### ${sectionTitles[section]}`,
    open.length === 0 ? "" : table(open.slice(0, detail.open)),
    open.length <= detail.open ? "" : `and ${formatCount(open.length - detail.open)} more that are not kept`,
    kept.length === 0 ? "" : detail.kept ? folded(keptTitle, table(kept)) : keptTitle,
    waiting.length === 0
      ? ""
      : detail.waiting
        ? folded(waitingTitle, waiting.map(bullet).join("\n"))
        : waitingTitle,
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
  const observation = leading(verdict);
  for (const text of observation === null ? [] : besides(observation))
    lines.push(`<sub>${markdownText(text)}</sub>`);
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
