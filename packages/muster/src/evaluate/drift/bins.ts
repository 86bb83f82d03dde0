import type { CategoryCells, InputProfile, NumberCells } from "../../claims/profile.ts";
import { textOfEpoch } from "../../query/time.ts";
import { binsForRows, joinNeighbours } from "../../stats/frozen-bins.ts";
import { nextBelow } from "../../stats/next-double.ts";
import type { CategorySurvey, NumberSurvey, Survey } from "../profile/survey-column.ts";

/** A cell of the comparison, with its rows on both sides. */
export interface Bin {
  /** `[10, 20)`, a value, or one of `special`. */
  readonly bin: string;
  readonly base: number;
  readonly current: number;
}

/** Cells that are no range and no value. A value of such a name is printed in quotation marks. */
export const special = {
  missing: "(missing)",
  nan: "(NaN)",
  negative: "(-infinity)",
  positive: "(infinity)",
  other: "(other)",
  unseen: "(unseen)",
} as const;

/**
 * The rows of both sides in the profile's bins, as many as the smaller side can fill (a bin for 50 rows, at least two):
 * neighbouring numbers are joined by their mass in the base, rare values go to the others. A special cell that is
 * empty on both sides is left out.
 */
export function pairBins(
  profile: InputProfile,
  baseRows: number,
  current: Survey,
  currentRows: number,
): readonly Bin[] {
  const { cells } = profile;
  const rows = Math.min(baseRows, currentRows);
  const body =
    cells?.kind === "numbers" && current.kind === "numbers"
      ? numberBins(cells, current, rows, profile.type === "datetime" ? textOfEpoch : String)
      : cells?.kind === "categories" && current.kind === "categories"
        ? categoryBins(cells, profile.values, current, rows)
        : [];
  const all = [...body, { bin: special.missing, base: profile.missing, current: current.missing }];
  return all.filter(({ base, current: now }) => base > 0 || now > 0);
}

function numberBins(
  cells: NumberCells,
  current: NumberSurvey,
  rows: number,
  text: (value: number) => string,
): Bin[] {
  const bounds = cells.bins.map((at) => cells.cuts[at] ?? 0);
  const base = summed(cells.counts, cells.bins);
  const now = summed(current.counts, cells.bins);
  const groups = joinNeighbours(base, binsForRows(rows, base.length));
  const joined: { first: number; last: number; base: number; current: number }[] = [];
  for (let b = 0; b < base.length; b++) {
    const group = groups[b] ?? 0;
    const known = joined[group] ?? { first: b, last: b, base: 0, current: 0 };
    joined[group] = {
      first: known.first,
      last: b,
      base: known.base + (base[b] ?? 0),
      current: known.current + (now[b] ?? 0),
    };
  }
  return [
    ...joined.map(({ first, last, base: before, current: after }) => ({
      bin: rangeName(bounds[first - 1], bounds[last], text),
      base: before,
      current: after,
    })),
    { bin: special.nan, base: cells.nan, current: current.nan },
    { bin: special.negative, base: cells.negative_infinity, current: current.negativeInfinity },
    { bin: special.positive, base: cells.positive_infinity, current: current.positiveInfinity },
  ];
}

/** Fine cells added up to bins, which end before the cells of the positions given. */
function summed(counts: ArrayLike<number>, bins: readonly number[]): number[] {
  const sums = new Array<number>(bins.length + 1).fill(0);
  let bin = 0;
  for (let cell = 0; cell < counts.length; cell++) {
    // Cell i begins at cut i - 1.
    while (bin < bins.length && cell - 1 >= (bins[bin] ?? 0)) bin++;
    sums[bin] = (sums[bin] ?? 0) + (counts[cell] ?? 0);
  }
  return sums;
}

/** Where a value has a bin of its own, the next bin begins at the double right above it. */
function isJustAbove(cut: number): boolean {
  return String(nextBelow(cut)).length < String(cut).length - 3;
}

function rangeName(
  from: number | undefined,
  to: number | undefined,
  text: (value: number) => string,
): string {
  const openFrom = from !== undefined && isJustAbove(from);
  const closedTo = to !== undefined && isJustAbove(to);
  const low = from === undefined ? "" : text(openFrom ? nextBelow(from) : from);
  const high = to === undefined ? "" : text(closedTo ? nextBelow(to) : to);
  if (from === undefined) return to === undefined ? "(all numbers)" : `${closedTo ? "<=" : "<"} ${high}`;
  if (to === undefined) return `${openFrom ? ">" : ">="} ${low}`;
  if (low === high) return `= ${low}`;
  return `${openFrom ? "(" : "["}${low}, ${high}${closedTo ? "]" : ")"}`;
}

function categoryBins(
  cells: CategoryCells,
  values: readonly string[] | undefined,
  current: CategorySurvey,
  rows: number,
): Bin[] {
  // The others are a bin, too.
  const kept = cells.listed.slice(0, binsForRows(rows, cells.listed.length + 1) - 1);
  const listed = new Set(kept);
  const known = cells.closed ? new Set(values) : null;
  let base = cells.other;
  for (const [i, rowsOf] of cells.counts.entries()) if (i >= kept.length) base += rowsOf;
  let [other, unseen] = [0, 0];
  for (const [value, n] of current.counts) {
    if (listed.has(value)) continue;
    if (known === null || known.has(value)) other += n;
    else unseen += n;
  }
  // What was not counted one by one stands in no list of known values.
  if (known === null) other += current.rest;
  else unseen += current.rest;
  const names = new Set<string>(Object.values(special));
  return [
    ...kept.map((value, i) => ({
      bin: names.has(value) ? JSON.stringify(value) : value,
      base: cells.counts[i] ?? 0,
      current: current.counts.get(value) ?? 0,
    })),
    { bin: special.other, base, current: other },
    { bin: special.unseen, base: 0, current: unseen },
  ];
}
