import { type Aggregate, type Groups, offLine } from "../../query/aggregate.ts";
import { column, type Expression } from "../../query/expression.ts";
import { momentsOf } from "../../stats/moments.ts";
import { type WeightedValues, weightedValues } from "../../stats/weighted-values.ts";
import { mostCounted, mostDistinct } from "./distinct-estimate.ts";
import type { Draft, Look, NumberSurvey, SampleCells } from "./survey-column.ts";

/** How a number, a moment or the length of a text is counted: every value, or the rows between its cut points. */
export function numbers({ table, one, column: type, cells, rows, total }: Look): Draft {
  const byLength = type.type === "string";
  const finite = finiteOf(cells, byLength);
  const sample = weightedValues(finite);
  const cuts = one.cuts(sample);
  const head = { kind: "numbers", of: byLength ? "length" : "value", sample, cuts } as const;
  const base = { wanted: one, column: type };
  if (rows >= total) {
    const off = offLineOf(cells);
    return { ...base, reads: [], finish: () => ({ ...head, ...off, ...ofAll(sample, cuts) }) };
  }
  const of: Expression = byLength
    ? { kind: "text_length", column: one.name }
    : type.type === "datetime"
      ? { kind: "epoch_ms", column: one.name }
      : column(one.name);
  const onlyCells = one.tooMany === true || one.onlyCells === true;
  const few =
    one.countAll === true || (!onlyCells && mostDistinct(sample.masses, finite.length, total) <= mostCounted);
  const places = (at: readonly number[]): Aggregate => ({
    table,
    by: [{ kind: "cuts", of, cuts: at }],
    values: { rows: { fn: "count" } },
  });
  if (few) {
    const exact: Aggregate = { table, by: [{ kind: "number", of }], values: { rows: { fn: "count" } } };
    return {
      ...base,
      reads: [exact, places([])],
      finish: ([groups, off]) => {
        const keys = groups?.keys[0] ?? [];
        const kept = keys.flatMap((key, i) => (key === null ? [] : [i]));
        const all = weightedValues(
          kept.map((i) => Number(keys[i])),
          kept.map((i) => groups?.values.rows?.[i] ?? 0),
        );
        return { ...head, ...offLineIn(off), ...ofAll(all, cuts) };
      },
    };
  }
  // The middle of the sample as a shift keeps the digits of the sum of squares.
  const shift: Expression = { kind: "constant", value: onlyCells ? 0 : momentsOf(finite).mean };
  const apart: Expression = { kind: "difference_of", left: of, right: shift };
  const sums = (raw: boolean): Aggregate => {
    const given = (inner: Expression): Expression => (raw ? { kind: "raw", of: inner } : inner);
    return {
      table,
      by: [],
      values: {
        min: { fn: "min", of: given(of) },
        max: { fn: "max", of: given(of) },
        ...(onlyCells
          ? {}
          : {
              sum: { fn: "sum", of: given(apart) },
              squares: { fn: "sum", of: given({ kind: "product_of", terms: [apart, apart] }) },
            }),
      },
    };
  };
  return {
    ...base,
    // Nothing has to be kept out of most columns, and looking for it costs more than the sums. Extremes alone are found
    // while counting.
    reads: [places(cuts), sums(!onlyCells)],
    instead: ([, summed]) =>
      onlyCells || Object.values(summed?.values ?? {}).every((value) => Number.isFinite(value[0]))
        ? []
        : [sums(false)],
    finish: ([placed, optimistic], [guarded]) => {
      const summed = guarded ?? optimistic;
      const at = (name: string): number => summed?.values[name]?.[0] ?? Number.NaN;
      const counts = new Float64Array(cuts.length + 1);
      for (const [i, key] of (placed?.keys[0] ?? []).entries()) {
        if (key !== null && Number(key) >= 0) counts[Number(key)] = placed?.values.rows?.[i] ?? 0;
      }
      const n = counts.reduce((sum, count) => sum + count, 0);
      const mean = shift.value + at("sum") / n;
      const m2 = Math.max(0, at("squares") - at("sum") ** 2 / n);
      const moments = { n, mean, m2 };
      return { ...head, ...offLineIn(placed), all: null, counts, min: at("min"), max: at("max"), moments };
    },
  };
}

function finiteOf(cells: SampleCells, byLength: boolean): Float64Array {
  if (cells instanceof Float64Array) {
    const finite = new Float64Array(cells.length);
    let n = 0;
    for (const cell of cells) if (Number.isFinite(cell)) finite[n++] = cell;
    return finite.subarray(0, n);
  }
  const kept: number[] = [];
  for (const cell of cells) {
    if (cell === null) continue;
    const value = byLength ? Array.from(String(cell)).length : Number(cell);
    if (Number.isFinite(value)) kept.push(value);
  }
  return Float64Array.from(kept);
}

function ofAll(
  all: WeightedValues,
  cuts: readonly number[],
): Pick<NumberSurvey, "all" | "counts" | "min" | "max" | "moments"> {
  const counts = new Float64Array(cuts.length + 1);
  let cell = 0;
  let sum = 0;
  for (let i = 0; i < all.values.length; i++) {
    const value = all.values[i] ?? 0;
    const mass = all.masses[i] ?? 0;
    while (cell < cuts.length && value >= (cuts[cell] ?? 0)) cell++;
    counts[cell] = (counts[cell] ?? 0) + mass;
    sum += (value - (all.values[0] ?? 0)) * mass;
  }
  const mean = (all.values[0] ?? 0) + sum / all.total;
  let m2 = 0;
  for (let i = 0; i < all.values.length; i++) m2 += (all.masses[i] ?? 0) * ((all.values[i] ?? 0) - mean) ** 2;
  return {
    all,
    counts,
    min: all.values[0] ?? Number.NaN,
    max: all.values.at(-1) ?? Number.NaN,
    moments: { n: all.total, mean, m2 },
  };
}

type OffLine = Pick<NumberSurvey, "missing" | "nan" | "negativeInfinity" | "positiveInfinity">;

function offLineOf(cells: SampleCells): OffLine {
  const count = (holds: (cell: unknown) => boolean): number =>
    Array.from(cells as ArrayLike<unknown>).filter(holds).length;
  return {
    missing: count((cell) => cell === null),
    nan: count((cell) => Number.isNaN(cell)),
    negativeInfinity: count((cell) => cell === Number.NEGATIVE_INFINITY),
    positiveInfinity: count((cell) => cell === Number.POSITIVE_INFINITY),
  };
}

function offLineIn(groups: Groups | undefined): OffLine {
  const at = (wanted: number | null): number => {
    const i = groups?.keys[0]?.indexOf(wanted) ?? -1;
    return i < 0 ? 0 : (groups?.values.rows?.[i] ?? 0);
  };
  return {
    missing: at(null),
    nan: at(offLine.nan),
    negativeInfinity: at(offLine.negativeInfinity),
    positiveInfinity: at(offLine.positiveInfinity),
  };
}
