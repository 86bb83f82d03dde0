import type { OutputPlan, OutputValue } from "./output-plan.ts";

/**
 * The value, or the end of its range where it lies beyond that end by no more than one step of FP32 (the distance from the larger
 * end in magnitude to its neighbour, 1.2e-7 for [0, 1]).
 *
 * A sum of single-precision shares that is 1 on paper comes out as 1.0000001, its complement as -1.2e-7, and an end like 0.1 is
 * itself 0.10000000149 as FP32: that is the datatype's doing, and no broken promise. More than one step is. Other datatypes
 * have no such tolerance: FP64 is finer than any range that people write, whole numbers are exact.
 */
export function rounded(plan: OutputPlan, value: OutputValue): OutputValue {
  const { range } = plan;
  if (range === null || plan.tensor.datatype !== "FP32") return value;
  if (typeof value === "number") return toEnd(range, value);
  if (typeof value !== "object") return value;
  return value.some((element) => toEnd(range, element) !== element)
    ? value.map((element) => toEnd(range, element))
    : value;
}

function toEnd([low, high]: readonly [low: number, high: number], value: number): number {
  if (value > high) return value - high <= step(low, high) ? high : value;
  return value < low && low - value <= step(low, high) ? low : value;
}

/** IEEE 754 binary32 has 23 bits behind the point; below 2^-126 its steps no longer shrink. */
function step(low: number, high: number): number {
  const larger = Math.max(Math.abs(low), Math.abs(high));
  if (!Number.isFinite(larger)) return 0;
  const exponent = larger === 0 ? -126 : Math.max(-126, Math.floor(Math.log2(larger)));
  return 2 ** (exponent - 23);
}
