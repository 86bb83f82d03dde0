/** Beyond this variance a normal number, rounded and kept within 0..n, stands for a binomial one. */
const manyForNormal = 100;

/** Successes of n trials of probability p; `random` gives uniform numbers in [0, 1). */
export function binomialDraw(n: number, p: number, random: () => number): number {
  if (p > 0.5) return n - binomialDraw(n, 1 - p, random);
  if (!(n > 0) || !(p > 0)) return 0;
  const variance = n * p * (1 - p);
  if (variance > manyForNormal) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.min(n, Math.max(0, Math.round(n * p + Math.sqrt(variance) * normal)));
  }
  // Waiting times between successes are geometric (L. Devroye, Non-Uniform Random Variate Generation, 1986, X.4.3).
  const scale = Math.log1p(-p);
  let trial = 0;
  let successes = -1;
  while (trial <= n) {
    trial += Math.floor(Math.log(1 - random()) / scale) + 1;
    successes++;
  }
  return successes;
}
