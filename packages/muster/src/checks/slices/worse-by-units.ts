import { tTails } from "../../stats/student-t.ts";
import type { Badness } from "./slice.ts";

/** What is summed of a group of units: its rows and their badness. */
export type UnitSum = Pick<Badness, "rows" | "bad">;

/** One group of whole units: those of its rows that lie in the slice, and all of them. */
export interface UnitGroup {
  readonly slice: UnitSum;
  readonly all: UnitSum;
}

/**
 * The one-sided p that a slice is no worse than all other rows, with units and not rows as what is independent: the
 * difference of two ratios, its variance by linearising it and adding up over groups of whole units (W. G. Cochran, Sampling
 * Techniques, 3rd edition (1977), equation 6.13 for each ratio; K. M. Wolter, Introduction to Variance Estimation,
 * 2nd edition (2007), sections 2.4 and 6.3), and Student's t with as many degrees of freedom as groups that hold rows of the slice, less
 * one. Null where fewer than two groups hold any, or nothing varies.
 */
export function worseByUnits(groups: readonly UnitGroup[]): number | null {
  const held = groups.filter(({ slice }) => slice.rows > 0).length;
  const own = added(groups.map(({ slice }) => slice));
  const all = added(groups.map((group) => group.all));
  const others = { rows: all.rows - own.rows, bad: all.bad - own.bad };
  if (held < 2 || others.rows <= 0) return null;
  const [rate, elsewhere] = [own.bad / own.rows, others.bad / others.rows];
  let squares = 0;
  for (const { slice, all: every } of groups) {
    const inside = (slice.bad - rate * slice.rows) / own.rows;
    const outside = (every.bad - slice.bad - elsewhere * (every.rows - slice.rows)) / others.rows;
    squares += (inside - outside) ** 2;
  }
  const variance = (squares * held) / (held - 1);
  if (!(variance > 0)) return null;
  return tTails((rate - elsewhere) / Math.sqrt(variance), held - 1).upper;
}

const added = (sums: readonly UnitSum[]): UnitSum =>
  sums.reduce((so, { rows, bad }) => ({ rows: so.rows + rows, bad: so.bad + bad }), { rows: 0, bad: 0 });
