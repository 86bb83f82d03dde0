import type { Side } from "./interval.ts";
import { normalQuantile, normalTails } from "./normal.ts";

/** The normal scores at which quantiles are kept: from -4 to 4 by fifths. */
export const keptScores: readonly number[] = Array.from({ length: 41 }, (_, i) => (i - 20) / 5);

/** A bootstrap boiled down to what its bound at any confidence needs. */
export interface Bootstrap {
  /** The replicates' quantile at each of `keptScores`. */
  readonly quantiles: readonly number[];
  /** The normal score of the share of replicates below the estimate: how far off their middle is. */
  readonly bias: number;
  /** How fast the standard error changes with the estimate, from the jackknife. */
  readonly acceleration: number;
}

/** Boils replicates down; `leftOut` are the estimates with one part of the data left out each. Both without NaN. */
export function bootstrapOf(estimate: number, replicates: Float64Array, leftOut: Float64Array): Bootstrap {
  const sorted = replicates.slice().sort();
  const below = sorted.filter((value) => value < estimate).length;
  const equal = sorted.filter((value) => value === estimate).length;
  const share = (below + equal / 2) / sorted.length;
  const least = 0.5 / sorted.length;
  return {
    quantiles: keptScores.map((score) => quantile(sorted, normalTails(score).lower)),
    bias: normalQuantile(Math.min(1 - least, Math.max(least, share))),
    acceleration: accelerationOf(leftOut),
  };
}

/** As numpy's default: linear between neighbours. */
function quantile(sorted: Float64Array, probability: number): number {
  const at = probability * (sorted.length - 1);
  const low = Math.floor(at);
  const [a, b] = [sorted[low] ?? Number.NaN, sorted[Math.min(low + 1, sorted.length - 1)] ?? Number.NaN];
  return a + (at - low) * (b - a);
}

function accelerationOf(leftOut: Float64Array): number {
  const mean = leftOut.reduce((sum, value) => sum + value, 0) / leftOut.length;
  let squares = 0;
  let cubes = 0;
  for (const value of leftOut) {
    squares += (mean - value) ** 2;
    cubes += (mean - value) ** 3;
  }
  return squares > 0 ? cubes / (6 * squares ** 1.5) : 0;
}

/**
 * The one-sided bound by B. Efron's bias-corrected and accelerated percentiles (JASA 82 (1987) 171, equation 2.3): percentiles
 * of the replicates, moved by how skewed the estimate is.
 */
export function bcaBound(kept: Bootstrap, confidence: number, side: Side): number {
  const z = normalQuantile(side === "lower" ? 1 - confidence : confidence);
  const moved = kept.bias + z;
  const score = kept.bias + moved / Math.max(0.1, 1 - kept.acceleration * moved);
  const at = Math.min(keptScores.length - 1, Math.max(0, (score + 4) * 5));
  const low = Math.floor(at);
  const [a, b] = [
    kept.quantiles[low] ?? Number.NaN,
    kept.quantiles[low + 1] ?? kept.quantiles[low] ?? Number.NaN,
  ];
  return a + (at - low) * (b - a);
}
