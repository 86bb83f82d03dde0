/**
 * The least number of insertions, deletions and substitutions that turn one sequence into the other (Levenshtein), by
 * 32 columns at a time: G. Myers, J. ACM 46 (1999) 395, with the blocks of H. Hyyrö, Nordic J. Computing 10 (2003) 29.
 * Time grows with `a.length * b.length / 32`; the caller bounds that product.
 */
export function editDistance(a: Int32Array, b: Int32Array): number {
  let start = 0;
  const shorter = Math.min(a.length, b.length);
  while (start < shorter && a[start] === b[start]) start++;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const pattern = a.subarray(start, a.length - end);
  const text = b.subarray(start, b.length - end);
  if (pattern.length === 0) return text.length;
  if (text.length === 0) return pattern.length;
  // The shorter one is held as bits for each of its tokens: at most its length squared.
  return pattern.length <= text.length ? byBlocks(pattern, text) : byBlocks(text, pattern);
}

function byBlocks(pattern: Int32Array, text: Int32Array): number {
  const blocks = Math.ceil(pattern.length / 32);
  const places = placesOf(pattern, blocks);
  const none = new Int32Array(blocks);
  const ups = new Int32Array(blocks).fill(-1);
  const downs = new Int32Array(blocks);
  const last = 1 << ((pattern.length - 1) % 32);
  let distance = pattern.length;
  for (const token of text) {
    const equal = places.get(token) ?? none;
    // Of the row above the first: it grows by 1 with every column.
    let carryUp = 1;
    let carryDown = 0;
    for (let k = 0; k < blocks; k++) {
      const up = ups[k] ?? 0;
      const down = downs[k] ?? 0;
      const same = (equal[k] ?? 0) | carryDown;
      const vertical = (equal[k] ?? 0) | down;
      const diagonal = (((same & up) + up) ^ up) | same;
      let plus = down | ~(diagonal | up);
      let minus = up & diagonal;
      if (k === blocks - 1) {
        if ((plus & last) !== 0) distance += 1;
        if ((minus & last) !== 0) distance -= 1;
      }
      const nextUp = plus >>> 31;
      const nextDown = minus >>> 31;
      plus = (plus << 1) | carryUp;
      minus = (minus << 1) | carryDown;
      carryUp = nextUp;
      carryDown = nextDown;
      ups[k] = minus | ~(vertical | plus);
      downs[k] = plus & vertical;
    }
  }
  return distance;
}

/** For each token the places where it stands, as bits. */
export function placesOf(tokens: Int32Array, blocks: number): ReadonlyMap<number, Int32Array> {
  const places = new Map<number, Int32Array>();
  tokens.forEach((token, i) => {
    let bits = places.get(token);
    if (bits === undefined) {
      bits = new Int32Array(blocks);
      places.set(token, bits);
    }
    const block = i >>> 5;
    bits[block] = (bits[block] ?? 0) | (1 << (i & 31));
  });
  return places;
}
