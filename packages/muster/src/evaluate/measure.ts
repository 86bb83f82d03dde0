import type { Derivers } from "../checks/metrics/deriver.ts";
import { derivers } from "../checks/metrics/derivers.ts";
import { splitGroups } from "../checks/metrics/groups.ts";
import type { Metric, MetricInput, MetricResult } from "../checks/metrics/metric.ts";
import type { Engine } from "../engine/engine.ts";
import type { Dimension } from "../query/aggregate.ts";
import { columnsOf } from "../query/columns.ts";
import { isDerivedBy } from "../query/derivation.ts";
import { MusterError } from "../source/muster-error.ts";
import { suggest } from "../source/suggest.ts";
import { DerivedTable } from "./derive-columns.ts";

/** What to measure on a table that is attached to the engine. `input` is sound: `metric.unmet` says null of it. */
export interface Measuring {
  readonly metric: Metric;
  readonly input: MetricInput;
  /** What the rows are grouped by, all of it together; none for the whole table alone. */
  readonly by: readonly Dimension[];
  /** What can take columns from rows, beside what Muster has. */
  readonly derivers?: Derivers;
}

/** The metric of all rows and, where there is something to group by, of each group that occurs. */
export interface Measured {
  readonly all: MetricResult;
  readonly groups: readonly {
    /** One key for each dimension of `by`; null: missing. */
    readonly keys: readonly (string | number | null)[];
    readonly result: MetricResult;
  }[];
}

/** Measures one metric by the code that the gate uses. Throws MusterError when the table cannot be read so. */
export async function measure(
  engine: Engine,
  { metric, input, by, derivers: own }: Measuring,
  signal?: AbortSignal,
): Promise<Measured> {
  const { table } = input.columns;
  const derive = metric.derive?.(input) ?? [];
  const aggregates = [metric.aggregate(input, []), ...(by.length === 0 ? [] : [metric.aggregate(input, by)])];
  const known = new Set(engine.info(table).columns.map(({ name }) => name));
  const read = [
    ...derive.flatMap(({ columns }) => Object.values(columns)),
    ...aggregates.flatMap(columnsOf).filter((c) => !derive.some((one) => isDerivedBy(one, c))),
  ];
  for (const column of read) if (!known.has(column)) throw absent(column, table, [...known]);
  const from =
    derive.length === 0
      ? table
      : await new DerivedTable(engine, table, new Map([...derivers, ...(own ?? [])])).with(derive, signal);
  const [all, grouped] = await engine.aggregate(
    aggregates.map((aggregate) => ({ ...aggregate, table: from })),
    signal,
  );
  if (all === undefined) throw new MusterError("engine/failed", "The data engine gave no answer.");
  return {
    all: metric.finish(input, all.groups),
    groups:
      grouped === undefined
        ? []
        : splitGroups(grouped.groups, by.length).map(({ keys, cells }) => ({
            keys,
            result: metric.finish(input, cells),
          })),
  };
}

function absent(column: string, table: string, known: readonly string[]): MusterError {
  const near = suggest(column, known);
  return new MusterError(
    "engine/unknown-column",
    `Table "${table}" has no column ${JSON.stringify(column)}.`,
    {
      hint: near === null ? `It has ${known.slice(0, 20).join(", ")}.` : `Did you mean ${near}?`,
    },
  );
}
