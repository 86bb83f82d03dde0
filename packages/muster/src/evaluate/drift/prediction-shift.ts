import { totalVariationDistance, totalVariationNoise } from "../../stats/total-variation-distance.ts";
import type { ColumnDrift } from "./drift.ts";

/** How far the distribution of what a model answers has moved, in shares of the rows. */
export interface PredictionShift {
  readonly column: string;
  /** The total variation distance: the share of rows that would have to change their bin. */
  readonly tv: number;
  /** What it comes to by chance on average. */
  readonly noise: number;
  /** What is left of it; not below 0. */
  readonly shift: number;
  readonly threshold: number;
  readonly p_value: number;
  readonly outcome: "shifted" | "steady" | "undecided";
}

/** The usual promise: at most 5 percentage points. */
export const usualShift = 0.05;

/**
 * The shift of a column of predictions between base and current rows. Shifted when the distance less its noise passes
 * the threshold and the difference is significant; steady when distance and noise together stay below it.
 */
export function predictionShift(
  { column, bins, rows, p_value, tv }: ColumnDrift,
  { threshold = usualShift, alpha }: { readonly threshold?: number; readonly alpha: number },
): PredictionShift {
  const [m, n] = rows;
  const pooled = bins.map(({ base, current }) => base + current);
  const noise = totalVariationNoise(pooled, n, m);
  const plain = Number.isNaN(tv)
    ? totalVariationDistance(
        bins.map((bin) => bin.current),
        bins.map((bin) => bin.base),
      )
    : tv;
  const shift = Math.max(0, plain - noise);
  const head = { column, tv: plain, noise, shift, threshold, p_value };
  if (Number.isNaN(shift)) return { ...head, outcome: "undecided" };
  if (shift > threshold && p_value <= alpha) return { ...head, outcome: "shifted" };
  return { ...head, outcome: plain + noise < threshold ? "steady" : "undecided" };
}
