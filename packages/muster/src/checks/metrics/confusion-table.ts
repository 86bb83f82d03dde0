import type { Aggregate, Dimension, Groups } from "../../query/aggregate.ts";
import type { Predicate } from "../../query/predicate.ts";
import { columnOf, sumOf, trouble, undefinedFor } from "./cells.ts";
import { compareKey, type Key } from "./groups.ts";
import type { MetricColumns, MetricUndefined } from "./metric.ts";
import { both, isNegative, isPositive, isPresent, labelled, not, tally, upkeep } from "./row-conditions.ts";

/** Rows (or weight) of each true class by each predicted one. */
export interface ConfusionTable {
  readonly kind: "table";
  /** Names of the classes; against one class these are `negative` and `positive`. */
  readonly classes: readonly string[];
  /** `cells[i * classes + j]`: of true class i, predicted as j. */
  readonly cells: Float64Array;
  /** The sums of squared weights, or the cells themselves for unweighted rows. */
  readonly squares: Float64Array;
  readonly rows: number;
}

/** `pair`: the positive class against all others. `classes`: every class by every class. */
export type TableForm = "pair" | "classes";

/** Rounder than any product's classes; a label column with more is most likely a number. */
const mostClasses = 1000;

/** Why predicted classes cannot be had from these columns; null when they can. */
export function unmetPrediction(columns: MetricColumns, form: TableForm): string | null {
  if (columns.prediction === undefined && columns.score === undefined) {
    return "it needs the predicted class: a prediction column, or a score column with a threshold";
  }
  if (columns.prediction === undefined && columns.threshold === undefined) {
    return "it needs the threshold from which the score means the positive class";
  }
  if (form === "pair" && columns.positive === undefined) {
    return "it needs to know which label is the positive one";
  }
  return null;
}

/** A threshold makes two classes only; predicted classes are read as they are unless one is singled out. */
export function tableForm(columns: MetricColumns, average: string): TableForm {
  return columns.prediction === undefined || average === "binary" ? "pair" : "classes";
}

export function confusionAggregate(
  columns: MetricColumns,
  form: TableForm,
  by: readonly Dimension[],
): Aggregate {
  if (form === "classes" && columns.prediction !== undefined) {
    const keys: readonly Dimension[] = [
      { kind: "values", column: columns.label },
      { kind: "values", column: columns.prediction },
    ];
    return {
      table: columns.table,
      by: [...by, ...keys],
      values: {
        ...upkeep(columns, labelled(columns), isPresent(columns.prediction)),
        ...tally(columns, "weight", labelled(columns)),
      },
    };
  }
  const { yes, no, answered } = decisions(columns);
  return {
    table: columns.table,
    by,
    values: {
      ...upkeep(columns, labelled(columns), answered),
      ...tally(columns, "tp", both(isPositive(columns), yes)),
      ...tally(columns, "fn", both(isPositive(columns), no)),
      ...tally(columns, "fp", both(isNegative(columns), yes)),
      ...tally(columns, "tn", both(isNegative(columns), no)),
    },
  };
}

/** What the prediction column, or the score with its threshold, says of a row. */
export function decisions(columns: MetricColumns): {
  readonly yes: Predicate;
  readonly no: Predicate;
  readonly answered: Predicate;
} {
  if (columns.prediction !== undefined) {
    const answered = isPresent(columns.prediction);
    const yes: Predicate = { kind: "equals", column: columns.prediction, value: columns.positive ?? "" };
    return { yes, no: both(answered, not(yes)), answered };
  }
  // A NaN score counts as the greatest number in some engines, so it is shut out by name.
  const score = columns.score ?? "";
  const value = columns.threshold ?? 0;
  const answered = isPresent(score);
  return {
    yes: both(answered, { kind: "compare", column: score, operator: ">=", value }),
    no: both(answered, { kind: "compare", column: score, operator: "<", value }),
    answered,
  };
}

/** The table of one group. `listed` adds classes that may have no row, and gives them their order. */
export function readTable(
  cells: Groups,
  form: TableForm,
  listed: readonly string[],
): ConfusionTable | MetricUndefined {
  const wrong = trouble(cells);
  if (wrong !== null) return wrong;
  const rows = sumOf(cells, "rows");
  if (form === "pair") {
    const read = (suffix: string): Float64Array =>
      Float64Array.of(
        sumOf(cells, `tn${suffix}`),
        sumOf(cells, `fp${suffix}`),
        sumOf(cells, `fn${suffix}`),
        sumOf(cells, `tp${suffix}`),
      );
    const counts = read("");
    const squares = Object.hasOwn(cells.values, "tp_squares") ? read("_squares") : counts;
    return { kind: "table", classes: ["negative", "positive"], cells: counts, squares, rows };
  }
  const truth = cells.keys[0] ?? [];
  const predicted = cells.keys[1] ?? [];
  const classes = classNames([truth, predicted], columnOf(cells, "rows"), listed);
  if (classes.length > mostClasses) {
    return undefinedFor(`there are more than ${mostClasses} classes: is the label a number?`, rows);
  }
  const place = new Map(classes.map((name, k) => [name, k]));
  const weights = columnOf(cells, "weight");
  const weightSquares = Object.hasOwn(cells.values, "weight_squares")
    ? columnOf(cells, "weight_squares")
    : weights;
  const table = new Float64Array(classes.length * classes.length);
  const squares = new Float64Array(classes.length * classes.length);
  for (let g = 0; g < cells.count; g++) {
    const i = place.get(String(truth[g] ?? null));
    const j = place.get(String(predicted[g] ?? null));
    if (truth[g] == null || i === undefined || j === undefined) continue;
    const at = i * classes.length + j;
    table[at] = (table[at] ?? 0) + (weights[g] ?? 0);
    squares[at] = (squares[at] ?? 0) + (weightSquares[g] ?? 0);
  }
  return { kind: "table", classes, cells: table, squares, rows };
}

/** Classes of labelled rows: first those listed, then by number where all are numbers, else by code units. */
function classNames(
  columns: readonly (readonly Key[])[],
  rows: Float64Array,
  listed: readonly string[],
): readonly string[] {
  const found = new Map<string, Key>();
  for (const column of columns) {
    for (let g = 0; g < column.length; g++) {
      const key = column[g] ?? null;
      if (key !== null && (rows[g] ?? 0) > 0) found.set(String(key), key);
    }
  }
  for (const name of listed) found.delete(name);
  const numbers = Array.from(found.keys(), Number);
  const names = numbers.every((value) => !Number.isNaN(value))
    ? Array.from(found.keys()).sort((a, b) => Number(a) - Number(b))
    : Array.from(found.keys()).sort(compareKey);
  return [...listed, ...names];
}
