/**
 * The variance of an estimate from what it is with one of the parts left out each (J. W. Tukey 1958): with whole units
 * in each part it sees how rows of one unit go together.
 */
export function jackknifeVariance(leftOut: Float64Array): number {
  const n = leftOut.length;
  if (n < 2) return Number.NaN;
  const mean = leftOut.reduce((sum, value) => sum + value, 0) / n;
  let squares = 0;
  for (const value of leftOut) squares += (value - mean) ** 2;
  return (squares * (n - 1)) / n;
}
