import { placesOf } from "./edit-distance.ts";

/**
 * The length of the longest common subsequence, by 32 columns at a time (M. Crochemore et al., IPL 80 (2001) 279).
 * Time grows with `a.length * b.length / 32`; the caller bounds that product.
 */
export function commonLength(a: Int32Array, b: Int32Array): number {
  if (a.length === 0 || b.length === 0) return 0;
  // The shorter one is held as bits for each of its tokens: at most its length squared.
  if (a.length > b.length) return commonLength(b, a);
  const blocks = Math.ceil(a.length / 32);
  const places = placesOf(a, blocks);
  const open = new Int32Array(blocks).fill(-1);
  for (const token of b) {
    const equal = places.get(token);
    if (equal === undefined) continue;
    let carry = 0;
    for (let k = 0; k < blocks; k++) {
      const v = open[k] ?? 0;
      const hit = v & (equal[k] ?? 0);
      const sum = (v >>> 0) + (hit >>> 0) + carry;
      carry = sum > 0xffffffff ? 1 : 0;
      open[k] = sum | 0 | (v & ~hit);
    }
  }
  let length = 0;
  for (let i = 0; i < a.length; i++) if (((open[i >>> 5] ?? 0) & (1 << (i & 31))) === 0) length += 1;
  return length;
}

/**
 * The places in `reference` of one longest common subsequence: the one that Perl's ROUGE-1.5.5 and rouge-score find,
 * which matters where several are equally long. Takes memory for `reference.length * text.length` cells.
 */
export function commonPlaces(reference: Int32Array, text: Int32Array): number[] {
  const width = text.length + 1;
  const lengths = new Int32Array((reference.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = 1; i <= reference.length; i++) {
    for (let j = 1; j <= text.length; j++) {
      lengths[i * width + j] =
        reference[i - 1] === text[j - 1] ? at(i - 1, j - 1) + 1 : Math.max(at(i - 1, j), at(i, j - 1));
    }
  }
  const places: number[] = [];
  let i = reference.length;
  let j = text.length;
  while (i > 0 && j > 0) {
    if (reference[i - 1] === text[j - 1]) {
      i -= 1;
      j -= 1;
      places.push(i);
    } else if (at(i, j - 1) > at(i - 1, j)) j -= 1;
    else i -= 1;
  }
  return places;
}
