import type { Margins } from "./confusion.ts";

/**
 * How a function of the margins of a confusion table changes with each of `of`, one of its three rows of counts, by central
 * differences. A metric of shares has slopes of its own scale in each margin, so steps are relative to the class; a class without a
 * row has none.
 */
export function marginSlopes(
  margins: Margins,
  of: Float64Array,
  metric: (margins: Margins) => number,
): Float64Array {
  return Float64Array.from(of, (at, k) => {
    const step = 1e-4 * Math.max(at, margins.truth[k] ?? 0, margins.predicted[k] ?? 0);
    if (step === 0) return 0;
    of[k] = at + step;
    const above = metric(margins);
    of[k] = at - step;
    const below = metric(margins);
    of[k] = at;
    return (above - below) / (2 * step);
  });
}
