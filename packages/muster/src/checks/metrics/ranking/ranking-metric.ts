import type { Lists, Measure } from "../../../query/aggregate.ts";
import { column } from "../../../query/expression.ts";
import type { Predicate } from "../../../query/predicate.ts";
import type { OutputType } from "../../../spec/contract-section.ts";
import type { Interval } from "../../../stats/interval.ts";
import { bounds } from "../bounds.ts";
import { sumOf, undefinedFor, valueFor } from "../cells.ts";
import { type Loss, lossMeasures, meanFacts, readMeanLoss } from "../mean-loss.ts";
import type { Metric, MetricColumns, MetricInput } from "../metric.ts";
import { numberParam, type ParamSpec, type Params } from "../params.ts";
import { answerParts, withoutWeight } from "../parts.ts";
import { both } from "../row-conditions.ts";
import { type ListReading, type ListTerms, listTerms, orZero, scoreColumn, tiesOf } from "./list-terms.ts";

/** A number of each query, and what becomes of the numbers of all of them. */
export interface RankingKind {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly range: Interval;
  readonly params?: Readonly<Record<string, ParamSpec>>;
  /** Whether `k` has to be set. */
  readonly needsK?: true;
  /** Whether the mean over all orders of equal scores is known. Null: no order matters. */
  readonly averages: boolean | null;
  /** The number of a query. */
  readonly read: (terms: ListTerms, params: Params) => ListReading;
  /** `proportion`: the mean of zeros and ones; `geometric`: of numbers that are at least 0.00001; `total`: no mean. */
  readonly over: "mean" | "proportion" | "geometric" | "total";
}

/** Any: the lists may come from a part of the product, as those of the retriever behind a text do. */
const outputs: readonly OutputType[] = [
  "ranking",
  "score",
  "probability",
  "number",
  "label",
  "text",
  "embedding",
];

/** trec_eval's floor under a query's value in a geometric mean. */
const geometricFloor = 1e-5;
/** Gains beyond it would overflow, 2^1000 among them; such labels are a mistake. */
const largestLabel = 1000;

const queryParams: Readonly<Record<string, ParamSpec>> = {
  relevance_level: {
    kind: "number",
    least: 1e-9,
    most: largestLabel,
    default: 1,
    says: "A label from here on is relevant.",
  },
  missing_queries: {
    kind: "choice",
    of: ["zero", "exclude"],
    default: "zero",
    says: "Judged queries without a result: 0, as trec_eval -c, or left out.",
  },
  empty_queries: {
    kind: "choice",
    of: ["zero", "exclude"],
    default: "zero",
    says: "Judged queries without a relevant document: 0, as trec_eval, or left out.",
  },
};

export const cutoff: ParamSpec = {
  kind: "integer",
  least: 1,
  most: 1_000_000,
  default: null,
  says: "Only the first k results.",
};

const tiesParam = (averages: boolean): ParamSpec => ({
  kind: "choice",
  of: ["auto", ...(averages ? ["average"] : []), "trec_eval", "worst"],
  default: "auto",
  says: "How results of equal score are ordered.",
});

/** A metric of ranked lists: one number a query, then their mean. The query is what is sampled, so it is a row here. */
export function rankingMetric(kind: RankingKind): Metric {
  const { name, aliases, range, over } = kind;
  const averages = kind.averages === true;
  const loss = (input: Pick<MetricInput, "params">): Loss => {
    const value = column("#value");
    const of = over === "geometric" ? ({ kind: "log", of: value, floor: geometricFloor } as const) : value;
    return { terms: [{ of, where: counted(input.params) }] };
  };
  return {
    name,
    aliases,
    direction: "higher",
    range,
    outputs,
    unit: "query",
    params: {
      ...kind.params,
      ...(kind.averages === null ? {} : { ties: tiesParam(averages) }),
      ...queryParams,
    },
    parts: {
      ...withoutWeight(answerParts),
      query: "needed",
      // Without an order there is nothing for the document's id to order.
      ...(kind.averages === null ? {} : { document: "taken" as const }),
    },
    unmet: ({ columns, params }) => unmet(kind, columns, params),
    aggregate: (input, by) => ({
      table: input.columns.table,
      lists: listsOf(kind, input),
      by,
      values: { ...upkeep(input), ...lossMeasures(unweighted(input.columns), loss(input)) },
    }),
    finish(input, cells) {
      const rows = sumOf(cells, "rows");
      const homeless = sumOf(cells, "without_query");
      if (homeless > 0) return undefinedFor("some rows name no query", rows);
      const bad = sumOf(cells, "bad");
      if (bad > 0) {
        const because = `in ${bad} rows the score or the label is not finite, or the label is above ${largestLabel}`;
        return undefinedFor(because, rows);
      }
      if (rows === 0) return undefinedFor("no query has a label that counts", 0);
      const queries = Object.fromEntries(
        ["unjudged_queries", "queries_without_results", "queries_without_relevant"].map(
          (fact) => [fact, sumOf(cells, fact)] as const,
        ),
      );
      const found = readMeanLoss(unweighted(input.columns), cells);
      if (found === null) return undefinedFor("no query has a label that counts", 0);
      if (over === "total") return valueFor(sumOf(cells, "loss"), rows, queries);
      if (over === "geometric") return valueFor(Math.exp(found.mean), rows, queries);
      if (over === "proportion") {
        const successes = Math.round(sumOf(cells, "loss"));
        return valueFor(found.mean, rows, { successes, trials: rows, ...queries });
      }
      const bounded = range[1] === 1 ? { bounded: 1 } : {};
      // A perfect order is divided by itself, summed in another order: 1 and a rounding.
      return valueFor(Math.min(range[1], found.mean), rows, { ...meanFacts(found), ...bounded, ...queries });
    },
    ...bounds,
  };
}

function unmet(kind: RankingKind, columns: MetricColumns, params: Params): string | null {
  if (columns.query === undefined)
    return "it needs the column that names the query (--query, or data.evaluation.query_id)";
  if (scoreColumn(columns) === "") return "it needs the column of scores";
  if (columns.weight !== undefined) return "a mean over queries has no use for weights of rows";
  if (kind.needsK === true && Number.isNaN(numberParam(params, "k"))) return "k has to be set";
  const ties = kind.averages === null ? "worst" : tiesOf({ columns, params }, kind.averages);
  if (ties === "trec_eval" && columns.document === undefined) {
    return "ties: trec_eval needs the column of document ids (--param id=, or data.evaluation.document_id)";
  }
  return null;
}

/** Rows may have weights elsewhere; queries count the same. */
const unweighted = (columns: MetricColumns): MetricColumns => {
  const { weight: _weight, ...rest } = columns;
  return rest;
};

const some = (name: string): Predicate => ({ kind: "compare", column: name, operator: ">", value: 0 });
const none = (name: string): Predicate => ({ kind: "not", of: some(name) });

/** The queries that the mean is over: those with a judged document, and what the parameters say of the others. */
function counted(params: Params): Predicate {
  return {
    kind: "all",
    of: [
      some("#judged"),
      ...(params.get("missing_queries") === "exclude" ? [some("#retrieved")] : []),
      ...(params.get("empty_queries") === "exclude" ? [some("#relevant")] : []),
    ],
  };
}

function listsOf(kind: RankingKind, input: Pick<MetricInput, "columns" | "params">): Lists {
  const terms = listTerms(input, kind.averages === true);
  const { windows, columns, values, value } = kind.read(terms, input.params);
  const bad: Predicate = {
    kind: "any",
    of: [
      both(terms.retrieved, { kind: "not", of: { kind: "is_finite", column: terms.score } }),
      {
        kind: "all",
        of: [
          { kind: "not", of: terms.unjudged },
          { kind: "not", of: { kind: "compare", column: terms.label, operator: "<=", value: largestLabel } },
        ],
      },
    ],
  };
  return {
    key: terms.query,
    windows,
    columns,
    values: {
      "#retrieved": { fn: "count", where: terms.retrieved },
      "#judged": { fn: "count", where: { kind: "not", of: terms.unjudged } },
      "#relevant": { fn: "count", where: terms.relevant },
      "#bad": { fn: "count", where: bad },
      ...values,
    },
    derived: { "#value": orZero(value) },
  };
}

function upkeep({ columns, params }: Pick<MetricInput, "columns" | "params">): Record<string, Measure> {
  const judgedAnd = (where: Predicate): Measure => ({ fn: "count", where: both(some("#judged"), where) });
  return {
    rows: { fn: "count", where: counted(params) },
    without_query: { fn: "count", where: { kind: "is_missing", column: columns.query ?? "" } },
    bad: { fn: "sum", of: column("#bad") },
    unjudged_queries: { fn: "count", where: none("#judged") },
    queries_without_results: judgedAnd(none("#retrieved")),
    queries_without_relevant: judgedAnd(none("#relevant")),
  };
}
