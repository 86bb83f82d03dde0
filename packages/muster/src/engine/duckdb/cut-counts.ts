import { type Aggregate, type Dimension, offLine } from "../../query/aggregate.ts";
import type { AggregateAnswer } from "../engine.ts";
import type { SqlColumns } from "../sql-columns.ts";
import { cutOperand } from "../sql-dimension.ts";
import { doubleLiteral } from "../sql-literal.ts";
import { predicateSql } from "../sql-predicate.ts";

/** Columns of one statement: each has its own histogram as state, and a statement this wide is still quickly planned. */
const mostColumns = 64;

interface Wanted {
  /** The place of the aggregate among all. */
  readonly at: number;
  readonly aggregate: Aggregate;
  readonly dimension: Dimension & { readonly kind: "cuts" };
}

/** The one method of a connection that is needed here. */
interface Rows {
  rows(sql: string): Promise<readonly (readonly unknown[])[]>;
}

/**
 * Rows counted between the cut points of single columns, many columns at a time: DuckDB's own `histogram` searches its
 * edges several times faster than rows can be keyed and grouped, and drift on a wide table is nothing else.
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
  async mergeInto(others: readonly AggregateAnswer[], connection: Rows): Promise<readonly AggregateAnswer[]> {
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

function onlyCounts({ by, values }: Aggregate): (Dimension & { readonly kind: "cuts" }) | undefined {
  const [dimension] = by;
  const plain = Object.values(values).every(
    (measure) => measure.fn === "count" && measure.where === undefined,
  );
  return by.length === 1 && dimension?.kind === "cuts" && plain ? dimension : undefined;
}

async function count(
  columns: SqlColumns,
  of: readonly Wanted[],
  connection: Rows,
): Promise<readonly AggregateAnswer[]> {
  const q = (name: string): string => columns.quote(name);
  const where = of[0]?.aggregate.where;
  const from =
    `FROM (SELECT ${of.map(({ dimension }, i) => `${cutOperand(columns, dimension)} AS ${q(`x${i}`)}`).join(", ")} ` +
    `FROM ${q(columns.table)}${where === undefined ? "" : ` WHERE ${predicateSql(columns, where)}`}) AS ${q("rows")}`;
  const edges = of.map(({ dimension }) => upperEdges(dimension.cuts));
  const counted = of.map((_, i) => {
    const list = `[${edges[i]?.map(doubleLiteral).join(", ")}]`;
    return `COUNT(${q(`x${i}`)}) AS ${q(`c${i}`)}, histogram(${q(`x${i}`)}, ${list}) AS ${q(`h${i}`)}`;
  });
  const selected = of.map((_, i) => `${q(`c${i}`)}, map_keys(${q(`h${i}`)}), map_values(${q(`h${i}`)})`);
  const query = `SELECT ${q("all")}, ${selected.join(", ")} FROM (SELECT COUNT(*) AS ${q("all")}, ${counted.join(", ")} ${from}) AS ${q("counts")}`;
  const [row = []] = await connection.rows(query);
  const all = Number(row[0]);
  const cells = of.map(({ dimension }, i) => {
    const [present, keys, counts] = row.slice(1 + 3 * i, 4 + 3 * i);
    const bounds = edges[i] ?? [];
    // Nothing lies below a cut at the lowest double, and so it has no edge.
    const skipped = dimension.cuts.length + 3 - bounds.length;
    return placed(bounds, skipped, Number(present), numbersOf(keys), numbersOf(counts));
  });
  await splitRests(cells, q, from, connection);
  return of.map(({ aggregate }, i) => {
    const cell = cells[i];
    const entries: [number | null, number][] = [...(cell?.byPlace ?? [])];
    const missing = all - (cell?.present ?? 0);
    if (missing > 0) entries.push([null, missing]);
    const counts = Float64Array.from(entries, ([, rows]) => rows);
    return {
      groups: {
        count: entries.length,
        keys: [entries.map(([key]) => key)],
        values: Object.fromEntries(Object.keys(aggregate.values).map((name) => [name, counts])),
      },
      query,
    };
  });
}

interface Cells {
  readonly present: number;
  readonly byPlace: Map<number, number>;
  /** Rows that are NaN or minus infinity; where a histogram puts NaN is nowhere promised. */
  readonly rest: number;
}

/** Bins of `histogram` hold what is at most their edge, so each cut becomes the largest double below it. */
function upperEdges(cuts: readonly number[]): number[] {
  const infinity = Number.POSITIVE_INFINITY;
  return [-infinity, ...cuts.map(nextBelow).filter((edge) => edge > -infinity), Number.MAX_VALUE, infinity];
}

function placed(
  edges: readonly number[],
  skipped: number,
  present: number,
  keys: readonly number[],
  counts: readonly number[],
): Cells {
  const byPlace = new Map<number, number>();
  let rest = present;
  for (const [i, key] of keys.entries()) {
    const rows = counts[i] ?? 0;
    const at = edges.indexOf(key);
    if (rows === 0 || at <= 0) continue;
    byPlace.set(at === edges.length - 1 ? offLine.positiveInfinity : at - 1 + skipped, rows);
    rest -= rows;
  }
  return { present, byPlace, rest };
}

async function splitRests(
  cells: readonly Cells[],
  q: (name: string) => string,
  from: string,
  connection: Rows,
): Promise<void> {
  const open = cells.flatMap((cell, i) => (cell.rest > 0 ? [i] : []));
  if (open.length === 0) return;
  const lowest = doubleLiteral(Number.NEGATIVE_INFINITY);
  const selected = open.map((i) => `COUNT(CASE WHEN ${q(`x${i}`)} = ${lowest} THEN 1 END)`);
  const [row = []] = await connection.rows(`SELECT ${selected.join(", ")} ${from}`);
  for (const [o, i] of open.entries()) {
    const cell = cells[i];
    const negative = Number(row[o]);
    if (cell === undefined) continue;
    if (negative > 0) cell.byPlace.set(offLine.negativeInfinity, negative);
    if (cell.rest > negative) cell.byPlace.set(offLine.nan, cell.rest - negative);
  }
}

/** A list of DuckDB, or null for no rows, as numbers. */
function numbersOf(list: unknown): readonly number[] {
  const items = typeof list === "object" && list !== null && "items" in list ? list.items : [];
  return Array.isArray(items) ? items.map(Number) : [];
}

const bits = new DataView(new ArrayBuffer(8));

/** The largest double below a finite one. */
function nextBelow(value: number): number {
  if (value === 0) return -Number.MIN_VALUE;
  bits.setFloat64(0, value);
  bits.setBigUint64(0, bits.getBigUint64(0) + (value > 0 ? -1n : 1n));
  return bits.getFloat64(0);
}
