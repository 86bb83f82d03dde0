import type { ColumnDrift } from "../evaluate/drift/drift.ts";
import type { DriftInput } from "./drift-input.ts";
import { formatNumber } from "./format-number.ts";
import { printable } from "./printable.ts";

export const outcomes = ["drifted", "undecided", "steady"] as const;

/** What drifted most first, then what is undecided, then the rest. */
export function byOutcome({ drift }: DriftInput): readonly ColumnDrift[] {
  return [...drift.columns].sort(
    (a, b) => outcomes.indexOf(a.outcome) - outcomes.indexOf(b.outcome) || b.kl_debiased - a.kl_debiased,
  );
}

/** `1 drifted, 0 undecided, 3 steady`. */
export function countsOfDrift({ drift }: DriftInput): string {
  const count = (outcome: string): number =>
    drift.columns.filter((column) => column.outcome === outcome).length;
  return outcomes.map((outcome) => `${count(outcome)} ${outcome}`).join(", ");
}

/** By which rule the columns were judged. */
export function ruleInWords({ rule, drift }: DriftInput): string {
  return (
    `KL(current||base) in nats, less its noise; drifted from ${rule.threshold} on with p <= ${rule.alpha} ` +
    `(BH over ${drift.columns.length} columns).`
  );
}

/** How far the predictions have moved; null where nobody asked. */
export function shiftInWords({ shift }: DriftInput): string | null {
  if (shift === undefined) return null;
  const points = (value: number): string => formatNumber(value, { unit: "share" });
  return (
    `Prediction ${printable(shift.column)}: ${shift.outcome}, ${points(shift.shift)} of the rows beyond the noise of ` +
    `${points(shift.noise)} (allowed: ${points(shift.threshold)}).`
  );
}

/** A bin with its shares of both sides. */
export interface BinShares {
  readonly bin: string;
  readonly base: number;
  readonly current: number;
}

/** The shares of both sides in every bin. Edges have six digits here; the JSON has them all. */
export function sharesOf({ bins, kind }: ColumnDrift): readonly BinShares[] {
  const total = (side: "base" | "current"): number => bins.reduce((sum, bin) => sum + bin[side], 0);
  const [m, n] = [Math.max(1, total("base")), Math.max(1, total("current"))];
  const name = (bin: string): string => (kind === "category" ? bin : bin.replace(longNumber, sixDigits));
  return bins.map(({ bin, base, current }) => ({ bin: name(bin), base: base / m, current: current / n }));
}

const longNumber = /\d+\.\d{5,40}(?:e[+-]\d{1,3})?/gu;
const sixDigits = (text: string): string => String(Number(Number(text).toPrecision(6)));

/** The three bins whose shares moved most: `[10, 20): 10.1% -> 14.2%; ..`. */
export function movesInWords(column: ColumnDrift): string {
  const share = (value: number): string => formatNumber(value, { unit: "share" });
  return [...sharesOf(column)]
    .sort((a, b) => Math.abs(b.current - b.base) - Math.abs(a.current - a.base))
    .slice(0, 3)
    .map(({ bin, base, current }) => `${printable(bin)}: ${share(base)} -> ${share(current)}`)
    .join("; ");
}

/** Four decimals, and no minus before nothing; `-` for what is undefined. */
export function statisticText(value: number | null): string {
  return value === null || Number.isNaN(value) ? "-" : value.toFixed(4).replace(/^-(?=0\.0*$)/u, "");
}

export function pText(p: number): string {
  if (p === 0) return "<1e-300";
  return p < 1e-4 ? p.toExponential(0) : p.toFixed(4);
}
