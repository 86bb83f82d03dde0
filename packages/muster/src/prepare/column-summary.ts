import type { Engine } from "../engine/engine.ts";
import type { Aggregate } from "../query/aggregate.ts";
import { column } from "../query/expression.ts";
import { MusterError } from "../source/muster-error.ts";
import { inCodePointOrder } from "../transform/order.ts";
import { orderStatistics } from "./order-statistics.ts";
import {
  atRanks,
  momentsOf,
  mostFrequent,
  mostFrequentValues,
  quantileRanks,
  quantilesOf,
  type ValueCounts,
} from "./statistics.ts";

/** What is asked of a column. `middle`: the median of numbers, the most frequent of texts. */
export type Need =
  | "nothing"
  | "moments"
  | "ends"
  | "frequent"
  | "middle"
  | { readonly quantiles: readonly number[] }
  /** Its values, at most so many: with `cut` the most frequent ones, else more are an error. */
  | { readonly values: number; readonly cut: boolean };

export interface ColumnSummary {
  /** `moments`: mean and deviation; `ends`: lowest and highest; else the quantiles asked for. */
  readonly numbers?: readonly number[];
  readonly values?: readonly (string | number)[];
}

export interface Wanted {
  readonly column: string;
  readonly text: boolean;
  readonly need: Need;
}

/** Up to here the distinct values of a column are counted one by one, and everything follows from the counts. */
const mostCounted = 100_000;
/** Above it one_hot, ordinal and impute do not look for the most frequent values any more. */
const mostDistinct = 1_000_000;

/**
 * Summaries of columns, in the order asked. With few distinct values everything is computed from their counts in rising
 * order, so that the same data always gives the same bits. With many, sums come from the engine, whose last digits depend
 * on the order of its threads: means and deviations are then rounded to 12 significant digits.
 */
export async function summarize(
  engine: Engine,
  table: string,
  wanted: readonly Wanted[],
  signal?: AbortSignal,
): Promise<readonly ColumnSummary[]> {
  const sized = await engine.aggregate(
    wanted.map((each) => sizeOf(table, each)),
    signal,
  );
  const sizes = sized.map(
    ({ groups }) =>
      (name: string): number =>
        groups.values[name]?.[0] ?? Number.NaN,
  );
  const counted = wanted.map((each, i) => (sizes[i]?.("distinct") ?? 0) <= limitOf(each));
  const answers = await engine.aggregate(
    wanted.filter((_, i) => counted[i]).map((each) => countsOf(table, each)),
    signal,
  );
  const summaries: ColumnSummary[] = [];
  let next = 0;
  for (const [i, each] of wanted.entries()) {
    if (counted[i]) {
      const groups = answers[next++]?.groups;
      const values = (groups?.keys[0] ?? []) as readonly (string | number | null)[];
      summaries.push(fromCounts(each, valueCounts(values, groups?.values.rows ?? new Float64Array())));
    } else {
      summaries.push(await ofMany(engine, table, each, sizes[i] ?? (() => Number.NaN), signal));
    }
  }
  return summaries;
}

const limitOf = ({ text, need }: Wanted): number =>
  text || need === "frequent" || (typeof need === "object" && "values" in need) ? mostDistinct : mostCounted;

function sizeOf(table: string, { column: name, text }: Wanted): Aggregate {
  const of = column(name);
  return {
    table,
    by: [],
    values: {
      distinct: { fn: "count_distinct", column: name },
      ...(text
        ? {}
        : {
            present: { fn: "count", where: { kind: "is_finite", column: name } },
            sum: { fn: "sum", of },
            min: { fn: "min", of },
            max: { fn: "max", of },
          }),
    },
  };
}

const countsOf = (table: string, { column: name, text }: Wanted): Aggregate => ({
  table,
  by: [text ? { kind: "values", column: name } : { kind: "number", of: column(name) }],
  values: { rows: { fn: "count" } },
});

function valueCounts(keys: readonly (string | number | null)[], rows: Float64Array): ValueCounts {
  const places = keys
    .map((key, i) => ({ key, rows: rows[i] ?? 0 }))
    .filter((each): each is { key: string | number; rows: number } => each.key !== null)
    .sort((a, b) => inCodePointOrder(a.key, b.key));
  return {
    values: places.map(({ key }) => key),
    counts: places.map((each) => each.rows),
    rows: places.reduce((sum, each) => sum + each.rows, 0),
  };
}

function fromCounts({ text, need }: Wanted, counts: ValueCounts): ColumnSummary {
  if (counts.rows === 0) return {};
  const asked = need === "middle" ? (text ? "frequent" : { quantiles: [0.5] }) : need;
  if (asked === "moments") {
    const { mean, deviation } = momentsOf(counts);
    return { numbers: [mean, deviation] };
  }
  if (asked === "ends") return { numbers: [Number(counts.values[0]), Number(counts.values.at(-1))] };
  if (asked === "frequent") return { values: [mostFrequent(counts)] };
  if (asked === "nothing") return {};
  if ("quantiles" in asked) {
    const ordered = atRanks(counts, quantileRanks(counts.rows, asked.quantiles));
    return { numbers: quantilesOf(counts.rows, asked.quantiles, ordered) };
  }
  if (!asked.cut && counts.values.length > asked.values) throw tooMany(counts.values.length, asked.values);
  return { values: mostFrequentValues(counts, asked.values) };
}

async function ofMany(
  engine: Engine,
  table: string,
  { column: name, text, need }: Wanted,
  size: (name: string) => number,
  signal: AbortSignal | undefined,
): Promise<ColumnSummary> {
  const asked = need === "middle" && !text ? { quantiles: [0.5] } : need;
  if (text || asked === "frequent" || asked === "middle" || (typeof asked === "object" && "values" in asked))
    throw tooMany(size("distinct"), mostDistinct);
  const rows = size("present");
  if (asked === "ends") return { numbers: [size("min"), size("max")] };
  if (asked === "moments") {
    const mean = size("sum") / rows;
    const off = {
      kind: "difference_of",
      left: column(name),
      right: { kind: "constant", value: mean },
    } as const;
    const [answer] = await engine.aggregate(
      [{ table, by: [], values: { squares: { fn: "sum", of: { kind: "product_of", terms: [off, off] } } } }],
      signal,
    );
    const squares = answer?.groups.values.squares?.[0] ?? Number.NaN;
    return { numbers: [mean, Math.sqrt(squares / rows)].map((value) => Number(value.toPrecision(12))) };
  }
  if (asked === "nothing") return {};
  const ranks = quantileRanks(rows, asked.quantiles);
  const ordered = await orderStatistics(engine, table, name, ranks, [size("min"), size("max")], signal);
  return { numbers: quantilesOf(rows, asked.quantiles, ordered) };
}

function tooMany(values: number, most: number): MusterError {
  return new MusterError(
    "engine/too-large",
    `A column to be encoded has ${values} distinct values, more than ${most}.`,
    {
      hint: "State {one_hot: {max_values: ..}}, or use hash, which needs no list.",
    },
  );
}
