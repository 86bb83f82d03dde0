import { cohenKappa, type KappaWeights } from "./cohen-kappa.ts";
import { marginsOf } from "./confusion.ts";
import { type Interval, oneSided } from "./interval.ts";
import { normalQuantile, normalTwoSided } from "./normal.ts";

export interface KappaTest {
  readonly kind: "value";
  readonly kappa: number;
  readonly standardError: number;
  readonly interval: Interval;
  /** The standard error if the two agreed by chance alone, which the test uses. */
  readonly chanceError: number;
  readonly z: number;
  /** Two-sided. */
  readonly p: number;
}

/**
 * Unweighted kappa with its large-sample interval and the test against chance (J. L. Fleiss, J. Cohen & B. S. Everitt,
 * Psychological Bulletin 72 (1969) 323, equations 13 and 14). `cells[i * classes + j]` counts the rows of class i by
 * the one rater and j by the other.
 */
export function kappaTest(
  cells: Float64Array,
  classes: number,
  confidence: number,
): KappaTest | { readonly kind: "undefined"; readonly because: string } {
  const weights: KappaWeights = "none";
  const { truth, predicted, total } = marginsOf(cells, classes);
  const { kappa, standardError } = cohenKappa(cells, classes, weights, total);
  if (kappa.kind === "undefined") return kappa;
  let expected = 0;
  let both = 0;
  for (let k = 0; k < classes; k++) {
    const p = (truth[k] ?? 0) / total;
    const q = (predicted[k] ?? 0) / total;
    expected += p * q;
    both += p * q * (p + q);
  }
  const chanceError = Math.sqrt((expected + expected * expected - both) / total) / (1 - expected);
  const spread = normalQuantile(oneSided(confidence)) * standardError;
  const z = kappa.value / chanceError;
  return {
    kind: "value",
    kappa: kappa.value,
    standardError,
    interval: [Math.max(-1, kappa.value - spread), Math.min(1, kappa.value + spread)],
    chanceError,
    z,
    p: normalTwoSided(z),
  };
}
