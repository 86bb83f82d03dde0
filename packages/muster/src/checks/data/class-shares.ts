import type { Measurement } from "../../claims/evidence.ts";
import type { Observation } from "../../claims/verdict.ts";
import type { Scalar } from "../../query/scalar.ts";
import type { Check, Finding } from "../check.ts";
import { numberText } from "../number-text.ts";
import { broken, kept, nothingMeasured, together } from "../outcome.ts";
import { shareText } from "./census-share.ts";
import { type ClassesSubject, classReads, measureClasses } from "./class-counts.ts";
import { isOf } from "./label-classes.ts";

export type ClassShares =
  | { readonly kind: "min_share"; readonly minShare: number; readonly classes: readonly Scalar[] }
  | { readonly kind: "max_ratio"; readonly maxRatio: number; readonly classes: readonly Scalar[] }
  | {
      readonly kind: "shares";
      readonly shares: readonly { readonly value: string; readonly share: number }[];
      readonly maxDeviation: number;
    };

/**
 * How even the classes are: the least share of one, the largest for one row of the smallest (the imbalance ratio), or
 * how far shares are from those that were stated. A declared class without a row has the share 0, and no ratio is small
 * enough for it.
 */
export const classShares: Check<ClassesSubject, ClassShares> = {
  id: "data/class-shares",
  revision: 1,
  reads: classReads,
  measure: measureClasses,

  judge(promise, measurements) {
    const seen = measurements.filter((m) => m.facts.missing !== 1);
    const rows = seen.reduce((sum, m) => sum + m.rows, 0);
    if (rows === 0) return nothingMeasured("no row has a label");
    if (promise.kind === "shares") return deviations(promise, seen, rows);
    const absent = promise.classes.filter((value) => !seen.some((m) => isOf(m, value))).map(String);
    const all = [
      ...seen.map((m) => ({ label: m.label, rows: m.rows })),
      ...absent.map((label) => ({ label, rows: 0 })),
    ];
    return promise.kind === "min_share"
      ? leastShare(promise.minShare, all, rows)
      : ratio(promise.maxRatio, all, rows);
  },
};

interface ClassRows {
  readonly label: string;
  readonly rows: number;
}

function leastShare(minShare: number, all: readonly ClassRows[], rows: number): Finding {
  const reasons = new Map<Observation, string>();
  const observations = all.map(({ label, rows: own }): Observation => {
    const value = own / rows;
    const outcome = value >= minShare ? "kept" : "broken";
    const limit = { sense: "at_least", value: minShare } as const;
    const observation: Observation = { label, value, interval: null, rows, outcome, limit, unit: "share" };
    reasons.set(observation, `${label} is ${shareText(value, minShare)} of the labelled rows`);
    return observation;
  });
  return together(observations, reasons);
}

function ratio(maxRatio: number, all: readonly ClassRows[], rows: number): Finding {
  const largest = all.reduce((a, b) => (b.rows > a.rows ? b : a));
  const smallest = all.reduce((a, b) => (b.rows < a.rows ? b : a));
  if (all.length < 2) return { outcome: broken(`only one class occurs, ${largest.label}`), observations: [] };
  if (smallest.rows === 0) return { outcome: broken(`${smallest.label} has no row`), observations: [] };
  const value = largest.rows / smallest.rows;
  const outcome =
    value <= maxRatio
      ? kept
      : broken(`${largest.label} has ${numberText(value, maxRatio)} rows for one of ${smallest.label}`);
  const label = `${largest.label} to ${smallest.label}`;
  const limit = { sense: "at_most", value: maxRatio } as const;
  return { outcome, observations: [{ label, value, interval: null, rows, outcome: outcome.kind, limit }] };
}

function deviations(
  { shares, maxDeviation }: Extract<ClassShares, { kind: "shares" }>,
  seen: readonly Measurement[],
  rows: number,
): Finding {
  const reasons = new Map<Observation, string>();
  // The keys of a YAML map are texts, whatever the column holds.
  const named = (m: Measurement, value: string): boolean =>
    isOf(m, value) || (value.trim() !== "" && Number.isFinite(Number(value)) && isOf(m, Number(value)));
  const stated = shares.map(({ value, share }) => ({
    label: value,
    share,
    rows: seen.filter((m) => named(m, value)).reduce((sum, m) => sum + m.rows, 0),
  }));
  const others = seen.filter((m) => !shares.some(({ value }) => named(m, value)));
  const all = [...stated, ...others.map((m) => ({ label: m.label, share: 0, rows: m.rows }))];
  const observations = all.map(({ label, share, rows: own }): Observation => {
    const value = own / rows;
    // 0.79 - 0.77 is a little more than 0.02 in binary.
    const outcome = Math.abs(value - share) <= maxDeviation + 1e-12 ? "kept" : "broken";
    const observation: Observation = {
      label,
      value,
      interval: null,
      rows,
      outcome,
      unit: "share",
      text: `stated ${(100 * share).toPrecision(4)} %`,
    };
    reasons.set(
      observation,
      `${label} is ${shareText(value, share)} of the labelled rows, stated is ${Number((100 * share).toPrecision(12))} %`,
    );
    return observation;
  });
  return together(observations, reasons);
}
