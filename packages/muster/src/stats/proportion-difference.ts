import type { Interval } from "./interval.ts";
import { wilson } from "./wilson.ts";

export interface Proportion {
  readonly successes: number;
  readonly trials: number;
}

/**
 * The interval of `a - b` for two independent proportions: Wilson's intervals joined by square-and-add
 * (R. G. Newcombe, Statistics in Medicine 17 (1998) 873, method 10).
 */
export function proportionDifference(a: Proportion, b: Proportion, confidence: number): Interval {
  if (a.trials <= 0 || b.trials <= 0) return [-1, 1];
  const first = a.successes / a.trials;
  const second = b.successes / b.trials;
  const [lowA, highA] = wilson(a.successes, a.trials, confidence);
  const [lowB, highB] = wilson(b.successes, b.trials, confidence);
  const difference = first - second;
  return [
    difference - Math.hypot(first - lowA, highB - second),
    difference + Math.hypot(highA - first, second - lowB),
  ];
}
