import type { Derivers } from "../checks/metrics/deriver.ts";
import { derivers } from "../checks/metrics/derivers.ts";
import { splitGroups } from "../checks/metrics/groups.ts";
import type { Metric, MetricInput, MetricResult } from "../checks/metrics/metric.ts";
import { bucketOf, type Unit, unitFacts, unitInput } from "../checks/metrics/unit-facts.ts";
import type { Engine } from "../engine/engine.ts";
import { unknownColumn } from "../engine/unknown-column.ts";
import type { Aggregate, Dimension, Groups } from "../query/aggregate.ts";
import { columnsOf } from "../query/columns.ts";
import { type Derivation, isDerivedBy } from "../query/derivation.ts";
import { invariant, MusterError } from "../source/muster-error.ts";
import { DerivedTable } from "./derive-columns.ts";

/** What to measure on a table that is attached to the engine. `input` is sound: `metric.unmet` says null of it. */
export interface Measuring {
  readonly metric: Metric;
  readonly input: MetricInput;
  /** What the rows are grouped by, all of it together; none for the whole table alone. */
  readonly by: readonly Dimension[];
  /** Which rows are of one unit; intervals then take units and not rows as independent. */
  readonly unit?: Unit;
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
export async function measure(engine: Engine, what: Measuring, signal?: AbortSignal): Promise<Measured> {
  const [measured] = await measureAll(engine, [what], signal);
  invariant(measured !== undefined, "a metric without an answer");
  return measured;
}

/** Measures several metrics, in their order, in as few scans as their reads allow. */
export async function measureAll(
  engine: Engine,
  whats: readonly Measuring[],
  signal?: AbortSignal,
): Promise<readonly Measured[]> {
  const reads = whats.map(readsOf);
  const tables = new Map<string, DerivedTable>();
  const asked: Aggregate[] = [];
  for (const [i, { input, derivers: own }] of whats.entries()) {
    const { table } = input.columns;
    const { derive, aggregates } = reads[i] ?? { derive: [], aggregates: [] };
    checkColumns(engine, table, derive, aggregates);
    const derived =
      tables.get(table) ?? new DerivedTable(engine, table, new Map([...derivers, ...(own ?? [])]));
    tables.set(table, derived);
    const from = derive.length === 0 ? table : await derived.with(derive, signal);
    asked.push(...aggregates.map((aggregate) => ({ ...aggregate, table: from })));
  }
  const answers = await engine.aggregate(asked, signal);
  let next = 0;
  return whats.map((what) => {
    const { metric, input, by, unit } = what;
    const all = answers[next++]?.groups;
    const grouped = by.length === 0 ? undefined : answers[next++]?.groups;
    const [ofAll, ofGroups] = unitAggregates(what).map(() => answers[next++]?.groups);
    const unitParts = ofGroups === undefined ? [] : splitGroups(ofGroups, by.length);
    const own = unitInput(metric, input, unit);
    const withUnits = (result: MetricResult, cells: Groups | undefined): MetricResult =>
      result.kind !== "value" || own === null || unit === undefined
        ? result
        : { ...result, facts: { ...result.facts, ...unitFacts(metric, own, unit, cells ?? null) } };
    if (all === undefined) throw new MusterError("engine/failed", "The data engine gave no answer.");
    const parts = grouped === undefined ? [] : splitGroups(grouped, by.length);
    return {
      all: withUnits(metric.finish(input, all), ofAll),
      groups: parts.map(({ keys, cells }, i) => {
        // Split in the order of their keys, the same groups stand in the same places.
        return { keys, result: withUnits(metric.finish(input, cells), unitParts[i]?.cells) };
      }),
    };
  });
}

/** What a metric reads: the columns that it takes from rows, and its aggregates in the order of their answers. */
export function readsOf({ metric, input, by, unit }: Measuring): {
  readonly derive: readonly Derivation[];
  readonly aggregates: readonly Aggregate[];
} {
  return {
    derive: metric.derive?.(input) ?? [],
    aggregates: [
      metric.aggregate(input, []),
      ...(by.length === 0 ? [] : [metric.aggregate(input, by)]),
      ...unitAggregates({ metric, input, by, ...(unit === undefined ? {} : { unit }) }),
    ],
  };
}

/** What the intervals need to know of units, of all rows and of the groups. */
function unitAggregates({ metric, input, by, unit }: Measuring): readonly Aggregate[] {
  const own = unitInput(metric, input, unit);
  if (own === null || unit === undefined) return [];
  const aggregate = (groups: readonly Dimension[]): Aggregate =>
    metric.aggregate(own, [...groups, bucketOf(unit)]);
  return by.length === 0 ? [aggregate([])] : [aggregate([]), aggregate(by)];
}

/** Throws `engine/unknown-column` for a column that the table has not. */
export function checkColumns(
  engine: Engine,
  table: string,
  derive: readonly Derivation[],
  aggregates: readonly Aggregate[],
): void {
  const known = new Set(engine.info(table).columns.map(({ name }) => name));
  const read = [
    ...derive.flatMap(({ columns }) => Object.values(columns)),
    ...aggregates.flatMap(columnsOf).filter((c) => !derive.some((one) => isDerivedBy(one, c))),
  ];
  for (const column of read) if (!known.has(column)) throw unknownColumn(column, table, [...known]);
}
