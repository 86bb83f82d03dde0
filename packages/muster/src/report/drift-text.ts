import type { ColumnDrift } from "../evaluate/drift/drift.ts";
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
import type { Paint } from "./paint.ts";
import { printable } from "./printable.ts";
import { sparkline } from "./sparkline.ts";
import { tableLines } from "./text-table.ts";

/** The comparison as a table, what drifted most first, and below it what moved in each column that drifted. */
export function driftText(input: DriftInput, { paint }: { readonly paint: Paint }): string {
  const { base, current, drift } = input;
  const columns = byOutcome(input);
  const head = ["", "column", "KL", "PSI", "JS", "TV", "KS", "p", "base", "current"];
  const body = columns.map((column) => [
    column.outcome,
    printable(column.column),
    statisticText(column.kl_debiased),
    statisticText(column.psi),
    statisticText(column.js),
    statisticText(column.tv),
    column.ks === null ? "" : statisticText(column.ks),
    pText(column.p_adjusted),
    sparkline(column.bins.slice(0, 16).map((bin) => bin.base)),
    sparkline(column.bins.slice(0, 16).map((bin) => bin.current)),
  ]);
  const [headLine = "", ...lines] = tableLines([head, ...body]);
  const coloured = (line: string, outcome: ColumnDrift["outcome"]): string =>
    outcome === "drifted" ? paint.red(line) : outcome === "undecided" ? paint.yellow(line) : line;
  const shift = shiftInWords(input);
  return [
    `${printable(base)} (${formatCount(drift.rows[0])} rows) and ${printable(current)} (${formatCount(drift.rows[1])} rows): ${countsOfDrift(input)}`,
    "",
    headLine,
    ...lines.map((line, i) => coloured(line, columns[i]?.outcome ?? "steady")),
    "",
    ruleInWords(input),
    ...columns
      .filter(({ outcome }) => outcome === "drifted")
      .map((column) => `${printable(column.column)}: ${movesInWords(column)}.`),
    ...columns
      .filter(({ outcome }) => outcome === "undecided")
      .map(({ column, because }) => `${printable(column)}: ${because}.`),
    ...drift.skipped.map(({ column, because }) => `${printable(column)} was not compared: ${because}.`),
    ...(shift === null ? [] : [shift]),
  ].join("\n");
}
