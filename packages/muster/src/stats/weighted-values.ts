/** Distinct numbers in ascending order, each with its mass (a count or a weight, not below 0). */
export interface WeightedValues {
  readonly values: Float64Array;
  readonly masses: Float64Array;
  readonly total: number;
}

/**
 * Sorts values and adds up the masses of equal ones; without masses each value counts 1. -0 is 0. NaN has no place on
 * the line: the caller leaves it out.
 */
export function weightedValues(values: ArrayLike<number>, masses?: ArrayLike<number>): WeightedValues {
  const n = values.length;
  if (masses === undefined) {
    const sorted = (values instanceof Float64Array ? values.slice() : Float64Array.from(values)).sort();
    return combined(sorted, undefined);
  }
  const order = Uint32Array.from({ length: n }, (_, i) => i).sort(
    (i, j) => (values[i] ?? 0) - (values[j] ?? 0),
  );
  return combined(
    Float64Array.from(order, (i) => values[i] ?? 0),
    Float64Array.from(order, (i) => masses[i] ?? 0),
  );
}

function combined(sorted: Float64Array, masses: Float64Array | undefined): WeightedValues {
  const distinct = new Float64Array(sorted.length);
  const sums = new Float64Array(sorted.length);
  let last = -1;
  let total = 0;
  for (let i = 0; i < sorted.length; i++) {
    const value = (sorted[i] ?? 0) + 0;
    const mass = masses === undefined ? 1 : (masses[i] ?? 0);
    if (last < 0 || distinct[last] !== value) distinct[++last] = value;
    sums[last] = (sums[last] ?? 0) + mass;
    total += mass;
  }
  return { values: distinct.subarray(0, last + 1), masses: sums.subarray(0, last + 1), total };
}

/**
 * Walks the distinct values of both in ascending order: at each the shares of both sides at or below it, and the
 * distance to the next value (0 at the last).
 */
export function walkBoth(
  a: WeightedValues,
  b: WeightedValues,
  visit: (belowA: number, belowB: number, gap: number) => void,
): void {
  let [i, j] = [0, 0];
  let [sumA, sumB] = [0, 0];
  while (i < a.values.length || j < b.values.length) {
    const value = Math.min(a.values[i] ?? Number.POSITIVE_INFINITY, b.values[j] ?? Number.POSITIVE_INFINITY);
    if (a.values[i] === value) sumA += a.masses[i++] ?? 0;
    if (b.values[j] === value) sumB += b.masses[j++] ?? 0;
    const next = Math.min(a.values[i] ?? Number.POSITIVE_INFINITY, b.values[j] ?? Number.POSITIVE_INFINITY);
    const isLast = i >= a.values.length && j >= b.values.length;
    visit(sumA / a.total, sumB / b.total, isLast ? 0 : next - value);
  }
}
