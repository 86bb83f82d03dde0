import { BINS, type Histogram } from "./histogram.ts";

export interface SplitRules {
  /** L2 penalty on leaf values, in units of hessian. */
  readonly lambda: number;
  /** Least hessian on either side, so that no leaf rests on a few rows. */
  readonly minHessian: number;
}

export interface Split {
  readonly feature: number;
  /** Rows whose bin is <= this one go left. */
  readonly bin: number;
  readonly gain: number;
}

/**
 * The split that lowers the second-order loss most: (GL^2/(HL+l) + GR^2/(HR+l) - G^2/(H+l)) / 2, equation 7 of Chen and
 * Guestrin, "XGBoost" (2016). Undefined if none gains. Of equal gains the first feature and bin win.
 */
export function bestSplit(
  histogram: Histogram,
  edgeCounts: readonly number[],
  rules: SplitRules,
): Split | undefined {
  let best: Split | undefined;
  edgeCounts.forEach((edges, feature) => {
    const offset = feature * BINS;
    let allG = 0;
    let allH = 0;
    for (let bin = 0; bin <= edges; bin++) {
      allG += histogram.gradient[offset + bin] ?? 0;
      allH += histogram.hessian[offset + bin] ?? 0;
    }
    const whole = (allG * allG) / (allH + rules.lambda);
    let leftG = 0;
    let leftH = 0;
    for (let bin = 0; bin < edges; bin++) {
      leftG += histogram.gradient[offset + bin] ?? 0;
      leftH += histogram.hessian[offset + bin] ?? 0;
      const rightG = allG - leftG;
      const rightH = allH - leftH;
      if (leftH < rules.minHessian || rightH < rules.minHessian) continue;
      const gain =
        ((leftG * leftG) / (leftH + rules.lambda) + (rightG * rightG) / (rightH + rules.lambda) - whole) / 2;
      if (gain > (best?.gain ?? 0)) best = { feature, bin, gain };
    }
  });
  return best;
}
