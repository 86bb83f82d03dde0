import { delongVariance } from "./delong.ts";
import { type Interval, oneSided } from "./interval.ts";
import { logitBound } from "./logit-bound.ts";
import { normalQuantile } from "./normal.ts";
import { rocAuc, type ScoreCells } from "./roc-auc.ts";

export interface AucWithInterval {
  readonly kind: "value";
  readonly auc: number;
  readonly variance: number;
  readonly interval: Interval;
}

/**
 * The area under the ROC curve with DeLong's two-sided interval, on the area itself (as pROC prints it, cut to [0, 1]) or
 * on its logit. For comparing with other tools; decisions take `aucBound`, as both are too narrow with few positives.
 */
export function delongInterval(
  cells: ScoreCells,
  confidence: number,
  scale: "plain" | "logit",
): AucWithInterval | { readonly kind: "undefined"; readonly because: string } {
  const found = rocAuc(cells);
  if (found.kind === "undefined") return found;
  const auc = found.value;
  const variance = delongVariance(cells, auc);
  if (!(variance >= 0)) return { kind: "undefined", because: "a class has fewer than two rows" };
  const error = Math.sqrt(variance);
  const each = oneSided(confidence);
  if (scale === "logit") {
    if (!(auc > 0 && auc < 1)) return { kind: "undefined", because: "an area of 0 or 1 has no logit" };
    const interval: Interval = [logitBound(auc, error, each, "lower"), logitBound(auc, error, each, "upper")];
    return { kind: "value", auc, variance, interval };
  }
  const spread = normalQuantile(each) * error;
  return { kind: "value", auc, variance, interval: [Math.max(0, auc - spread), Math.min(1, auc + spread)] };
}
