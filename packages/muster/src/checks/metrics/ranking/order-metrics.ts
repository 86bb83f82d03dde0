import type { Lists } from "../../../query/aggregate.ts";
import { column, type Expression } from "../../../query/expression.ts";
import type { Predicate } from "../../../query/predicate.ts";
import type { Metric } from "../metric.ts";
import { numberParam, type ParamSpec, type Params } from "../params.ts";
import { both, difference, product } from "../row-conditions.ts";
import {
  atPosition,
  constant,
  indicator,
  type ListReading,
  type ListTerms,
  lesser,
  orZero,
  position,
  positionOf,
  quotient,
  scoreOrder,
  sum,
  within,
} from "./list-terms.ts";
import { cutoff, type RankingKind, rankingMetric } from "./ranking-metric.ts";

const relevant = column("#relevant");
const found = column("#found");

/** The position of each result, and how many relevant ones stand up to there, itself included. */
const foundSoFar = (terms: ListTerms): Lists["windows"] => ({
  "#position": positionOf(terms),
  "#found": { fn: "running_sum", of: indicator(terms.relevant), order: terms.order },
});

/** The precision at every relevant result, over all relevant documents, retrieved or not. */
function averagePrecision(terms: ListTerms, params: Params): ListReading {
  const value = quotient(column("#precisions"), relevant);
  const cut = within(numberParam(params, "k"));
  if (terms.ties !== "average") {
    return {
      windows: foundSoFar(terms),
      columns: {},
      values: { "#precisions": { fn: "sum", of: quotient(found, position), where: both(terms.hit, cut) } },
      value,
    };
  }
  // The i-th of n results of one score, r of them relevant, is relevant with r/n, and has then (i - 1)(r - 1)/(n - 1) of
  // the relevant ones before it on average (F. McSherry & M. Najork, ECIR 2008, section 2.3). Results that are not
  // relevant come first in the order here, so the relevant ones before the tie are found less max(0, i - (n - r)).
  const [n, r] = [column("#tied"), column("#tied_sum")];
  const i = sum(difference(position, column("#rank")), constant(1));
  const late = difference(i, difference(n, r));
  const lateRelevant = product(constant(0.5), sum(late, { kind: "absolute", of: late }));
  const before = difference(found, lateRelevant);
  const others = quotient(
    product(difference(i, constant(1)), difference(r, constant(1))),
    difference(n, constant(1)),
  );
  const expected = sum(before, constant(1), { kind: "or_else", of: others, value: 0 });
  return {
    windows: {
      ...atPosition(terms, indicator(terms.relevant)).windows,
      ...foundSoFar(terms),
      "#rank": { fn: "rank", order: scoreOrder(terms) },
    },
    columns: {},
    values: {
      "#precisions": {
        fn: "sum",
        of: quotient(product(r, expected), product(n, position)),
        where: both(terms.retrieved, cut),
      },
    },
    value,
  };
}

const ofAveragePrecision = (described: Pick<RankingKind, "name" | "aliases" | "over" | "params">): Metric =>
  rankingMetric({ range: [0, 1], averages: true, read: averagePrecision, ...described });

/** `k` cuts the list, as trec_eval's map_cut. */
export const map: Metric = ofAveragePrecision({
  name: "map",
  aliases: ["mean_average_precision", "map_cut"],
  params: { k: cutoff },
  over: "mean",
});

/** The geometric mean, with 0.00001 in place of what is below (S. Robertson, CIKM 2006). */
export const gmMap: Metric = ofAveragePrecision({ name: "gm_map", aliases: [], over: "geometric" });

/** 1 / the position of the first relevant result. */
export const mrr: Metric = rankingMetric({
  name: "mrr",
  aliases: ["recip_rank", "mean_reciprocal_rank"],
  range: [0, 1],
  params: { k: cutoff },
  averages: false,
  read: (terms, params) => ({
    windows: { "#position": positionOf(terms) },
    columns: {},
    values: {
      "#first": { fn: "min", of: position, where: both(terms.hit, within(numberParam(params, "k"))) },
    },
    value: quotient(constant(1), column("#first")),
  }),
  over: "mean",
});

/** How far relevant results stand above judged ones that are not (C. Buckley & E. Voorhees, SIGIR 2004, as trec_eval). */
export const bpref: Metric = rankingMetric({
  name: "bpref",
  aliases: [],
  range: [0, 1],
  averages: false,
  read: (terms) => {
    const above = column("#nonrelevant_above");
    const [all, others] = [column("#all_relevant"), column("#all_nonrelevant")];
    const share = quotient(lesser(above, all), lesser(others, all));
    return {
      windows: {
        "#nonrelevant_above": { fn: "running_sum", of: indicator(terms.nonrelevant), order: terms.order },
        "#all_relevant": { fn: "sum", of: indicator(terms.relevant) },
        "#all_nonrelevant": { fn: "sum", of: indicator(terms.nonrelevant) },
      },
      columns: {},
      values: {
        "#preferred": {
          fn: "sum",
          of: difference(constant(1), { kind: "or_else", of: share, value: 0 }),
          where: terms.hit,
        },
      },
      value: quotient(column("#preferred"), relevant),
    };
  },
  over: "mean",
});

const epsilon = 1e-5;

/** Average precision as estimated from a sample of judgements (E. Yilmaz & J. Aslam, CIKM 2006, as trec_eval). */
export const infAp: Metric = rankingMetric({
  name: "infAP",
  aliases: [],
  range: [0, 1],
  averages: false,
  read: (terms) => {
    const before = difference(found, constant(1));
    const judged = sum(before, column("#nonrelevant_above"));
    const rate = quotient(sum(before, constant(epsilon)), sum(judged, constant(2 * epsilon)));
    return {
      windows: {
        ...foundSoFar(terms),
        "#nonrelevant_above": { fn: "running_sum", of: indicator(terms.nonrelevant), order: terms.order },
      },
      columns: {},
      // 1/j + (j - 1)/j * judged/(j - 1) * rate, at position j.
      values: {
        "#precisions": {
          fn: "sum",
          of: quotient(sum(constant(1), product(judged, rate)), position),
          where: terms.hit,
        },
      },
      value: quotient(column("#precisions"), relevant),
    };
  },
  over: "mean",
});

/** The best precision from where this share of the relevant documents is found; a share that trec_eval 10 rounds to the nearest whole number; trec_eval 9 added 0.9 and cut. */
function interpolated(terms: ListTerms, shares: readonly number[]): ListReading {
  const short = (share: number): Expression => ({
    kind: "at_least",
    left: sum(product(constant(share), column("#all_relevant")), constant(0.5)),
    right: sum(found, constant(1)),
  });
  const precision = quotient(found, position);
  return {
    windows: { ...foundSoFar(terms), "#all_relevant": { fn: "sum", of: indicator(terms.relevant) } },
    columns: {},
    values: Object.fromEntries(
      shares.map((share, i) => [
        `#at_${i}`,
        { fn: "max", of: product(precision, difference(constant(1), short(share))), where: terms.hit },
      ]),
    ),
    value: product(constant(1 / shares.length), sum(...shares.map((_, i) => column(`#at_${i}`)))),
  };
}

const recall: ParamSpec = {
  kind: "number",
  least: 0,
  most: 1,
  default: 0,
  says: "The share of relevant documents.",
};

export const iprecAtRecall: Metric = rankingMetric({
  name: "iprec_at_recall",
  aliases: [],
  range: [0, 1],
  params: { recall },
  averages: false,
  read: (terms, params) => interpolated(terms, [numberParam(params, "recall")]),
  over: "mean",
});

export const elevenPointAverage: Metric = rankingMetric({
  name: "11pt_avg",
  aliases: [],
  range: [0, 1],
  averages: false,
  read: (terms) => interpolated(terms, [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]),
  over: "mean",
});

const patience: ParamSpec = {
  kind: "number",
  least: 0.01,
  most: 0.999,
  default: 0.9,
  says: "How likely a reader goes on to the next.",
};

/** (1 - p) times the sum of p^(position - 1) over what counts. */
function patient(terms: ListTerms, params: Params, what: Predicate, rest: Expression): ListReading {
  const p = numberParam(params, "p");
  const { windows, at } = atPosition(terms, indicator(what));
  const seen: Expression = { kind: "exponential", base: p, of: difference(position, constant(1)) };
  return {
    windows,
    columns: {},
    values: { "#seen": { fn: "sum", of: product(at, seen), where: terms.retrieved } },
    value: sum(product(constant(1 - p), orZero(column("#seen"))), rest),
  };
}

/** Of relevant results (A. Moffat & J. Zobel, ACM TOIS 27 (2008) 2). */
export const rbp: Metric = rankingMetric({
  name: "rbp",
  aliases: ["rank_biased_precision"],
  range: [0, 1],
  params: { p: patience },
  averages: true,
  read: (terms, params) => patient(terms, params, terms.relevant, constant(0)),
  over: "mean",
});

/** How much greater it could be: were all results that nobody judged relevant, and all that would follow. */
export const rbpResid: Metric = rankingMetric({
  name: "rbp_resid",
  aliases: [],
  range: [0, 1],
  params: { p: patience },
  averages: true,
  read: (terms, params) =>
    patient(terms, params, terms.unjudged, {
      kind: "exponential",
      base: numberParam(params, "p"),
      of: column("#retrieved"),
    }),
  over: "mean",
});
