import type { ColumnDrift } from "../evaluate/drift/drift.ts";
import { displayWidth, padEnd } from "./display-width.ts";
import type { DriftInput } from "./drift-input.ts";
import { formatCount, formatNumber } from "./format-number.ts";
import type { Paint } from "./paint.ts";
import { printable } from "./printable.ts";
import { sparkline } from "./sparkline.ts";

const order = { drifted: 0, undecided: 1, steady: 2 } as const;

/** The comparison as a table, what drifted most first, and below it what moved in each column that drifted. */
export function driftText(
  { base, current, drift, rule, shift }: DriftInput,
  { paint }: { readonly paint: Paint },
): string {
  const columns = [...drift.columns].sort(
    (a, b) => order[a.outcome] - order[b.outcome] || b.kl_debiased - a.kl_debiased,
  );
  const count = (outcome: keyof typeof order): number =>
    columns.filter((column) => column.outcome === outcome).length;
  const head = ["", "column", "KL", "PSI", "JS", "TV", "KS", "p", "base", "current"];
  const body = columns.map((column) => [
    column.outcome,
    printable(column.column),
    number(column.kl_debiased),
    number(column.psi),
    number(column.js),
    number(column.tv),
    column.ks === null ? "" : number(column.ks),
    pText(column.p_adjusted),
    sparkline(column.bins.slice(0, 16).map((bin) => bin.base)),
    sparkline(column.bins.slice(0, 16).map((bin) => bin.current)),
  ]);
  const widths = head.map((title, c) =>
    Math.max(displayWidth(title), ...body.map((row) => displayWidth(row[c] ?? ""))),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, c) => padEnd(cell, widths[c] ?? 0))
      .join("  ")
      .trimEnd();
  const coloured = (row: readonly string[], outcome: ColumnDrift["outcome"]): string =>
    outcome === "drifted"
      ? paint.red(line(row))
      : outcome === "undecided"
        ? paint.yellow(line(row))
        : line(row);
  const lines = [
    `${printable(base)} (${formatCount(drift.rows[0])} rows) and ${printable(current)} (${formatCount(drift.rows[1])} rows): ` +
      `${count("drifted")} drifted, ${count("undecided")} undecided, ${count("steady")} steady`,
    "",
    line(head),
    ...body.map((row, i) => coloured(row, columns[i]?.outcome ?? "steady")),
    "",
    `KL(current||base) in nats, less its noise; drifted from ${rule.threshold} on with p <= ${rule.alpha} (BH over ${columns.length} columns).`,
    ...columns.filter(({ outcome }) => outcome === "drifted").map(moved),
    ...columns
      .filter(({ outcome }) => outcome === "undecided")
      .map(({ column, because }) => `${printable(column)}: ${because}.`),
    ...drift.skipped.map(({ column, because }) => `${printable(column)} was not compared: ${because}.`),
  ];
  if (shift !== undefined) {
    const points = (value: number): string => formatNumber(value, { unit: "share" });
    lines.push(
      `Prediction ${printable(shift.column)}: ${shift.outcome}, ${points(shift.shift)} of the rows beyond the noise of ` +
        `${points(shift.noise)} (allowed: ${points(shift.threshold)}).`,
    );
  }
  return lines.join("\n");
}

/** The bins whose shares moved most. */
function moved({ column, bins }: ColumnDrift): string {
  const total = (side: "base" | "current"): number => bins.reduce((sum, bin) => sum + bin[side], 0);
  const [m, n] = [total("base"), total("current")];
  const shifts = bins
    .map(({ bin, base, current }) => ({ bin, from: base / m, to: current / n }))
    .sort((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from))
    .slice(0, 3)
    .map(
      ({ bin, from, to }) =>
        `${printable(bin)} ${formatNumber(from, { unit: "share" })} -> ${formatNumber(to, { unit: "share" })}`,
    );
  return `${printable(column)}: ${shifts.join("; ")}.`;
}

const number = (value: number): string => (Number.isNaN(value) ? "-" : value.toFixed(4));
const pText = (p: number): string => (p < 1e-4 ? p.toExponential(0) : p.toFixed(4));
