/** A column cut into bins: value v lies in the first bin whose edge is >= v, and in the last bin if there is none. */
export interface BinnedColumn {
  readonly name: string;
  /** Ascending float32 values that occur in the data, so that `v <= edge` decides alike in any runtime. */
  readonly edges: Float32Array;
  readonly bins: Uint8Array;
}

/**
 * At most `maxBins` (<= 256) bins: one for each distinct value where there are no more of those, so that a rare hour is not
 * lost in its neighbour; else bins of about equal frequency. Values must not be NaN.
 */
export function binColumn(name: string, values: Float32Array, maxBins: number): BinnedColumn {
  const sorted = values.slice().sort();
  const edges = distinctEdges(sorted, maxBins) ?? quantileEdges(sorted, maxBins);
  const bins = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) bins[i] = firstAtLeast(edges, values[i] as number);
  return { name, edges, bins };
}

/** Every distinct value but the greatest; undefined if they are more than `maxBins`. */
function distinctEdges(sorted: Float32Array, maxBins: number): Float32Array | undefined {
  const distinct: number[] = [];
  let next = 0;
  while (next < sorted.length) {
    if (distinct.length === maxBins) return undefined;
    const value = sorted[next] as number;
    distinct.push(value);
    next = firstAbove(sorted, value);
  }
  return Float32Array.from(distinct.slice(0, -1));
}

function quantileEdges(sorted: Float32Array, maxBins: number): Float32Array {
  const edges: number[] = [];
  const greatest = sorted[sorted.length - 1] as number;
  for (let bin = 1; bin < maxBins; bin++) {
    const edge = sorted[Math.ceil((bin * sorted.length) / maxBins) - 1] as number;
    if (edge !== edges[edges.length - 1] && edge < greatest) edges.push(edge);
  }
  return Float32Array.from(edges);
}

function firstAbove(sorted: Float32Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function firstAtLeast(sorted: Float32Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
