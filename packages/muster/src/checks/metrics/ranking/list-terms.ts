import type { Lists, Order, Window } from "../../../query/aggregate.ts";
import { column, type Expression } from "../../../query/expression.ts";
import type { Predicate } from "../../../query/predicate.ts";
import type { MetricColumns, MetricInput } from "../metric.ts";
import { numberParam } from "../params.ts";
import { both, difference, product } from "../row-conditions.ts";

/** How results of equal score are ordered. */
export type Ties = "average" | "trec_eval" | "worst";

/** What the metrics of ranked lists read, in the words of trec_eval: a result is a row with a score. */
export interface ListTerms {
  readonly label: string;
  readonly score: string;
  readonly query: string;
  readonly ties: Ties;
  /** The order of the results, the best one first. Complete but for rows that are equal in all that is counted. */
  readonly order: readonly Order[];
  /** The row is a result: it was given a score. */
  readonly retrieved: Predicate;
  /** The row's label reaches `relevance_level`; one without a label is not relevant. */
  readonly relevant: Predicate;
  /** A relevant result. */
  readonly hit: Predicate;
  /** It has a label, and one below `relevance_level`. */
  readonly nonrelevant: Predicate;
  readonly unjudged: Predicate;
}

/** Windows, columns and values of a list, and the number that the metric takes from them; null there counts as 0. */
export interface ListReading {
  readonly windows: Lists["windows"];
  readonly columns: Lists["columns"];
  readonly values: Lists["values"];
  readonly value: Expression;
}

/** The tie rule in force: `auto` takes document ids where they are known, else what needs none. */
export function tiesOf(
  { columns, params }: Pick<MetricInput, "columns" | "params">,
  averages: boolean,
): Ties {
  const given = params.get("ties");
  if (given === "average" || given === "trec_eval" || given === "worst") return given;
  if (columns.document !== undefined) return "trec_eval";
  return averages ? "average" : "worst";
}

export function listTerms(input: Pick<MetricInput, "columns" | "params">, averages: boolean): ListTerms {
  const { columns, params } = input;
  const { label } = columns;
  const score = scoreColumn(columns);
  const ties = tiesOf(input, averages);
  const judged: Predicate = { kind: "not", of: { kind: "is_missing", column: label } };
  const level = numberParam(params, "relevance_level");
  const relevant: Predicate = { kind: "compare", column: label, operator: ">=", value: level };
  const retrieved: Predicate = { kind: "not", of: { kind: "is_missing", column: score } };
  return {
    label,
    score,
    query: columns.query ?? "",
    ties,
    order: [
      { column: score, descending: true, missing: "last" },
      // trec_eval takes the greatest document id first, by strcmp.
      ...(ties === "trec_eval"
        ? [{ column: columns.document ?? "", descending: true, missing: "last" } as const]
        : []),
      { column: label, descending: false, missing: "first" },
    ],
    retrieved,
    relevant,
    hit: both(retrieved, relevant),
    nonrelevant: {
      kind: "all",
      of: [
        judged,
        { kind: "compare", column: label, operator: ">=", value: 0 },
        { kind: "not", of: relevant },
      ],
    },
    unjudged: { kind: "is_missing", column: label },
  };
}

export const scoreColumn = (columns: MetricColumns): string => columns.score ?? columns.prediction ?? "";

export const constant = (value: number): Expression => ({ kind: "constant", value });
export const indicator = (where: Predicate): Expression => ({ kind: "indicator", where });
export const sum = (...terms: readonly Expression[]): Expression => ({ kind: "sum_of", terms });
export const quotient = (over: Expression, under: Expression): Expression => ({
  kind: "quotient_of",
  over,
  under,
});
export const orZero = (of: Expression): Expression => ({ kind: "or_else", of, value: 0 });
/** min(a, b) = (a + b - abs(a - b)) / 2, exactly for whole numbers. */
export const lesser = (a: Expression, b: Expression): Expression =>
  product(constant(0.5), difference(sum(a, b), { kind: "absolute", of: difference(a, b) }));

export const position: Expression = column("#position");
export const positionOf = (terms: ListTerms): Window => ({ fn: "position", order: terms.order });

/** By score alone. */
export const scoreOrder = (terms: ListTerms): readonly Order[] => terms.order.slice(0, 1);

/** The result stands among the first `k`; all do where `k` is not set. */
export const within = (k: number): Predicate =>
  Number.isNaN(k)
    ? { kind: "all", of: [] }
    : { kind: "compare", column: "#position", operator: "<=", value: k };

/**
 * What a row counts where it stands: its own number, or with `ties: average` the mean over the results of its score.
 * The sum over the first k is then the expected sum over all orders of equal scores, as it is linear in the rows
 * (F. McSherry & M. Najork, ECIR 2008; for NDCG scikit-learn does the same).
 */
export function atPosition(
  terms: ListTerms,
  own: Expression,
): { readonly windows: Lists["windows"]; readonly at: Expression } {
  if (terms.ties !== "average") return { windows: { "#position": positionOf(terms) }, at: own };
  return {
    windows: {
      // Of equal scores all count the same, so any order among them will do.
      "#position": { fn: "position", order: scoreOrder(terms) },
      "#tied": { fn: "sum", of: constant(1), peers: scoreOrder(terms) },
      "#tied_sum": { fn: "sum", of: own, peers: scoreOrder(terms) },
    },
    at: quotient(column("#tied_sum"), column("#tied")),
  };
}
