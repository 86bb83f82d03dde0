import { type ClassMetric, classFraction, type Fraction } from "./class-fraction.ts";
import type { Margins } from "./confusion.ts";
import { known, type Statistic, undefinedBecause } from "./statistic.ts";

/** `macro`: every class counts the same; `weighted`: by its rows; `micro`: all classes' counts in one fraction. */
export type Average = "macro" | "weighted" | "micro";

/** What 0/0 is: nothing at all, or the number that somebody decided on. */
export type ZeroDivision = "undefined" | 0 | 1;

/** Numerators and denominators of all classes added up. */
export function pooledFraction(metric: ClassMetric, margins: Margins, classes: readonly number[]): Fraction {
  let numerator = 0;
  let denominator = 0;
  for (const k of classes) {
    const one = classFraction(metric, margins, k);
    numerator += one.numerator;
    denominator += one.denominator;
  }
  return { numerator, denominator };
}

export function fractionValue(fraction: Fraction, zeroDivision: ZeroDivision, of: string): Statistic {
  if (fraction.denominator > 0) return known(fraction.numerator / fraction.denominator);
  return zeroDivision === "undefined" ? undefinedBecause(`it is 0/0 for ${of}`) : known(zeroDivision);
}

/**
 * The mean over the chosen classes of the metric of each. The mean F1 is the mean of the classes' F1, not the F1 of
 * mean precision and recall. One class that is undefined leaves the mean undefined, unless it weighs nothing.
 */
export function classAverage(
  metric: ClassMetric,
  average: Average,
  margins: Margins,
  classes: readonly number[],
  zeroDivision: ZeroDivision,
  name: (k: number) => string,
): Statistic {
  if (classes.length === 0) return undefinedBecause("there are no classes");
  if (average === "micro") {
    return fractionValue(pooledFraction(metric, margins, classes), zeroDivision, "all classes");
  }
  let sum = 0;
  let weights = 0;
  for (const k of classes) {
    const weight = average === "macro" ? 1 : (margins.truth[k] ?? 0);
    if (weight === 0) continue;
    const one = fractionValue(classFraction(metric, margins, k), zeroDivision, name(k));
    if (one.kind === "undefined") return one;
    sum += weight * one.value;
    weights += weight;
  }
  if (weights === 0) return undefinedBecause("no row has one of the classes");
  return known(sum / weights);
}
