import { both } from "../checks/metrics/row-conditions.ts";
import type { Candidate } from "../checks/slices/search-half.ts";
import type { UnitGroup, UnitSum } from "../checks/slices/worse-by-units.ts";
import type { Engine } from "../engine/engine.ts";
import type { Measure } from "../query/aggregate.ts";
import type { Predicate } from "../query/predicate.ts";
import type { CellsWanted } from "./slice-cells.ts";
import { hasValue } from "./slice-place.ts";

/** For each slice the half that confirms, in 256 groups of whole units: one scan for all of them. */
export async function readUnits(
  engine: Engine,
  { table, attributes, badness, unit, seed }: CellsWanted,
  slices: readonly Candidate[],
  signal?: AbortSignal,
): Promise<readonly (readonly UnitGroup[])[]> {
  if (slices.length === 0) return [];
  const { rows, bad } = badness.values;
  const values = slices.flatMap(({ attributes: chosen, codes }, i) => {
    const inside = both(
      ...chosen.flatMap((a, n) => {
        const attribute = attributes[a];
        return attribute === undefined ? [] : [hasValue(attribute, codes[n] ?? 0, attribute.values)];
      }),
    );
    return [
      [`rows_${i}`, narrowed(rows, inside)],
      [`bad_${i}`, narrowed(bad, inside)],
    ] as const;
  });
  const [answer] = await engine.aggregate(
    [
      {
        table,
        by: [{ kind: "bucket", column: unit }],
        values: { rows, bad, ...Object.fromEntries(values) },
        among: [{ dimension: { kind: "half", column: unit, seed }, keys: [1] }],
      },
    ],
    signal,
  );
  if (answer === undefined) return slices.map(() => []);
  const { count, values: read } = answer.groups;
  const sum = (g: number, end = ""): UnitSum => ({
    rows: read[`rows${end}`]?.[g] || 0,
    bad: read[`bad${end}`]?.[g] || 0,
  });
  return slices.map((_, i) =>
    Array.from({ length: count }, (_, g) => ({ slice: sum(g, `_${i}`), all: sum(g) })),
  );
}

function narrowed(measure: Measure, where: Predicate): Measure {
  if (measure.fn === "count_distinct") throw new RangeError("badness is counted or added up");
  return { ...measure, where: measure.where === undefined ? where : both(measure.where, where) };
}
