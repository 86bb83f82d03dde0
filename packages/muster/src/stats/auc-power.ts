import { normalQuantile, normalTails } from "./normal.ts";

/** An area under the ROC curve that is to be shown above a threshold. */
export interface AucPlan {
  readonly threshold: number;
  readonly truth: number;
  /** Negatives for each positive. */
  readonly ratio: number;
  /** One-sided. */
  readonly alpha: number;
}

/**
 * The variance of an area times the number of positives, for normal scores of equal spread: N. A. Obuchowski &
 * D. K. McClish, Statistics in Medicine 16 (1997) 1529, as in pROC; 1.414 and 0.0099 are the printed constants.
 */
function variance(area: number, ratio: number): number {
  // biome-ignore lint/suspicious/noApproximativeNumericConstant: the constant as printed
  const a = 1.414 * normalQuantile(area);
  return 0.0099 * Math.exp((-a * a) / 2) * (5 * a * a + 8 + (a * a + 8) / ratio);
}

/** How many positives, and `ratio` times as many negatives, show it with this probability; not rounded. */
export function positivesForAuc(power: number, { threshold, truth, ratio, alpha }: AucPlan): number {
  const bar = normalQuantile(1 - alpha) * Math.sqrt(variance(threshold, ratio));
  return ((bar + normalQuantile(power) * Math.sqrt(variance(truth, ratio))) / (truth - threshold)) ** 2;
}

/** How likely so many positives show it. */
export function powerOfAuc(positives: number, { threshold, truth, ratio, alpha }: AucPlan): number {
  const bar = normalQuantile(1 - alpha) * Math.sqrt(variance(threshold, ratio));
  const distance = Math.sqrt(positives) * (truth - threshold) - bar;
  return normalTails(distance / Math.sqrt(variance(truth, ratio))).lower;
}
