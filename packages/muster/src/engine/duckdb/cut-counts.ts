import { type Aggregate, type Dimension, offLine } from "../../query/aggregate.ts";
import type { AggregateAnswer } from "../engine.ts";
import { PlaceCounter } from "../place-counter.ts";
import type { SqlColumns } from "../sql-columns.ts";
import { cutOperand } from "../sql-dimension.ts";
import { doubleLiteral } from "../sql-literal.ts";
import { predicateSql } from "../sql-predicate.ts";
import type { TakeDoubles } from "./each-doubles.ts";

/** Columns of one statement: a chunk of so many doubles is 2 MB. */
const mostColumns = 128;

interface Wanted {
  /** The place of the aggregate among all. */
  readonly at: number;
  readonly aggregate: Aggregate;
  readonly dimension: Dimension & { readonly kind: "cuts" };
}

/** What is needed of a connection here. */
interface Doubles {
  rows(sql: string): Promise<readonly (readonly unknown[])[]>;
  eachDoubles(sql: string, take: TakeDoubles): Promise<void>;
}

/**
 * Rows counted between the cut points of single columns, many columns at a time, here and not in DuckDB: its `histogram`
 * searches among the edges for each value, which takes several times as long as a `PlaceCounter` on one processor and
 * about as long on four. Drift on a wide table is nothing else.
 */
export class CutCounts {
  /** What is left for ordinary statements, in its order. */
  readonly others: readonly Aggregate[];
  private readonly wanted: readonly Wanted[];
  private readonly groups: readonly { readonly columns: SqlColumns; readonly of: readonly Wanted[] }[];

  constructor(aggregates: readonly Aggregate[], columnsOf: (table: string) => SqlColumns) {
    const wanted: Wanted[] = [];
    const others: Aggregate[] = [];
    for (const [at, aggregate] of aggregates.entries()) {
      const dimension = onlyCounts(aggregate);
      if (dimension === undefined) others.push(aggregate);
      else wanted.push({ at, aggregate, dimension });
    }
    this.others = others;
    this.wanted = wanted;
    const groups = new Map<string, Wanted[]>();
    for (const one of wanted) {
      const where =
        one.aggregate.where === undefined
          ? ""
          : predicateSql(columnsOf(one.aggregate.table), one.aggregate.where);
      const key = JSON.stringify([one.aggregate.table, where]);
      const group = groups.get(key) ?? [];
      groups.set(key, group);
      group.push(one);
      // Checked before anything runs.
      cutOperand(columnsOf(one.aggregate.table), one.dimension);
    }
    this.groups = [...groups.values()].flatMap((of) => {
      const columns = columnsOf(of[0]?.aggregate.table ?? "");
      const parts = Math.ceil(of.length / mostColumns);
      return Array.from({ length: parts }, (_, p) => ({
        columns,
        of: of.slice(p * mostColumns, (p + 1) * mostColumns),
      }));
    });
  }

  /** The answers to all aggregates in their order, given those to `others`. */
  async mergeInto(
    others: readonly AggregateAnswer[],
    connection: Doubles,
  ): Promise<readonly AggregateAnswer[]> {
    const found = new Map<number, AggregateAnswer>();
    for (const { columns, of } of this.groups) {
      for (const [i, answer] of (await count(columns, of, connection)).entries()) {
        const one = of[i];
        if (one !== undefined) found.set(one.at, answer);
      }
    }
    const rest = others[Symbol.iterator]();
    return Array.from(
      { length: this.others.length + this.wanted.length },
      (_, at) => found.get(at) ?? (rest.next().value as AggregateAnswer),
    );
  }
}

function onlyCounts({
  by,
  values,
  among,
  lists,
}: Aggregate): (Dimension & { readonly kind: "cuts" }) | undefined {
  const [dimension] = by;
  const plain = Object.values(values).every(
    (measure) => measure.fn === "count" && measure.where === undefined,
  );
  if (among !== undefined || lists !== undefined) return undefined;
  return by.length === 1 && dimension?.kind === "cuts" && plain ? dimension : undefined;
}

async function count(
  columns: SqlColumns,
  of: readonly Wanted[],
  connection: Doubles,
): Promise<readonly AggregateAnswer[]> {
  const q = (name: string): string => columns.quote(name);
  const where = of[0]?.aggregate.where;
  const from =
    `FROM (SELECT ${of.map(({ dimension }, i) => `CAST(${cutOperand(columns, dimension)} AS DOUBLE) AS ${q(`x${i}`)}`).join(", ")} ` +
    `FROM ${q(columns.table)}${where === undefined ? "" : ` WHERE ${predicateSql(columns, where)}`}) AS ${q("rows")}`;
  // Often known from the headers of the files. What is missing is streamed as NaN, as looking at each value's own mark is slow.
  const present = of.map((_, i) => `COUNT(${q(`x${i}`)})`);
  const [[all, ...filled] = []] = await connection.rows(`SELECT COUNT(*), ${present.join(", ")} ${from}`);
  const missing = filled.map((rows) => Number(all) - Number(rows));
  const nan = doubleLiteral(Number.NaN);
  const selected = of.map((_, i) => ((missing[i] ?? 0) > 0 ? `COALESCE(${q(`x${i}`)}, ${nan})` : q(`x${i}`)));
  const query = `SELECT ${selected.join(", ")} ${from}`;
  const counters = of.map(({ dimension }) => new PlaceCounter(dimension.cuts));
  await connection.eachDoubles(query, (i, numbers, rows) => counters[i]?.add(numbers, rows));
  return of.map(({ aggregate }, i) => {
    const byPlace: Map<number | null, number> = counters[i]?.byPlace() ?? new Map();
    const absent = missing[i] ?? 0;
    const nans = (byPlace.get(offLine.nan) ?? 0) - absent;
    if (nans > 0) byPlace.set(offLine.nan, nans);
    else byPlace.delete(offLine.nan);
    if (absent > 0) byPlace.set(null, absent);
    const counts = Float64Array.from(byPlace.values());
    return {
      groups: {
        count: byPlace.size,
        keys: [[...byPlace.keys()]],
        values: Object.fromEntries(Object.keys(aggregate.values).map((name) => [name, counts])),
      },
      query,
    };
  });
}
