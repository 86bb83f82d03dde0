/** The numbers in ascending order, and where each of them stood; equal ones in any order, NaN left out. */
export interface Ascending {
  readonly numbers: Float64Array;
  readonly positions: Uint32Array;
}

/** So few are put in order one by one. */
const few = 16;
/** Numbers that are still together after so many divisions are compared, however many there are. */
const mostDivisions = 20;

/**
 * Sorts by dividing the range of the numbers into as many parts as there are numbers, and each part that holds many in the
 * same way: three to five times as fast as comparing them where they are spread out, as scores are.
 */
export function ascendingOrder(all: Float64Array): Ascending {
  const numbers = new Float64Array(all.length);
  const positions = new Uint32Array(all.length);
  let count = 0;
  for (let i = 0; i < all.length; i++) {
    const number = all[i] as number;
    if (Number.isNaN(number)) continue;
    numbers[count] = number;
    positions[count++] = i;
  }
  const sorted = { numbers: numbers.subarray(0, count), positions: positions.subarray(0, count) };
  sort(sorted, 0, count, mostDivisions);
  return sorted;
}

function sort(sorted: Ascending, from: number, to: number, divisions: number): void {
  if (to - from <= few) {
    insert(sorted, from, to);
    return;
  }
  const { numbers, positions } = sorted;
  let [least, most] = [numbers[from] as number, numbers[from] as number];
  for (let i = from; i < to; i++) {
    const number = numbers[i] as number;
    if (number < least) least = number;
    if (number > most) most = number;
  }
  if (least === most) return;
  const parts = to - from;
  const scale = (parts - 1) / (most - least);
  if (divisions === 0 || !(scale > 0 && scale < Number.POSITIVE_INFINITY)) {
    compare(sorted, from, to);
    return;
  }
  const ends = new Uint32Array(parts);
  const ownNumbers = numbers.slice(from, to);
  const ownPositions = positions.slice(from, to);
  const partOf = new Uint32Array(parts);
  for (let i = 0; i < parts; i++) {
    // Rounding turns no order around, so parts are in order, too.
    const part = ((ownNumbers[i] as number) - least) * scale;
    partOf[i] = part;
    ends[partOf[i] as number] = (ends[partOf[i] as number] as number) + 1;
  }
  let next = from;
  for (let part = 0; part < parts; part++) {
    next += ends[part] as number;
    ends[part] = next;
  }
  for (let i = parts - 1; i >= 0; i--) {
    const part = partOf[i] as number;
    const at = (ends[part] as number) - 1;
    ends[part] = at;
    numbers[at] = ownNumbers[i] as number;
    positions[at] = ownPositions[i] as number;
  }
  for (let part = 0; part < parts; part++) {
    const start = ends[part] as number;
    const end = part + 1 < parts ? (ends[part + 1] as number) : to;
    if (end - start > 1) sort(sorted, start, end, divisions - 1);
  }
}

function insert({ numbers, positions }: Ascending, from: number, to: number): void {
  for (let i = from + 1; i < to; i++) {
    const number = numbers[i] as number;
    const position = positions[i] as number;
    let at = i;
    for (; at > from && (numbers[at - 1] as number) > number; at--) {
      numbers[at] = numbers[at - 1] as number;
      positions[at] = positions[at - 1] as number;
    }
    numbers[at] = number;
    positions[at] = position;
  }
}

function compare({ numbers, positions }: Ascending, from: number, to: number): void {
  const own = Array.from({ length: to - from }, (_, i) => from + i);
  // Infinities are equal to themselves, and their difference is no number.
  own.sort((a, b) => {
    const [left, right] = [numbers[a] as number, numbers[b] as number];
    return left < right ? -1 : Number(left > right);
  });
  const ordered = own.map((at) => ({ number: numbers[at] as number, position: positions[at] as number }));
  for (const [i, { number, position }] of ordered.entries()) {
    numbers[from + i] = number;
    positions[from + i] = position;
  }
}
