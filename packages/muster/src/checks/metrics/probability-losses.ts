import type { Measure } from "../../query/aggregate.ts";
import { column, type Expression } from "../../query/expression.ts";
import type { Predicate } from "../../query/predicate.ts";
import { bounds } from "./bounds.ts";
import { largestOf, sumOf, trouble, undefinedFor, valueFor } from "./cells.ts";
import { type Loss, lossMeasures, meanFacts, readMeanLoss } from "./mean-loss.ts";
import type { Metric, MetricColumns } from "./metric.ts";
import { numberParam, type Params } from "./params.ts";
import { scoreParts } from "./parts.ts";
import {
  both,
  difference,
  isNegative,
  isPositive,
  isPresent,
  labelled,
  product,
  upkeep,
} from "./row-conditions.ts";

const nothing: Readonly<Record<string, number>> = {};

const one: Expression = { kind: "constant", value: 1 };

/** How far the probabilities of a row may be from adding up to 1. */
const sumTolerance = 1e-6;

/** What losses of probabilities have in common. `facts` tells the bound what it may rely on. */
function probabilityLoss(
  own: Pick<Metric, "name" | "aliases" | "range" | "params">,
  loss: (columns: MetricColumns, params: Params) => Loss,
  facts: (columns: MetricColumns) => Readonly<Record<string, number>>,
): Metric {
  return {
    ...own,
    direction: "lower",
    outputs: ["probability"],
    parts: { ...scoreParts, scores: "taken" },
    unmet: ({ columns }) => unmetProbability(columns),
    aggregate: ({ columns, params }, by) => ({
      table: columns.table,
      by,
      values: {
        ...upkeep(columns, labelled(columns), both(...probabilities(columns).map(isPresent))),
        ...sanity(columns),
        ...lossMeasures(columns, loss(columns, params)),
      },
    }),
    finish({ columns }, cells) {
      const wrong = trouble(cells);
      if (wrong !== null) return wrong;
      const rows = sumOf(cells, "rows");
      const outside = sumOf(cells, "outside");
      if (outside > 0)
        return undefinedFor(`in ${outside} of ${rows} rows a probability is outside of 0..1`, rows);
      const unlisted = sumOf(cells, "unlisted");
      if (unlisted > 0)
        return undefinedFor(`in ${unlisted} of ${rows} rows the class has no probability column`, rows);
      if (largestOf(cells, "sum_error") > sumTolerance) {
        return undefinedFor("the probabilities of some rows do not add up to 1", rows);
      }
      const found = readMeanLoss(columns, cells);
      if (found === null) return undefinedFor("all weights are 0", rows);
      return valueFor(found.mean, rows, { ...meanFacts(found), ...facts(columns) });
    },
    ...bounds,
  };
}

function unmetProbability(columns: MetricColumns): string | null {
  if (columns.scores !== undefined) {
    if (columns.scores.length < 2) return "it needs the probability columns of at least two classes";
    const distinct = new Set(columns.scores.map((one) => String(one.class)));
    return distinct.size < columns.scores.length ? "a class has more than one probability column" : null;
  }
  if (columns.score === undefined) return "it needs a column with the probability of the positive class";
  return columns.positive === undefined ? "it needs to know which label is the positive one" : null;
}

function probabilities(columns: MetricColumns): readonly string[] {
  return columns.scores?.map((one) => one.column) ?? (columns.score === undefined ? [] : [columns.score]);
}

function sanity(columns: MetricColumns): Record<string, Measure> {
  const outside: Predicate = {
    kind: "any",
    of: probabilities(columns).flatMap((name): Predicate[] => [
      { kind: "compare", column: name, operator: "<", value: 0 },
      { kind: "compare", column: name, operator: ">", value: 1 },
    ]),
  };
  const where = both(labelled(columns), ...probabilities(columns).map(isPresent), outside);
  if (columns.scores === undefined) return { outside: { fn: "count", where } };
  const values = columns.scores.map((one) => one.class);
  const listed: Predicate = { kind: "one_of", column: columns.label, values };
  const sum: Expression = { kind: "sum_of", terms: columns.scores.map((one) => column(one.column)) };
  return {
    outside: { fn: "count", where },
    unlisted: { fn: "count", where: both(labelled(columns), { kind: "not", of: listed }) },
    sum_error: { fn: "max", of: { kind: "absolute", of: difference(sum, one) }, where: labelled(columns) },
  };
}

/** Rows that have a class with a probability, and all of their probabilities. */
function judged(columns: MetricColumns): Predicate {
  const values = (columns.scores ?? []).map((one) => one.class);
  return both(
    columns.scores === undefined ? labelled(columns) : { kind: "one_of", column: columns.label, values },
    ...probabilities(columns).map(isPresent),
  );
}

/**
 * The probability of the class that a row is of. That all probabilities are there is asked once of the row and not once for each
 * class: with a hundred classes that would be ten thousand conditions.
 */
function ofOwnClass(columns: MetricColumns): { readonly p: Expression; readonly where: Predicate } {
  const where = judged(columns);
  if (columns.scores !== undefined) {
    const of = columns.scores.map((own) => ({
      where: { kind: "equals", column: columns.label, value: own.class } as const,
      value: column(own.column),
    }));
    return { p: { kind: "case", of }, where };
  }
  const p = column(columns.score ?? "");
  const of = [
    { where: isPositive(columns), value: p },
    { where: isNegative(columns), value: difference(one, p) },
  ];
  return { p: { kind: "case", of }, where };
}

const epsilon = Number.EPSILON;

export const logLoss: Metric = probabilityLoss(
  {
    name: "log_loss",
    aliases: ["cross_entropy"],
    range: [0, Number.POSITIVE_INFINITY],
    params: {
      eps: {
        kind: "number",
        least: Number.MIN_VALUE,
        most: 0.1,
        default: epsilon,
        says: "Probabilities below it count as it, so that one row cannot make the mean infinite.",
      },
    },
  },
  (columns, params) => {
    const minus: Expression = { kind: "constant", value: -1 };
    const { p, where } = ofOwnClass(columns);
    const log: Expression = { kind: "log", of: p, floor: numberParam(params, "eps") };
    return { terms: [{ of: product(minus, log), where }] };
  },
  () => nothing,
);

/** Binary: the mean of (p - y)². For several classes the same, added up over the classes: from 0 to 2. */
export const brierScore: Metric = probabilityLoss(
  { name: "brier_score", aliases: ["brier", "brier_score_loss"], range: [0, 2], params: {} },
  (columns) => {
    if (columns.scores === undefined) {
      const { p, where } = ofOwnClass(columns);
      return { terms: [{ of: product(difference(p, one), difference(p, one)), where }] };
    }
    // (1 - p)² of the own class and q² of every other one add up to 1 - 2 p and the squares of all.
    const { p, where } = ofOwnClass(columns);
    const squares = columns.scores.map((own) => product(column(own.column), column(own.column)));
    const minusTwo: Expression = { kind: "constant", value: -2 };
    return {
      terms: [{ of: { kind: "sum_of", terms: [...squares, product(minusTwo, p), one] }, where }],
    };
  },
  (columns) => (columns.scores === undefined && columns.weight === undefined ? { bounded: 1 } : nothing),
);
