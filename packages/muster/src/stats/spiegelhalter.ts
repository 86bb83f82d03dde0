import type { ScoredCells } from "./score-curves.ts";
import { known, type Statistic, undefinedBecause } from "./statistic.ts";

/**
 * How far the Brier score lies from what calibrated probabilities would give, in its standard deviations: about standard
 * normal when they are calibrated (D. J. Spiegelhalter, Statistics in Medicine 5 (1986) 421).
 */
export function spiegelhalterZ(cells: ScoredCells): Statistic {
  let over = 0;
  let variance = 0;
  for (let b = 0; b < cells.scores.length; b++) {
    const p = cells.scores[b] ?? 0;
    const positives = cells.positives[b] ?? 0;
    const n = positives + (cells.negatives[b] ?? 0);
    over += (1 - 2 * p) * (positives - n * p);
    variance += n * (1 - 2 * p) ** 2 * p * (1 - p);
  }
  return variance > 0
    ? known(over / Math.sqrt(variance))
    : undefinedBecause("every probability is 0, 0.5 or 1, where it has no spread");
}
