import type { Engine } from "../../engine/engine.ts";
import { other } from "../../query/aggregate.ts";
import { mostCounted, mostDistinct } from "./distinct-estimate.ts";
import type { Draft, Look, SampleCells } from "./survey-column.ts";

/** Texts of so many values that they are not counted one by one; asked of the engine where the sample leaves it open. */
export async function withTooMany(
  engine: Engine,
  table: string,
  texts: readonly string[],
  columns: Readonly<Record<string, SampleCells>>,
  signal: AbortSignal | undefined,
): Promise<ReadonlySet<string>> {
  const many = new Set<string>();
  const open: string[] = [];
  for (const name of texts) {
    const cells = columns[name] ?? [];
    const counts = countTexts(cells);
    if (counts.size > mostCounted / 5) many.add(name);
    else if (mostDistinct(counts.values(), cells.length, engine.info(table).rows) > mostCounted)
      open.push(name);
  }
  const answers = await engine.aggregate(
    open.map((name) => ({ table, by: [], values: { n: { fn: "count_distinct", column: name } } })),
    signal,
  );
  for (const [i, { groups }] of answers.entries()) {
    if (Number(groups.values.n?.[0]) > mostCounted) many.add(open[i] ?? "");
  }
  return many;
}

function countTexts(cells: SampleCells): Map<string, number> {
  const counts = new Map<string, number>();
  for (const cell of cells) if (cell !== null) counts.set(String(cell), (counts.get(String(cell)) ?? 0) + 1);
  return counts;
}

/** Values by their rows, most frequent first, ties in the order of their text. */
export function byFrequency(counts: ReadonlyMap<string, number>): [string, number][] {
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}

/** How a text or a boolean is counted: every value where that is possible, else the listed ones. */
export function categories({ table, one, column: type, cells, rows, total }: Look, tooMany: boolean): Draft {
  const base = { wanted: one, column: type };
  const seen = countTexts(cells);
  if (rows >= total) {
    const missing = Array.from(cells as ArrayLike<unknown>).filter((cell) => cell === null).length;
    return {
      ...base,
      reads: [],
      finish: () => ({ kind: "categories", missing, counts: seen, complete: true, rest: 0 }),
    };
  }
  const listed = tooMany ? one.listed(byFrequency(seen).map(([value]) => value)) : null;
  const by =
    listed === null
      ? ({ kind: "values", column: one.name } as const)
      : ({ kind: "listed", column: one.name, values: listed } as const);
  return {
    ...base,
    reads: [{ table, by: [by], values: { rows: { fn: "count" } } }],
    finish: ([groups]) => {
      const counts = new Map<string, number>(listed?.map((value) => [value, 0] as const) ?? []);
      let [missing, rest] = [0, 0];
      for (const [i, key] of (groups?.keys[0] ?? []).entries()) {
        const n = groups?.values.rows?.[i] ?? 0;
        if (key === null) missing = n;
        else if (listed !== null && key === other) rest = n;
        else counts.set(String(key), n);
      }
      return { kind: "categories", missing, counts, complete: listed === null, rest };
    },
  };
}
