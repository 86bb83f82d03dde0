import { type Aggregate, type Dimension, offLine } from "../../query/aggregate.ts";
import type { Expression } from "../../query/expression.ts";
import { identity } from "../../query/identity.ts";
import type { AggregateAnswer } from "../engine.ts";
import { inKeyOrder } from "../key-order.ts";
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
  readonly dimension: Cuts;
  /** Aggregates of the least and greatest of the same numbers. */
  readonly extremes: { readonly at: number; readonly aggregate: Aggregate }[];
}

type Cuts = Dimension & { readonly kind: "cuts" };

/** What is needed of a connection here. */
interface Doubles {
  rows(sql: string): Promise<readonly (readonly unknown[])[]>;
  eachDoubles(sql: string, take: TakeDoubles): Promise<void>;
}

/**
 * Rows counted between the cut points of single columns, many columns at a time, here and not in DuckDB: its `histogram`
 * searches among the edges for each value, which takes several times as long as a `PlaceCounter` on one processor and
 * about as long on four. Drift on a wide table is nothing else. The least and the greatest of the same numbers come with it.
 */
export class CutCounts {
  /** Aggregates that no counter can answer, by their place among all. */
  readonly others: ReadonlyMap<number, Aggregate>;
  private readonly groups: readonly { readonly columns: SqlColumns; readonly of: readonly Wanted[] }[];

  constructor(aggregates: readonly Aggregate[], columnsOf: (table: string) => SqlColumns) {
    const counted = new Map<string, Wanted>();
    const wanted: Wanted[] = [];
    const others = new Map<number, Aggregate>();
    for (const [at, aggregate] of aggregates.entries()) {
      const dimension = onlyCounts(aggregate);
      if (dimension === undefined) {
        others.set(at, aggregate);
        continue;
      }
      // Checked before anything runs.
      cutOperand(columnsOf(aggregate.table), dimension);
      const one: Wanted = { at, aggregate, dimension, extremes: [] };
      wanted.push(one);
      counted.set(numbersOf(aggregate, dimension.of), one);
    }
    for (const [at, aggregate] of [...others]) {
      const of = onlyExtremes(aggregate);
      const beside = of === undefined ? undefined : counted.get(numbersOf(aggregate, of));
      if (beside === undefined) continue;
      beside.extremes.push({ at, aggregate });
      others.delete(at);
    }
    this.others = others;
    const groups = new Map<string, Wanted[]>();
    for (const one of wanted) {
      const { table, where } = one.aggregate;
      const key = JSON.stringify([table, where === undefined ? "" : predicateSql(columnsOf(table), where)]);
      const group = groups.get(key) ?? [];
      groups.set(key, group);
      group.push(one);
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

  /**
   * The answers by place, and the aggregates that are still to be asked: an extreme that lies between the cut points is
   * not known from counting.
   */
  async count(connection: Doubles): Promise<{
    readonly answers: ReadonlyMap<number, AggregateAnswer>;
    readonly left: ReadonlyMap<number, Aggregate>;
  }> {
    const answers = new Map<number, AggregateAnswer>();
    const left = new Map<number, Aggregate>();
    for (const { columns, of } of this.groups) {
      const { query, found } = await count(columns, of, connection);
      for (const [i, one] of of.entries()) {
        const { byPlace, least, greatest } = found[i] ?? { byPlace: new Map(), least: null, greatest: null };
        const counts = Float64Array.from(byPlace.values());
        const values = Object.fromEntries(Object.keys(one.aggregate.values).map((name) => [name, counts]));
        const groups = inKeyOrder({ count: byPlace.size, keys: [[...byPlace.keys()]], values });
        answers.set(one.at, { groups, query });
        for (const { at, aggregate } of one.extremes) {
          const ends = Object.entries(aggregate.values).map(
            ([name, { fn }]) => [name, fn === "min" ? least : greatest] as const,
          );
          if (ends.some(([, end]) => end === null)) left.set(at, aggregate);
          else {
            const all = Object.fromEntries(
              ends.map(([name, end]) => [name, Float64Array.of(end ?? Number.NaN)]),
            );
            answers.set(at, { groups: { count: 1, keys: [], values: all }, query });
          }
        }
      }
    }
    return { answers, left };
  }
}

/** The same text for the same numbers of the same rows. */
function numbersOf({ table, where }: Aggregate, of: Expression): string {
  return identity({ table, where, of });
}

function onlyCounts({ by, values, among, lists }: Aggregate): Cuts | undefined {
  const [dimension] = by;
  const plain = Object.values(values).every(
    (measure) => measure.fn === "count" && measure.where === undefined,
  );
  if (among !== undefined || lists !== undefined) return undefined;
  return by.length === 1 && dimension?.kind === "cuts" && plain ? dimension : undefined;
}

/** The expression whose finite extremes over all rows are all that is asked for. */
function onlyExtremes({ by, values, among, lists }: Aggregate): Expression | undefined {
  if (by.length > 0 || among !== undefined || lists !== undefined) return undefined;
  let found: Expression | undefined;
  for (const measure of Object.values(values)) {
    if ((measure.fn !== "min" && measure.fn !== "max") || measure.where !== undefined) return undefined;
    if (found !== undefined && identity(found) !== identity(measure.of)) return undefined;
    found = measure.of;
  }
  return found?.kind === "raw" ? undefined : found;
}

interface Found {
  readonly byPlace: Map<number | null, number>;
  readonly least: number | null;
  readonly greatest: number | null;
}

async function count(
  columns: SqlColumns,
  of: readonly Wanted[],
  connection: Doubles,
): Promise<{ readonly query: string; readonly found: readonly Found[] }> {
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
  const found = counters.map((counter, i): Found => {
    const byPlace: Map<number | null, number> = counter.byPlace();
    const absent = missing[i] ?? 0;
    const nans = (byPlace.get(offLine.nan) ?? 0) - absent;
    if (nans > 0) byPlace.set(offLine.nan, nans);
    else byPlace.delete(offLine.nan);
    if (absent > 0) byPlace.set(null, absent);
    return { byPlace, ...counter.extremes };
  });
  return { query, found };
}
