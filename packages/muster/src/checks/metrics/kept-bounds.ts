import type { Side } from "../../stats/interval.ts";
import type { Bound, Facts } from "./metric.ts";

/** The confidences at which bounds are kept that only the rows can give. */
export const keptConfidences: readonly number[] = [
  0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.925, 0.95, 0.96, 0.97, 0.975, 0.98, 0.985, 0.99, 0.995, 0.9975,
  0.999, 0.9995, 0.9999,
];

/**
 * Facts of a bound that no few numbers give at any confidence, as it is one of the rows' own values: its two sides at each
 * of `keptConfidences`. Where one side has none, neither is kept.
 */
export function keptBounds(of: (confidence: number, side: Side) => number | null): Facts {
  const facts: Record<string, number> = { kept_bounds: keptConfidences.length };
  keptConfidences.forEach((confidence, i) => {
    const low = of(confidence, "lower");
    const high = of(confidence, "upper");
    if (low === null || high === null) return;
    facts[`kept_low_${i}`] = low;
    facts[`kept_high_${i}`] = high;
  });
  return facts;
}

/** The bound at the next confidence that was kept, which is wide enough for the one asked for; null where none were. */
export function keptBound(facts: Facts, confidence: number, side: Side): Bound | null {
  if (!Object.hasOwn(facts, "kept_bounds")) return null;
  // What spending of error leaves of 0.95 may be a hair above it.
  const at = keptConfidences.findIndex((one) => one >= confidence - 1e-12);
  if (at < 0) return { kind: "undefined", because: "bounds are known up to a confidence of 99.99 % only" };
  const name = `kept_${side === "lower" ? "low" : "high"}_${at}`;
  const value = Object.hasOwn(facts, name) ? facts[name] : undefined;
  return value === undefined
    ? { kind: "undefined", because: "there are too few rows for a bound of this confidence" }
    : { kind: "value", value };
}
