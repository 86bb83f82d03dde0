import type { Groups, Measure } from "../../../query/aggregate.ts";
import type { Predicate } from "../../../query/predicate.ts";
import { sumOf, trouble, undefinedFor } from "../cells.ts";
import type { ClassColumn, MetricColumns, MetricUndefined } from "../metric.ts";
import { both, isPresent, not, upkeep } from "../row-conditions.ts";

/** More classes than any table of labels is read by. */
const mostClasses = 500;

const none: readonly ClassColumn[] = [];

/** One class of several that a row may have at once. */
export interface LabelColumn {
  readonly name: string;
  readonly has: Predicate;
  readonly hasNot: Predicate;
  readonly predicted: Predicate;
  readonly notPredicted: Predicate;
}

/** Why several labels a row cannot be read from these columns; null when they can. */
export function unmetLabels(columns: MetricColumns, needs: "predictions" | "scores"): string | null {
  const labels = columns.labels ?? none;
  if (labels.length === 0 || labels.length > mostClasses) return `it needs 1 to ${mostClasses} label columns`;
  const names = new Set(labels.map((one) => String(one.class)));
  if (names.size < labels.length) return "a class has more than one label column";
  const scored = needs === "scores" || columns.predictions === undefined;
  const answers = (scored ? columns.scores : columns.predictions) ?? none;
  const known = new Set(answers.map((one) => String(one.class)));
  const what = scored ? "score" : "predicted";
  if (known.size < answers.length) return `a class has more than one ${what} column`;
  const without = [...names].find((name) => !known.has(name));
  if (without !== undefined) return `class ${without} needs its ${what} column`;
  const extra = [...known].find((name) => !names.has(name));
  if (extra !== undefined) return `class ${extra} has a ${what} column and no label column`;
  if (needs === "predictions" && scored && columns.threshold === undefined) {
    return "it needs the threshold from which a score means that the row has the label";
  }
  return null;
}

/** The column that answers for a class: its predicted label, or its score. */
export function answerColumn(
  columns: MetricColumns,
  own: ClassColumn,
  needs: "predictions" | "scores",
): string {
  const answers = needs === "scores" ? columns.scores : (columns.predictions ?? columns.scores);
  return answers?.find((one) => String(one.class) === String(own.class))?.column ?? "";
}

/** The classes in their order, each with its conditions on a row. Call only when nothing is unmet. */
export function labelColumns(columns: MetricColumns): readonly LabelColumn[] {
  return (columns.labels ?? none).map((own) => {
    const answer = answerColumn(columns, own, "predictions");
    const byScore = columns.predictions === undefined;
    const value = columns.threshold ?? 0;
    return {
      name: String(own.class),
      has: isOne(own.column),
      hasNot: isZero(own.column),
      predicted: byScore
        ? both(isPresent(answer), { kind: "compare", column: answer, operator: ">=", value })
        : isOne(answer),
      notPredicted: byScore
        ? both(isPresent(answer), { kind: "compare", column: answer, operator: "<", value })
        : isZero(answer),
    };
  });
}

const isOne = (column: string): Predicate => ({ kind: "equals", column, value: 1 });
const isZero = (column: string): Predicate => ({ kind: "equals", column, value: 0 });

/** Rows with a label column that has a value; those without any are left out as unlabelled. */
export function anyLabel(columns: MetricColumns): Predicate {
  return { kind: "any", of: (columns.labels ?? none).map((own) => isPresent(own.column)) };
}

/** Counts of rows by which `labelTrouble` tells whether several labels a row can be trusted. */
export function labelUpkeep(
  columns: MetricColumns,
  needs: "predictions" | "scores",
): Record<string, Measure> {
  const labels = columns.labels ?? none;
  const labelled = anyLabel(columns);
  const answers = labels.map((own) => answerColumn(columns, own, needs));
  const zeroOrOne = [
    ...labels.map((own) => own.column),
    ...(needs === "predictions" && columns.predictions !== undefined ? answers : []),
  ];
  const odd: Predicate = {
    kind: "any",
    of: zeroOrOne.map((column) => both(isPresent(column), not(isOne(column)), not(isZero(column)))),
  };
  return {
    ...upkeep(columns, labelled, both(...answers.map(isPresent))),
    partial: {
      fn: "count",
      where: both(labelled, not(both(...labels.map((own) => isPresent(own.column))))),
    },
    odd: { fn: "count", where: both(labelled, odd) },
  };
}

/** Why nothing can be said of these rows, by the counts of `labelUpkeep`; null when it can. */
export function labelTrouble(cells: Groups): MetricUndefined | null {
  const wrong = trouble(cells);
  if (wrong !== null) return wrong;
  const rows = sumOf(cells, "rows");
  const partial = sumOf(cells, "partial");
  if (partial > 0)
    return undefinedFor(`in ${partial} of ${rows} labelled rows some labels are missing`, rows);
  const odd = sumOf(cells, "odd");
  return odd > 0 ? undefinedFor(`in ${odd} of ${rows} rows a label is neither 0 nor 1`, rows) : null;
}
