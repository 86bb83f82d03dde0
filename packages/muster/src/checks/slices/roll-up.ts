import { type Cells, emptySums, type Sums } from "./cells.ts";

/**
 * Adds cells up to those of some of their attributes: what grouping the rows by them gives. `sizes` has the number of
 * values of every attribute; the product of the chosen ones' is held in memory. Throws RangeError for an attribute that the
 * cells do not have.
 */
export function rollUp(cells: Cells, attributes: readonly number[], sizes: readonly number[]): Cells {
  const codes = attributes.map((a) => {
    const own = cells.codes[cells.attributes.indexOf(a)];
    if (own === undefined) throw new RangeError("cells are rolled up to attributes that they have");
    return own;
  });
  const radix = attributes.map((a) => sizes[a] ?? 1);
  const places = new Int32Array(radix.reduce((product, size) => product * size, 1)).fill(-1);
  const placeOf = new Int32Array(cells.count);
  const ids: number[] = [];
  for (let cell = 0; cell < cells.count; cell++) {
    let id = 0;
    for (let n = 0; n < codes.length; n++) id = id * (radix[n] ?? 1) + (codes[n]?.[cell] ?? 0);
    if (places[id] === -1) places[id] = ids.push(id) - 1;
    placeOf[cell] = places[id] ?? 0;
  }
  const own = codes.map(() => new Int32Array(ids.length));
  ids.forEach((id, place) => {
    let rest = id;
    for (let n = own.length - 1; n >= 0; n--) {
      const size = radix[n] ?? 1;
      (own[n] as Int32Array)[place] = rest % size;
      rest = Math.floor(rest / size);
    }
  });
  const added = (sums: Sums): Sums => {
    const into = emptySums(ids.length);
    for (const name of ["rows", "bad", "squares"] as const) {
      for (let cell = 0; cell < cells.count; cell++) {
        const place = placeOf[cell] ?? 0;
        into[name][place] = (into[name][place] ?? 0) + (sums[name][cell] ?? 0);
      }
    }
    return into;
  };
  return {
    count: ids.length,
    attributes,
    codes: own,
    halves: [added(cells.halves[0]), added(cells.halves[1])],
  };
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
