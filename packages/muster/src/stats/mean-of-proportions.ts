import { clopperPearsonBound } from "./clopper-pearson.ts";
import type { Side } from "./interval.ts";
import type { Proportion } from "./proportion-difference.ts";
import { wilsonBound } from "./wilson.ts";

/**
 * The bound of the plain mean of independent proportions, such as balanced accuracy (the mean of the classes'
 * recalls): the bounds of the parts joined by square-and-add (G. Y. Zou & A. Donner, Statistics in Medicine 27
 * (2008) 1693, "MOVER"). Parts bounded by Clopper-Pearson make it the careful one, by Wilson the closer one.
 */
export function meanOfProportionsBound(
  parts: readonly Proportion[],
  confidence: number,
  side: Side,
  of: "clopper-pearson" | "wilson",
): number {
  const bound = of === "wilson" ? wilsonBound : clopperPearsonBound;
  let mean = 0;
  let squares = 0;
  for (const { successes, trials } of parts) {
    if (trials <= 0) return side === "lower" ? 0 : 1;
    const share = successes / trials;
    mean += share;
    squares += (share - bound(successes, trials, confidence, side)) ** 2;
  }
  const spread = Math.sqrt(squares);
  const joined = (side === "lower" ? mean - spread : mean + spread) / parts.length;
  return Math.min(1, Math.max(0, joined));
}
