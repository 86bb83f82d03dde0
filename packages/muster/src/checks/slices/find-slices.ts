import { adjustP } from "../../stats/p-adjust.ts";
import { type Cell, choices, coded, rollUp, total } from "./roll-up.ts";
import { type Leaf, minus, type Seen, type Slice } from "./slice.ts";
import { worse } from "./worse.ts";

export interface SliceSearch {
  readonly attributes: readonly string[];
  readonly leaves: readonly Leaf[];
  /** Whether badness is 0 or 1 a row, or any number. */
  readonly of: "rate" | "mean";
  /** How many attributes a slice may combine. */
  readonly most: 1 | 2 | 3;
  /** A slice has at least this many rows of the half that is searched. */
  readonly rows: number;
}

export interface FoundSlice extends Slice {
  /** On the half that was searched: the best of many, and so too bad to be true. */
  readonly searched: Seen;
  /** On the other half, where nothing was chosen. */
  readonly confirmed: Seen;
  /** Holm's, over the slices that went to the other half. */
  readonly p: number;
  /** Bad rows (or badness) on the other half beyond what its rows would have at the overall rate. */
  readonly excess: number;
}

export interface SlicesFound {
  /** Confirmed ones, the greatest excess first. */
  readonly slices: readonly FoundSlice[];
  /** Slices that were tested, passed the search, and were not explained by a part of themselves. */
  readonly tested: number;
  readonly passed: number;
  readonly survivors: number;
}

/** The share of false ones that is accepted among what the search finds; the other half is stricter. */
const falseShare = 0.1;
const level = 0.05;
const mostSurvivors = 20;
/** A slice whose part has this share of its difference adds nothing to that part. */
const explains = 0.75;

/**
 * Slices of rows where a model is worse than elsewhere: every combination of values is tested on one half of the units
 * (Benjamini & Hochberg), what a part of it explains is dropped (E. Pastor, L. de Alfaro & E. Baralis, SIGMOD 2021,
 * section 4.3), and the greatest 20 by excess are tested again on the other half, by Holm at 5 %. So the
 * chance that any confirmed slice is no worse than the rest is at most that, however many were searched.
 */
export function findSlices(search: SliceSearch): SlicesFound {
  const { attributes, of, most, rows } = search;
  const table = coded(search.leaves, attributes.length);
  const whole = [total(search.leaves, 0), total(search.leaves, 1)] as const;
  const tested: { readonly cell: Cell; readonly seen: Seen }[] = [];
  for (const chosen of choices(attributes.length, Math.min(most, attributes.length))) {
    for (const cell of rollUp(table, chosen)) {
      if (cell.halves[0].rows < rows) continue;
      const seen = worse(cell.halves[0], minus(whole[0], cell.halves[0]), of);
      if (seen !== null) tested.push({ cell, seen });
    }
  }
  const q = adjustP(
    tested.map(({ seen }) => seen.p),
    "bh",
  );
  const passed = tested.filter((_, i) => (q[i] ?? 1) <= falseShare);
  const differences = new Map(tested.map(({ cell, seen }) => [key(cell), seen.rate - seen.elsewhere]));
  const apart = passed.filter(({ cell, seen }) => {
    const own = seen.rate - seen.elsewhere;
    return !parts(cell).some((part) => (differences.get(key(part)) ?? 0) >= explains * own);
  });
  const overall = whole[0].bad / whole[0].rows;
  const excessOf = (cell: Cell): number => cell.halves[0].bad - cell.halves[0].rows * overall;
  const survivors = apart.toSorted((a, b) => excessOf(b.cell) - excessOf(a.cell)).slice(0, mostSurvivors);
  const again = survivors.map(({ cell }) => worse(cell.halves[1], minus(whole[1], cell.halves[1]), of));
  // What cannot be tested there counts as asked all the same.
  const p = adjustP(
    again.map((seen) => seen?.p ?? 1),
    "holm",
  );
  const expected = whole[1].bad / whole[1].rows;
  const slices = survivors.flatMap(({ cell, seen: searched }, i): FoundSlice[] => {
    const confirmed = again[i] ?? null;
    const own = p[i] ?? 1;
    if (confirmed === null || own > level) return [];
    const items = cell.attributes.map((a, n) => ({
      attribute: attributes[a] ?? "",
      value: table.values[a]?.[cell.codes[n] ?? 0] ?? null,
    }));
    const excess = cell.halves[1].bad - cell.halves[1].rows * expected;
    return [{ items, searched, confirmed, p: own, excess }];
  });
  return {
    slices: slices.toSorted((a, b) => b.excess - a.excess),
    tested: tested.length,
    passed: passed.length,
    survivors: survivors.length,
  };
}

type Place = Pick<Cell, "attributes" | "codes">;

const key = ({ attributes, codes }: Place): string => attributes.map((a, n) => `${a}=${codes[n]}`).join();

/** The slice without one or more of its items. */
function parts(cell: Place): readonly Place[] {
  const n = cell.attributes.length;
  return choices(n, n - 1).map((kept) => ({
    attributes: kept.map((i) => cell.attributes[i] ?? 0),
    codes: kept.map((i) => cell.codes[i] ?? 0),
  }));
}
