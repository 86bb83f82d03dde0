/**
 * The non-decreasing sequence nearest to `y` in weighted squares, by pooling adjacent violators (M. Ayer et al., Annals
 * of Mathematical Statistics 26 (1955) 641). Linear in the length. Weights are above 0.
 */
export function isotonicRegression(y: ArrayLike<number>, weights?: ArrayLike<number>): Float64Array {
  const blocks: { mean: number; weight: number; size: number }[] = [];
  for (let i = 0; i < y.length; i++) {
    let block = { mean: y[i] ?? Number.NaN, weight: weights?.[i] ?? 1, size: 1 };
    for (let last = blocks.at(-1); last !== undefined && last.mean >= block.mean; last = blocks.at(-1)) {
      const weight = last.weight + block.weight;
      block = {
        mean: last.mean + ((block.mean - last.mean) * block.weight) / weight,
        weight,
        size: last.size + block.size,
      };
      blocks.pop();
    }
    blocks.push(block);
  }
  const fitted = new Float64Array(y.length);
  let at = 0;
  for (const { mean, size } of blocks) {
    fitted.fill(mean, at, at + size);
    at += size;
  }
  return fitted;
}
