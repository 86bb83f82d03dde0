/** A column cut into at most 255 bins: value v lies in the first bin whose edge is >= v, the last bin has no edge. */
export interface BinnedColumn {
  readonly name: string;
  /** Ascending float32 values that occur in the data, so that `v <= edge` decides alike in any runtime. */
  readonly edges: Float32Array;
  readonly bins: Uint8Array;
}

/** Bins of about equal frequency; a column of few distinct values gets one bin each. */
export function binColumn(name: string, values: Float32Array, maxBins: number): BinnedColumn {
  const sorted = values.slice().sort();
  const edges: number[] = [];
  const share = sorted.length / maxBins;
  let start = 0;
  while (start < sorted.length) {
    const wanted = Math.min(sorted.length - 1, Math.max(start, Math.ceil((edges.length + 1) * share) - 1));
    const edge = sorted[wanted] ?? 0;
    const end = firstAbove(sorted, edge);
    if (end < sorted.length && edges.length < maxBins - 1) edges.push(edge);
    else break;
    start = end;
  }
  const distinct = Float32Array.from(edges);
  const bins = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) bins[i] = firstAtLeast(distinct, values[i] ?? 0);
  return { name, edges: distinct, bins };
}

function firstAbove(sorted: Float32Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function firstAtLeast(sorted: Float32Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
