import { adjustP } from "../../stats/p-adjust.ts";
import type { Candidate, Candidates } from "./search-half.ts";
import { minus, type Seen, type Slice, type SliceValues } from "./slice.ts";
import { worse } from "./worse.ts";
import { type UnitGroup, worseByUnits } from "./worse-by-units.ts";

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

const level = 0.05;

/**
 * Tests what the search left on the half where nothing was chosen, by Holm at 5 %: the chance that any confirmed slice is no
 * worse than the rest is at most that, however many were searched. A slice has to pass with rows as what is independent and
 * with units (`units`, of that half, for each survivor in turn): its p is the greater of both.
 */
export function confirmSlices(
  { survivors, tested, passed, whole }: Candidates,
  units: readonly (readonly UnitGroup[])[],
  attributes: readonly SliceValues[],
  of: "rate" | "mean",
): SlicesFound {
  const again = survivors.map(({ halves }, i): Seen | null => {
    const byRows = worse(halves[1], minus(whole[1], halves[1]), of);
    const byUnits = worseByUnits(units[i] ?? []);
    return byRows === null || byUnits === null ? null : { ...byRows, p: Math.max(byRows.p, byUnits) };
  });
  // What cannot be tested there counts as asked all the same.
  const p = adjustP(
    again.map((seen) => seen?.p ?? 1),
    "holm",
  );
  const expected = whole[1].bad / whole[1].rows;
  const slices = survivors.flatMap(({ seen: searched, ...survivor }, i): FoundSlice[] => {
    const confirmed = again[i] ?? null;
    const own = p[i] ?? 1;
    if (confirmed === null || own > level) return [];
    const excess = survivor.halves[1].bad - survivor.halves[1].rows * expected;
    return [{ ...sliceOf(survivor, attributes), searched, confirmed, p: own, excess }];
  });
  return {
    slices: slices.toSorted((a, b) => b.excess - a.excess),
    tested,
    passed,
    survivors: survivors.length,
  };
}

const sliceOf = (
  { attributes: chosen, codes }: Pick<Candidate, "attributes" | "codes">,
  attributes: readonly SliceValues[],
): Slice => ({
  items: chosen.map((a, n) => ({
    attribute: attributes[a]?.name ?? "",
    value: attributes[a]?.values[codes[n] ?? 0] ?? null,
  })),
});
