import { column } from "../../../query/expression.ts";
import type { Metric } from "../metric.ts";
import { numberParam } from "../params.ts";
import { both, difference, product } from "../row-conditions.ts";
import { atPosition, constant, indicator, positionOf, quotient, sum, within } from "./list-terms.ts";
import { cutoff, type RankingKind, rankingMetric } from "./ranking-metric.ts";

/** How many of the first k results are something. */
const among = (
  what: "relevant" | "unjudged",
  share: (k: number) => ReturnType<typeof quotient>,
): RankingKind["read"] => {
  return (terms, params) => {
    const k = numberParam(params, "k");
    const { windows, at } = atPosition(terms, indicator(terms[what]));
    return {
      windows,
      columns: {},
      values: { "#found": { fn: "sum", of: at, where: both(terms.retrieved, within(k)) } },
      value: share(k),
    };
  };
};

/** trec_eval's P: divided by k, also when there are fewer results. */
export const precisionAtK: Metric = rankingMetric({
  name: "precision_at_k",
  aliases: ["p_at_k", "P"],
  range: [0, 1],
  params: { k: cutoff },
  needsK: true,
  averages: true,
  read: among("relevant", (k) => product(constant(1 / k), column("#found"))),
  over: "mean",
});

export const recallAtK: Metric = rankingMetric({
  name: "recall_at_k",
  aliases: [],
  range: [0, 1],
  params: { k: cutoff },
  needsK: true,
  averages: true,
  read: among("relevant", () => quotient(column("#found"), column("#relevant"))),
  over: "mean",
});

/** trec_eval's unj: the share of the first k results that nobody has judged. */
export const unjudgedAtK: Metric = rankingMetric({
  name: "unjudged_at_k",
  aliases: ["unj"],
  range: [0, 1],
  params: { k: cutoff },
  needsK: true,
  averages: true,
  read: among("unjudged", (k) => product(constant(1 / k), column("#found"))),
  over: "mean",
});

/** trec_eval's success: whether there is a relevant one among the first k. */
export const hitRate: Metric = rankingMetric({
  name: "hit_rate",
  aliases: ["hit_rate_at_k", "success"],
  range: [0, 1],
  params: { k: cutoff },
  needsK: true,
  averages: false,
  read: (terms, params) => ({
    windows: { "#position": positionOf(terms) },
    columns: {},
    values: {
      "#hit": {
        fn: "max",
        of: constant(1),
        where: both(terms.hit, within(numberParam(params, "k"))),
      },
    },
    value: column("#hit"),
  }),
  over: "proportion",
});

/** Precision among as many results as there are relevant documents. */
export const rPrecision: Metric = rankingMetric({
  name: "r_precision",
  aliases: ["Rprec"],
  range: [0, 1],
  averages: true,
  read: (terms) => {
    const { windows, at } = atPosition(terms, indicator(terms.relevant));
    return {
      windows: { ...windows, "#all_relevant": { fn: "sum", of: indicator(terms.relevant) } },
      columns: {
        "#counts": product(
          { kind: "at_least", left: column("#all_relevant"), right: column("#position") },
          at,
        ),
      },
      values: { "#found": { fn: "sum", of: column("#counts"), where: terms.retrieved } },
      value: quotient(column("#found"), column("#relevant")),
    };
  },
  over: "mean",
});

const hits = column("#hits");
const retrieved = column("#retrieved");
const relevant = column("#relevant");

/** Of the whole set of results, whatever their order. */
function setMetric(
  name: string,
  value: ReturnType<typeof quotient>,
  over: RankingKind["over"] = "mean",
  aliases: readonly string[] = [],
): Metric {
  return rankingMetric({
    name,
    aliases,
    range: over === "total" ? [0, Number.POSITIVE_INFINITY] : [0, 1],
    averages: null,
    read: (terms) => ({
      windows: {},
      columns: {},
      values: {
        "#hits": { fn: "count", where: terms.hit },
        "#nonrelevant_results": { fn: "count", where: both(terms.retrieved, terms.nonrelevant) },
      },
      value,
    }),
    over,
  });
}

const lesserOfBoth = product(
  constant(0.5),
  difference(sum(retrieved, relevant), { kind: "absolute", of: difference(retrieved, relevant) }),
);

export const setPrecision: Metric = setMetric("set_P", quotient(hits, retrieved));
export const setRecall: Metric = setMetric("set_recall", quotient(hits, relevant));
/** The harmonic mean of both: 2 hits / (results + relevant). */
export const setF: Metric = setMetric(
  "set_F",
  quotient(product(constant(2), hits), sum(retrieved, relevant)),
);
export const setMap: Metric = setMetric(
  "set_map",
  product(quotient(hits, retrieved), quotient(hits, relevant)),
);
export const setRelativePrecision: Metric = setMetric("set_relative_P", quotient(hits, lesserOfBoth));

export const numQ: Metric = setMetric("num_q", constant(1), "total");
export const numRet: Metric = setMetric("num_ret", retrieved, "total");
export const numRel: Metric = setMetric("num_rel", relevant, "total");
export const numRelRet: Metric = setMetric("num_rel_ret", hits, "total");
export const numNonrelJudgedRet: Metric = setMetric(
  "num_nonrel_judged_ret",
  column("#nonrelevant_results"),
  "total",
);
