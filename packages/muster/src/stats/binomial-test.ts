import { binomialUpper } from "./binomial-power.ts";
import { logBinomialMass } from "./saddle-point.ts";

export type Alternative = "greater" | "less" | "two-sided";

/** Masses this much above the one seen still count as equal to it, as in R: they differ by rounding alone. */
const tie = 1 + 1e-7;

/**
 * The exact p-value of a proportion of `probability`. Two-sided it adds up all counts that are no likelier than the
 * one seen, as R's binom.test does. Throws RangeError for counts that are no counts.
 */
export function binomialTest(
  successes: number,
  trials: number,
  probability: number,
  alternative: Alternative,
): number {
  if (!(Number.isInteger(successes) && Number.isInteger(trials) && successes >= 0 && successes <= trials))
    throw new RangeError("successes and trials are whole numbers, 0 <= successes <= trials");
  const atLeast = (count: number): number => binomialUpper(trials, count, probability);
  const atMost = (count: number): number => binomialUpper(trials, trials - count, 1 - probability);
  if (alternative === "greater") return atLeast(successes);
  if (alternative === "less") return atMost(successes);
  if (probability <= 0) return successes === 0 ? 1 : 0;
  if (probability >= 1) return successes === trials ? 1 : 0;
  const mass = (count: number): number => binomialMass(trials, count, probability);
  const most = mass(successes) * tie;
  const mean = trials * probability;
  if (successes === mean) return 1;
  // Masses fall from the mean to either side, so the far tail begins where they have fallen as deep.
  const below = successes < mean;
  let low = below ? Math.ceil(mean) : -1;
  let high = below ? trials + 1 : Math.floor(mean);
  while (low < high) {
    const middle = below ? Math.floor((low + high) / 2) : Math.ceil((low + high) / 2);
    const within = mass(middle) <= most;
    if (below) {
      if (within) high = middle;
      else low = middle + 1;
    } else if (within) low = middle;
    else high = middle - 1;
  }
  const far = below ? (low > trials ? 0 : atLeast(low)) : low < 0 ? 0 : atMost(low);
  return Math.min(1, (below ? atMost(successes) : atLeast(successes)) + far);
}

function binomialMass(trials: number, count: number, probability: number): number {
  if (count < 0 || count > trials) return 0;
  if (count === 0) return Math.exp(trials * Math.log1p(-probability));
  if (count === trials) return Math.exp(trials * Math.log(probability));
  return Math.exp(logBinomialMass(count, trials - count, probability, 1 - probability));
}
