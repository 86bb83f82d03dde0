/**
 * Sums of gradient and hessian by feature and bin, for the rows of one node. Both are integers (fixed point), and sums
 * of integers below 2^53 are exact in a double: the order of rows cannot change a histogram, and a child is exactly
 * its parent minus its sibling.
 */
export interface Histogram {
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

export const BINS = 256;

/** Rows are `order[from..to)`. */
export function fillHistogram(
  columns: readonly Uint8Array[],
  gradient: Int32Array,
  hessian: Int32Array,
  order: Int32Array,
  from: number,
  to: number,
): Histogram {
  const sums = {
    gradient: new Float64Array(columns.length * BINS),
    hessian: new Float64Array(columns.length * BINS),
  };
  columns.forEach((bins, feature) => {
    const offset = feature * BINS;
    addColumn(
      sums.gradient.subarray(offset, offset + BINS),
      sums.hessian.subarray(offset, offset + BINS),
      bins,
    );
  });
  return sums;

  function addColumn(g: Float64Array, h: Float64Array, bins: Uint8Array): void {
    for (let i = from; i < to; i++) {
      const row = order[i] as number;
      const bin = bins[row] as number;
      g[bin] = (g[bin] as number) + (gradient[row] as number);
      h[bin] = (h[bin] as number) + (hessian[row] as number);
    }
  }
}

export function subtract(parent: Histogram, child: Histogram): Histogram {
  return {
    gradient: parent.gradient.map((sum, i) => sum - (child.gradient[i] ?? 0)),
    hessian: parent.hessian.map((sum, i) => sum - (child.hessian[i] ?? 0)),
  };
}
