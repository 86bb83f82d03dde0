/** Rows that are left out together, with the sums that the statistic is a function of. */
export interface JackknifeGroup {
  readonly rows: number;
  readonly sums: readonly number[];
}

/**
 * The standard error of a smooth function of sums, by leaving out one group of rows after the other, where groups may
 * have different sizes (F. M. T. A. Busing, E. Meijer & R. van der Leeden, Delete-m jackknife for unequal m, Statistics
 * and Computing 9 (1999) 3, equations 4 to 6). Null when there are fewer than two groups with rows, or when the function
 * is not finite without one of them. `value` is the function of all sums.
 */
export function groupedJackknife(
  groups: readonly JackknifeGroup[],
  value: number,
  score: (sums: readonly number[]) => number,
): { readonly standardError: number; readonly groups: number } | null {
  const used = groups.filter(({ rows }) => rows > 0);
  if (used.length < 2) return null;
  const all = used.reduce((sum, { rows }) => sum + rows, 0);
  const width = used[0]?.sums.length ?? 0;
  const totals = Array.from({ length: width }, (_, i) =>
    used.reduce((sum, one) => sum + (one.sums[i] ?? 0), 0),
  );
  const left = used.map(({ sums }) => score(totals.map((total, i) => total - (sums[i] ?? 0))));
  if (!left.every(Number.isFinite)) return null;
  let estimate = used.length * value;
  used.forEach(({ rows }, j) => {
    estimate -= (1 - rows / all) * (left[j] ?? 0);
  });
  let variance = 0;
  used.forEach(({ rows }, j) => {
    const times = all / rows;
    const pseudo = times * value - (times - 1) * (left[j] ?? 0);
    variance += (pseudo - estimate) ** 2 / (times - 1);
  });
  return { standardError: Math.sqrt(variance / used.length), groups: used.length };
}
