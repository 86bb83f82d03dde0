/** Named as numpy's `quantile` names them. */
export type QuantileMethod = "averaged_inverted_cdf" | "inverted_cdf" | "linear";

/**
 * The q-quantile of values in ascending order, each counting as often as its weight. `inverted_cdf` is the least value
 * with at least q of the weight at or below it; `averaged_inverted_cdf` takes the mean of that and the next one where
 * exactly q is (types 1 and 2 of R. J. Hyndman & Y. Fan, The American Statistician 50 (1996) 361, and what
 * scikit-learn's weighted quantiles are from 1.8 on); `linear` interpolates (type 7), reading weights as counts. NaN
 * without weight.
 */
export function weightedQuantile(
  values: ArrayLike<number>,
  weights: ArrayLike<number>,
  q: number,
  method: QuantileMethod,
): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += weights[i] ?? 0;
  if (!(total > 0)) return Number.NaN;
  if (method === "linear") {
    const position = Math.max(0, (total - 1) * q);
    const low = at(values, weights, Math.floor(position), "above");
    const high = at(values, weights, Math.floor(position) + 1, "above");
    return low + (high - low) * (position - Math.floor(position));
  }
  // Sums of weights carry rounding: what is within it of the wanted share is exactly there.
  const wanted = q * total;
  const slack = 4 * Number.EPSILON * total;
  const low = at(values, weights, Math.max(0, wanted - slack), "reaching");
  if (method === "inverted_cdf") return low;
  const high = at(values, weights, wanted + slack, "above");
  return (low + high) / 2;
}

/** The first value whose cumulated weight is above (or has reached) the wanted one, else the last with any weight. */
function at(
  values: ArrayLike<number>,
  weights: ArrayLike<number>,
  wanted: number,
  how: "above" | "reaching",
): number {
  let sum = 0;
  let last = Number.NaN;
  for (let i = 0; i < values.length; i++) {
    const weight = weights[i] ?? 0;
    if (!(weight > 0)) continue;
    sum += weight;
    last = values[i] ?? Number.NaN;
    if (how === "above" ? sum > wanted : sum >= wanted) return last;
  }
  return last;
}
