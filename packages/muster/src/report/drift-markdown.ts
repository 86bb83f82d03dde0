import type { DriftInput } from "./drift-input.ts";
import {
  byOutcome,
  countsOfDrift,
  movesInWords,
  pText,
  ruleInWords,
  shiftInWords,
  statisticText,
} from "./drift-words.ts";
import { formatCount } from "./format-number.ts";
import { markdownCode, markdownText } from "./markdown-escape.ts";

/** A comment on a pull request may have 65,536 characters; a reader stops long before. */
const mostRows = 100;

/** The comparison as a comment on a pull request: what drifted and what is undecided; what is steady is folded. */
export function driftMarkdown(input: DriftInput): string {
  const { base, current, drift } = input;
  const columns = byOutcome(input);
  const open = columns.filter(({ outcome }) => outcome !== "steady");
  const steady = columns.filter(({ outcome }) => outcome === "steady");
  const table = (rows: typeof columns, last: string): string =>
    [
      `| | column | KL | PSI | JS | KS | p | ${last} |`,
      "|---|---|---:|---:|---:|---:|---:|---|",
      ...rows
        .slice(0, mostRows)
        .map((column) =>
          [
            "",
            column.outcome,
            markdownCode(column.column),
            statisticText(column.kl_debiased),
            statisticText(column.psi),
            statisticText(column.js),
            statisticText(column.ks),
            markdownText(pText(column.p_adjusted)),
            markdownText(column.outcome === "undecided" ? column.because : movesInWords(column)),
            "",
          ]
            .join(" | ")
            .trim(),
        ),
      ...(rows.length > mostRows ? ["", `And ${rows.length - mostRows} more.`] : []),
    ].join("\n");
  const shift = shiftInWords(input);
  const parts = [
    `### Drift: ${countsOfDrift(input)}`,
    `${markdownCode(base)} (${formatCount(drift.rows[0])} rows) and ${markdownCode(current)} (${formatCount(drift.rows[1])} rows).`,
    ...(open.length === 0 ? [] : [table(open, "moved most, or why it is undecided")]),
    ...(shift === null ? [] : [markdownText(shift)]),
    ...(drift.skipped.length === 0
      ? []
      : [
          drift.skipped
            .slice(0, mostRows)
            .map(
              ({ column, because }) => `- ${markdownCode(column)} was not compared: ${markdownText(because)}`,
            )
            .join("\n"),
        ]),
    ...(steady.length === 0
      ? []
      : [
          `<details><summary>${steady.length} steady</summary>\n\n${table(steady, "moved most")}\n\n</details>`,
        ]),
    markdownText(ruleInWords(input)),
  ];
  return `${parts.join("\n\n")}\n`;
}
