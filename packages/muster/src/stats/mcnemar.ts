import { binomialTest } from "./binomial-test.ts";
import { normalTwoSided } from "./normal.ts";

/**
 * Whether two classifiers of the same rows err equally often, from the rows on which only the first (`b`) and only
 * the second (`c`) is right (Q. McNemar, Psychometrika 12 (1947) 153). Exact: under equality b is binomial with 1/2. Two-sided; 1
 * where they never differ.
 */
export function mcnemarExact(b: number, c: number): number {
  return b + c === 0 ? 1 : binomialTest(b, b + c, 0.5, "two-sided");
}

/** The same by chi-square with one degree of freedom; `continuity` takes 1 off the difference, as Edwards (1948) did. */
export function mcnemar(
  b: number,
  c: number,
  { continuity }: { readonly continuity: boolean },
): { readonly statistic: number; readonly p: number } {
  if (b + c === 0) return { statistic: 0, p: 1 };
  const apart = Math.max(0, Math.abs(b - c) - (continuity ? 1 : 0));
  const statistic = (apart * apart) / (b + c);
  return { statistic, p: normalTwoSided(Math.sqrt(statistic)) };
}
