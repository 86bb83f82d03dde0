/**
 * Numbers between 0 (included) and 1 (excluded), always the same for a seed: Mulberry32 (T. Ettinger, 2017), 2^32 steps
 * long. For simulations and resampling that have to come out the same again; never for secrets.
 */
export function uniforms(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
