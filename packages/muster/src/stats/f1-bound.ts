import { clopperPearsonBound } from "./clopper-pearson.ts";
import type { Side } from "./interval.ts";
import { wilsonBound } from "./wilson.ts";

/**
 * The bound of an F1. F1 = 2J/(1+J) grows with the Jaccard index J = TP/(TP+FP+FN), and given its denominator J is
 * a proportion, so the bound of that proportion, mapped, is as exact as the proportion's.
 */
export function f1Bound(
  truePositives: number,
  denominator: number,
  confidence: number,
  side: Side,
  of: "clopper-pearson" | "wilson",
): number {
  const bound = of === "wilson" ? wilsonBound : clopperPearsonBound;
  const jaccard = bound(truePositives, denominator, confidence, side);
  return (2 * jaccard) / (1 + jaccard);
}
