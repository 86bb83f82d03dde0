import { chiSquaredUpper } from "./incomplete-gamma.ts";

export interface ChiSquare {
  readonly statistic: number;
  readonly df: number;
  readonly p: number;
}

/**
 * Pearson's test of goodness of fit, sum (observed - expected)^2 / expected with one degree of freedom less than cells
 * (K. Pearson, Phil. Mag. 50 (1900) 157). `expected` are counts of the same sum; alike for all cells when left out.
 * A cell that is expected empty and is not gives an infinite statistic and p 0.
 */
export function chiSquareFit(observed: ArrayLike<number>, expected?: ArrayLike<number>): ChiSquare {
  return tested(Array.from(observed), expectedCounts(observed, expected), pearson, observed.length - 1);
}

/** The likelihood-ratio test of goodness of fit, G = 2 sum observed ln(observed / expected) (S. S. Wilks, 1938). */
export function gTestFit(observed: ArrayLike<number>, expected?: ArrayLike<number>): ChiSquare {
  return tested(Array.from(observed), expectedCounts(observed, expected), likelihood, observed.length - 1);
}

/**
 * Whether rows of counts come from one distribution: Pearson's test of homogeneity. With `correction` a table of one
 * degree of freedom is corrected for continuity as by F. Yates (1934), by 0.5 or less. Columns and rows without a count
 * are left out; with less than two of either there is nothing to compare: df 0, p 1.
 */
export function chiSquareContingency(
  table: readonly ArrayLike<number>[],
  { correction = false, likelihoodRatio = false }: { correction?: boolean; likelihoodRatio?: boolean } = {},
): ChiSquare {
  const { rows, expected, df } = independence(table);
  const observed = rows.flat();
  const corrected =
    correction && df === 1 ? observed.map((count, i) => towards(count, expected[i] ?? 0)) : observed;
  return tested(corrected, expected, likelihoodRatio ? likelihood : pearson, df);
}

/** Counts without empty rows and columns, and what independence expects of each. */
function independence(table: readonly ArrayLike<number>[]): {
  readonly rows: readonly (readonly number[])[];
  readonly expected: readonly number[];
  readonly df: number;
} {
  const filled = table.map((row) => Array.from(row)).filter((row) => row.some((count) => count > 0));
  const sums = (filled[0] ?? []).map((_, c) => filled.reduce((sum, row) => sum + (row[c] ?? 0), 0));
  const rows = filled.map((row) => row.filter((_, c) => (sums[c] ?? 0) > 0));
  const columnSums = sums.filter((sum) => sum > 0);
  const total = columnSums.reduce((sum, one) => sum + one, 0);
  const expected = rows.flatMap((row) => {
    const rowSum = row.reduce((sum, one) => sum + one, 0);
    return columnSums.map((columnSum) => (rowSum / total) * columnSum);
  });
  return { rows, expected, df: Math.max(0, rows.length - 1) * Math.max(0, columnSums.length - 1) };
}

function towards(count: number, expected: number): number {
  const gap = expected - count;
  return count + Math.sign(gap) * Math.min(0.5, Math.abs(gap));
}

/**
 * Cramer's V of a table of counts, sqrt((chi2/n) / (min(rows, columns) - 1)), from 0 to 1 (H. Cramer, 1946); with
 * `unbiased` as corrected by W. Bergsma, J. Korean Stat. Soc. 42 (2013) 323. 0 for a table with nothing to compare.
 */
export function cramersV(
  table: readonly ArrayLike<number>[],
  { unbiased = false }: { unbiased?: boolean } = {},
): number {
  const { rows, expected, df } = independence(table);
  if (df === 0) return 0;
  const observed = rows.flat();
  const n = observed.reduce((sum, count) => sum + count, 0);
  const [r, k] = [rows.length, rows[0]?.length ?? 0];
  const phi = pearson(observed, expected) / n;
  if (!unbiased) return Math.sqrt(phi / (Math.min(r, k) - 1));
  const corrected = Math.max(0, phi - ((k - 1) * (r - 1)) / (n - 1));
  const size = Math.min(k - (k - 1) ** 2 / (n - 1), r - (r - 1) ** 2 / (n - 1)) - 1;
  return size > 0 ? Math.sqrt(corrected / size) : 0;
}

function expectedCounts(
  observed: ArrayLike<number>,
  expected: ArrayLike<number> | undefined,
): readonly number[] {
  if (expected !== undefined) return Array.from(expected);
  const counts = Array.from(observed);
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.map(() => mean);
}

function tested(
  observed: readonly number[],
  expected: readonly number[],
  statisticOf: (observed: readonly number[], expected: readonly number[]) => number,
  df: number,
): ChiSquare {
  if (df <= 0) return { statistic: 0, df: 0, p: 1 };
  const statistic = statisticOf(observed, expected);
  return { statistic, df, p: chiSquaredUpper(statistic, df) };
}

function pearson(observed: readonly number[], expected: readonly number[]): number {
  return observed.reduce((sum, count, i) => {
    const wanted = expected[i] ?? 0;
    return count === wanted ? sum : sum + (count - wanted) ** 2 / wanted;
  }, 0);
}

function likelihood(observed: readonly number[], expected: readonly number[]): number {
  return (
    2 *
    observed.reduce(
      (sum, count, i) => (count > 0 ? sum + count * Math.log(count / (expected[i] ?? 0)) : sum),
      0,
    )
  );
}
