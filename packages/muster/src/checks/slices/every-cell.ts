import type { Cells } from "./cells.ts";
import { choices, rollUp } from "./roll-up.ts";

/**
 * The cells of every choice of one to `most` attributes, from tables that hold them: one by all attributes, or one for
 * each of the largest choices. Each choice is added up from the smallest table that has its attributes, so large choices
 * come first. Throws RangeError for a choice that no table holds.
 */
export function* everyCell(
  tables: readonly Cells[],
  sizes: readonly number[],
  most: number,
): Generator<Cells> {
  const known = [...tables];
  for (const chosen of choices(sizes.length, Math.min(most, sizes.length)).toReversed()) {
    const [least] = known
      .filter(({ attributes }) => chosen.every((a) => attributes.includes(a)))
      .toSorted((a, b) => a.count - b.count);
    if (least === undefined) throw new RangeError("every choice of attributes has a table");
    const cells = rollUp(least, chosen, sizes);
    known.push(cells);
    yield cells;
  }
}
