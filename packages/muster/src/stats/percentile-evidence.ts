/**
 * The fewest requests, none of them slower than X, that show with `confidence` that the `quantile` of latency is at
 * most X: if more than 1 - q of all requests were slower, n would all be fast with a probability under q^n (S. S.
 * Wilks, Ann. Math. Statist. 12 (1941) 91, for one order statistic). Both are fractions strictly between 0 and 1.
 */
export function percentileRows(quantile: number, confidence: number): number {
  return Math.ceil(Math.log1p(-confidence) / Math.log(quantile));
}
