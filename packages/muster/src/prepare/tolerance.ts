import type { FittedFeature } from "./fitted.ts";

/**
 * How far the two sides of a chain may lie apart, of the larger of 1 and the value: 0, which is bit for bit, but for
 * logarithms. The logarithms of C and of JavaScript are wrong by less than one unit in the last place each (about 2e-16
 * of the value), and what follows subtracts and divides: 1e-12 leaves room for a division by a deviation of 0.001.
 */
export function toleranceOf({ operations }: FittedFeature): number {
  const log = operations.findIndex(({ op }) => op === "log1p");
  if (log < 0) return 0;
  let grown = 1;
  for (const operation of operations.slice(log + 1)) {
    if (operation.op === "standardize") grown *= Math.max(1, 1 / operation.standard_deviation);
    if (operation.op === "min_max") grown *= Math.max(1, 1 / (operation.max - operation.min || 1));
  }
  // A logarithm is at most 710, and so a last place of it at most 1.2e-13.
  return 1e-12 * grown;
}

/** Whether the two sides are equal bit for bit. */
export const exactInBothEngines = (feature: FittedFeature): boolean => toleranceOf(feature) === 0;
