import { binomialDraw } from "./binomial-draw.ts";
import { type BinStrategy, reliabilityBins } from "./calibration-curve.ts";
import { calibrationError } from "./calibration-error.ts";
import type { ScoredCells } from "./score-curves.ts";
import { undefinedBecause } from "./statistic.ts";
import { uniforms } from "./uniforms.ts";

export interface CalibrationNoise {
  readonly kind: "value";
  /** The calibration error as seen. */
  readonly error: number;
  /** What perfectly calibrated scores would show in the mean, by chance alone. */
  readonly floor: number;
  /** The chance that perfectly calibrated scores show as much. */
  readonly p: number;
}

/**
 * The calibration error against what it would be if every score were right: the labels are drawn anew with the scores as
 * their probabilities, bin by bin (parametric bootstrap; J. Bröcker & L. A. Smith, Weather and Forecasting 22 (2007) 651;
 * J. Vaicenavicius et al., AISTATS 2019). Cells hold counts, not weights. The same seed gives the same numbers.
 */
export function calibrationNoise(
  cells: ScoredCells,
  bins: { readonly count: number; readonly strategy: BinStrategy; readonly norm: "l1" | "l2" | "max" },
  replicates: number,
  seed: number,
): CalibrationNoise | { readonly kind: "undefined"; readonly because: string } {
  const found = reliabilityBins(cells, bins.count, bins.strategy);
  const seen = calibrationError(found, bins.norm);
  if (seen.kind === "undefined") return seen;
  // Given its mean score, a bin's sum of independent labels is at most as spread as a binomial of that mean.
  const random = uniforms(seed);
  let sum = 0;
  let asFar = 0;
  for (let r = 0; r < replicates; r++) {
    const drawn = found.map(({ rows, scores }) => ({
      rows,
      scores,
      right: binomialDraw(rows, Math.min(1, Math.max(0, scores / rows)), random),
    }));
    const error = calibrationError(drawn, bins.norm);
    if (error.kind === "undefined")
      return undefinedBecause(error.because) as { kind: "undefined"; because: string };
    sum += error.value;
    if (error.value >= seen.value) asFar++;
  }
  return { kind: "value", error: seen.value, floor: sum / replicates, p: (asFar + 1) / (replicates + 1) };
}
