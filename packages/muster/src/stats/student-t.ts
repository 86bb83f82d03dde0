import { incompleteBeta, inverseIncompleteBeta, type Tails } from "./incomplete-beta.ts";

/** P(T <= t) and P(T >= t) for Student's t with `df` > 0 degrees of freedom, whole or not. */
export function tTails(t: number, df: number): Tails {
  const x = df / (df + t * t);
  const y = (t * t) / (df + t * t);
  const beyond = incompleteBeta(x, df / 2, 0.5, y);
  const tail = beyond.lower / 2;
  const body = 0.5 + beyond.upper / 2;
  return t < 0 ? { lower: tail, upper: body } : { lower: body, upper: tail };
}

/** The t below which Student's variable falls with this probability. */
export function tQuantile(probability: number, df: number): number {
  if (!(probability > 0)) return Number.NEGATIVE_INFINITY;
  if (!(probability < 1)) return Number.POSITIVE_INFINITY;
  const both = 2 * Math.min(probability, 1 - probability);
  const { x, y } = inverseIncompleteBeta({ lower: both, upper: 1 - both }, df / 2, 0.5);
  const t = Math.sqrt((df * y) / x);
  return probability < 0.5 ? -t : t;
}
