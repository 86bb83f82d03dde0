import type { MetricColumns } from "../checks/metrics/metric.ts";
import { findSlices, type SlicesFound } from "../checks/slices/find-slices.ts";
import { type Badness, type Leaf, nothing } from "../checks/slices/slice.ts";
import type { Engine } from "../engine/engine.ts";
import type { Groups } from "../query/aggregate.ts";
import { MusterError } from "../source/muster-error.ts";
import { type SliceAttribute, sliceAttributes } from "./slice-attributes.ts";
import { sliceBadness } from "./slice-badness.ts";

export interface SlicesWanted {
  readonly metric: string;
  readonly columns: MetricColumns;
  /** Rows of one unit stay in one half. */
  readonly unit: string;
  readonly seed: number;
  readonly attributes: readonly string[];
  readonly most: 1 | 2 | 3;
  /** The least rows of a slice, in the half that is searched. */
  readonly rows: number;
}

export interface SlicesReported extends SlicesFound {
  readonly of: "rate" | "mean";
  readonly attributes: readonly SliceAttribute[];
  /** Rows that no unit names, and so belong to no half. */
  readonly withoutUnit: number;
}

/** More finest groups than this are not held in memory. */
const mostLeaves = 2_000_000;

/** Reads the finest groups once, and searches them. Throws MusterError when the table cannot be read so. */
export async function searchSlices(
  engine: Engine,
  wanted: SlicesWanted,
  signal?: AbortSignal,
): Promise<SlicesReported> {
  const { metric, columns, unit, seed, most, rows } = wanted;
  const { table } = columns;
  const badness = sliceBadness(metric, columns);
  if (typeof badness === "string") {
    throw new MusterError("call/bad-argument", `Slices of ${metric} cannot be searched: ${badness}.`);
  }
  const known = engine.info(table).columns;
  const attributes = await sliceAttributes(
    engine,
    table,
    known.filter(({ name }) => wanted.attributes.includes(name)),
    signal,
  );
  const possible = attributes.reduce((cells, { dimension }) => cells * sizeOf(dimension), 2);
  if (possible > mostLeaves) {
    throw new MusterError(
      "call/bad-argument",
      `${attributes.length} columns make up to ${possible} finest groups, and ${mostLeaves} are held at most.`,
      { hint: "Name fewer of them by --columns." },
    );
  }
  const [answer] = await engine.aggregate(
    [
      {
        table,
        by: [{ kind: "half", column: unit, seed }, ...attributes.map(({ dimension }) => dimension)],
        values: badness.values,
      },
    ],
    signal,
  );
  if (answer === undefined) throw new MusterError("engine/failed", "The data engine gave no answer.");
  const { leaves, withoutUnit } = leavesOf(answer.groups);
  const names = attributes.map(({ name }) => name);
  const found = findSlices({ attributes: names, leaves, of: badness.of, most, rows });
  return { ...found, of: badness.of, attributes, withoutUnit };
}

/** Its values or bins, all others, and missing. */
const sizeOf = (dimension: SliceAttribute["dimension"]): number =>
  (dimension.kind === "bins" ? dimension.edges.length - 1 : dimension.values.length) + 2;

function leavesOf({ count, keys, values }: Groups): {
  readonly leaves: readonly Leaf[];
  readonly withoutUnit: number;
} {
  const halves = new Map<
    string,
    { readonly values: (string | null)[]; readonly halves: [Badness, Badness] }
  >();
  let withoutUnit = 0;
  const number = (name: string, g: number): number => values[name]?.[g] || 0;
  for (let g = 0; g < count; g++) {
    const half = keys[0]?.[g] ?? null;
    const own = { rows: number("rows", g), bad: number("bad", g), squares: number("squares", g) };
    if (half === null) {
      withoutUnit += own.rows;
      continue;
    }
    const at = keys.slice(1).map((column) => {
      const key = column[g] ?? null;
      return key === null ? null : String(key);
    });
    const key = JSON.stringify(at);
    const leaf = halves.get(key) ?? { values: at, halves: [nothing, nothing] };
    halves.set(key, leaf);
    leaf.halves[half === 0 ? 0 : 1] = own;
  }
  return { leaves: [...halves.values()], withoutUnit };
}
