import type { Interval } from "./interval.ts";
import { betaBinomialLogMixture } from "./mixture-boundary.ts";

/** Enough halvings for every digit of a number between 0 and 1. */
const halvings = 60;

/**
 * An interval for a proportion that may be looked at after every row: with a probability of 1 - alpha it holds the
 * truth at all times together, where a Clopper-Pearson interval read daily fails sooner or later. `tunedFor` is the number of rows at
 * which it is to be tightest. S. R. Howard et al., Annals of Statistics 49 (2021) 1055; the
 * numbers are those of confseq's bernoulli_confidence_interval.
 */
export function bernoulliConfidenceSequence(
  successes: number,
  trials: number,
  alpha: number,
  tunedFor: number,
  tunedAlpha: number = alpha,
): Interval {
  if (trials <= 0) return [0, 1];
  const share = successes / trials;
  const bar = Math.log(1 / alpha);
  const excluded = (p: number): boolean => {
    const spread = p * (1 - p);
    const tuning = { variance: spread * tunedFor, alpha: tunedAlpha };
    const evidence = betaBinomialLogMixture(
      successes - p * trials,
      spread * trials,
      { below: p, above: 1 - p },
      tuning,
    );
    return evidence > bar;
  };
  return [edge(0, share, excluded), edge(1, share, excluded)];
}

/** Where, between an end that may be excluded and the share that is not, the excluded part stops. */
function edge(end: number, share: number, excluded: (p: number) => boolean): number {
  const near = end === 0 ? 1e-12 : 1 - 1e-12;
  if (end === 0 ? share <= near : share >= near) return end;
  if (!excluded(near)) return end;
  let out = near;
  let within = share;
  for (let i = 0; i < halvings; i++) {
    const middle = (out + within) / 2;
    if (excluded(middle)) out = middle;
    else within = middle;
  }
  // The end that is excluded: rounding widens the interval.
  return out;
}
