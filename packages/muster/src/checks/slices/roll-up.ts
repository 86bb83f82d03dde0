import { type Badness, type Leaf, nothing, plus } from "./slice.ts";

/** A slice by positions of attributes and the codes of their values, with the badness of each half. */
export interface Cell {
  readonly attributes: readonly number[];
  readonly codes: readonly number[];
  readonly halves: readonly [Badness, Badness];
}

/** Values as codes, attribute by attribute, so that a cell has a number and no text is hashed twice. */
export interface Coded {
  readonly values: readonly (readonly (string | null)[])[];
  readonly codes: readonly Int32Array[];
  readonly leaves: readonly Leaf[];
}

export function coded(leaves: readonly Leaf[], attributes: number): Coded {
  const values: (string | null)[][] = [];
  const codes: Int32Array[] = [];
  for (let a = 0; a < attributes; a++) {
    const known = new Map<string | null, number>();
    const own = new Int32Array(leaves.length);
    leaves.forEach((leaf, i) => {
      const value = leaf.values[a] ?? null;
      const code = known.get(value) ?? known.size;
      known.set(value, code);
      own[i] = code;
    });
    values.push([...known.keys()]);
    codes.push(own);
  }
  return { values, codes, leaves };
}

/** Adds leaves up to the cells of some attributes: what grouping the rows by them gives. */
export function rollUp({ values, codes, leaves }: Coded, attributes: readonly number[]): readonly Cell[] {
  const sums = new Map<number, [Badness, Badness]>();
  leaves.forEach((leaf, i) => {
    let id = 0;
    for (const a of attributes) id = id * (values[a]?.length ?? 1) + (codes[a]?.[i] ?? 0);
    const sum = sums.get(id);
    if (sum === undefined) sums.set(id, [...leaf.halves]);
    else {
      sum[0] = plus(sum[0], leaf.halves[0]);
      sum[1] = plus(sum[1], leaf.halves[1]);
    }
  });
  return Array.from(sums, ([id, halves]) => {
    const own = new Array<number>(attributes.length);
    let rest = id;
    for (let n = attributes.length - 1; n >= 0; n--) {
      const size = values[attributes[n] ?? 0]?.length ?? 1;
      own[n] = rest % size;
      rest = Math.floor(rest / size);
    }
    return { attributes, codes: own, halves };
  });
}

export function total(leaves: readonly Leaf[], half: 0 | 1): Badness {
  return leaves.reduce((sum, leaf) => plus(sum, leaf.halves[half]), nothing);
}

/** Every choice of one to `most` of the first n numbers, smaller choices first. */
export function choices(n: number, most: number): readonly (readonly number[])[] {
  const found: (readonly number[])[] = [];
  let last: (readonly number[])[] = [[]];
  for (let size = 1; size <= most; size++) {
    last = last.flatMap((chosen) =>
      Array.from({ length: n }, (_, a) => a)
        .filter((a) => a > (chosen.at(-1) ?? -1))
        .map((a) => [...chosen, a]),
    );
    found.push(...last);
  }
  return found;
}
