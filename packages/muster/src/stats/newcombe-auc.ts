import type { Side } from "./interval.ts";
import { normalQuantile } from "./normal.ts";

/**
 * The bound of an AUC by R. G. Newcombe, Statistics in Medicine 25 (2006) 559, method 5: the parameter value that
 * the observed AUC would just reject, with the variance taken at that value. Careful where DeLong is rash: a
 * high AUC with few positives; and defined for an AUC of exactly 1.
 */
export function newcombeAucBound(
  auc: number,
  positives: number,
  negatives: number,
  confidence: number,
  side: Side,
): number {
  if (side === "upper") return 1 - newcombeAucBound(1 - auc, negatives, positives, confidence, "lower");
  if (auc <= 0) return 0;
  const z = normalQuantile(confidence);
  let low = 0;
  let high = auc;
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (auc - middle > z * Math.sqrt(variance(middle, positives, negatives))) low = middle;
    else high = middle;
  }
  return low;
}

function variance(theta: number, m: number, n: number): number {
  const more = (m + n) / 2 - 1;
  const inner = 1 + (more * (1 - theta)) / (2 - theta) + (more * theta) / (1 + theta);
  return (theta * (1 - theta) * inner) / (m * n);
}
