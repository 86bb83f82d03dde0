export interface Auc {
  readonly value: number;
  /** Of the estimate, by DeLong, DeLong and Clarke-Pearson (1988). */
  readonly standardError: number;
  /** One-sided 95 % lower bound, normal on the logit scale. */
  readonly lower: number;
  readonly rows: number;
  readonly positives: number;
}

/**
 * Area under the ROC curve with ties counted half, and its DeLong variance from mid-ranks (Sun and Xu, "Fast
 * Implementation of DeLong's Algorithm", 2014). NaN when a class is empty.
 */
export function auc(scores: Float32Array, labels: Uint8Array): Auc {
  const positive = scores.filter((_, i) => labels[i] === 1).sort();
  const negative = scores.filter((_, i) => labels[i] !== 1).sort();
  const m = positive.length;
  const n = negative.length;
  const ofPositives = placements(positive, negative);
  const ofNegatives = placements(negative, positive);
  const value = mean(ofPositives);
  const standardError = Math.sqrt(variance(ofPositives) / m + variance(ofNegatives) / n);
  const logit = Math.log(value / (1 - value)) - (1.6448536269514722 * standardError) / (value * (1 - value));
  return { value, standardError, lower: 1 / (1 + Math.exp(-logit)), rows: m + n, positives: m };
}

/** For each of `ours` the share of `others` below it, ties half. Both ascending. */
function placements(ours: Float32Array, others: Float32Array): Float64Array {
  const shares = new Float64Array(ours.length);
  let below = 0;
  let upTo = 0;
  ours.forEach((score, i) => {
    while (below < others.length && (others[below] ?? 0) < score) below++;
    upTo = Math.max(upTo, below);
    while (upTo < others.length && (others[upTo] ?? 0) <= score) upTo++;
    shares[i] = (below + upTo) / 2 / others.length;
  });
  return shares;
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: Float64Array): number {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
}
