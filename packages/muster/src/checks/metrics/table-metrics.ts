import type { Aggregate, Dimension, Groups } from "../../query/aggregate.ts";
import { balancedAccuracy as balancedAccuracyOf, presentClasses } from "../../stats/balanced-accuracy.ts";
import { cohenKappa as cohenKappaOf, type KappaWeights } from "../../stats/cohen-kappa.ts";
import { marginsOf } from "../../stats/confusion.ts";
import { matthewsCorrelation } from "../../stats/matthews.ts";
import { bounds } from "./bounds.ts";
import { effectiveRows, undefinedFor, valueFor } from "./cells.ts";
import {
  deltaFacts,
  mostStrata,
  proportionFacts,
  sizeFacts,
  strataFacts,
  tableRows,
} from "./confusion-facts.ts";
import {
  type ConfusionTable,
  confusionAggregate,
  readTable,
  tableForm,
  unmetPrediction,
} from "./confusion-table.ts";
import type { Metric, MetricColumns, MetricInput, MetricResult } from "./metric.ts";
import { unmetLabels } from "./multilabel/label-columns.ts";
import {
  exactSets,
  exactSetsAggregate,
  wrongLabels,
  wrongLabelsAggregate,
} from "./multilabel/wrong-labels.ts";
import { classesParam, flagParam, type Params } from "./params.ts";
import { answerParts, severalParts } from "./parts.ts";

/** What metrics of the whole table of true by predicted classes have in common. */
function tableMetric(
  own: Pick<Metric, "name" | "direction" | "range"> & Partial<Pick<Metric, "aliases" | "params">>,
  evaluate: (table: ConfusionTable, params: Params) => MetricResult,
  unmet: (input: Pick<MetricInput, "columns" | "params">) => string | null = () => null,
): Metric {
  return {
    aliases: [],
    params: {},
    ...own,
    outputs: ["label", "probability", "score"],
    parts: answerParts,
    unmet: (input) => unmetPrediction(input.columns, form(input.columns)) ?? unmet(input),
    aggregate: ({ columns }, by) => confusionAggregate(columns, form(columns), by),
    finish({ columns, params }, cells) {
      const table = readTable(cells, form(columns), classesParam(params, "labels"));
      return table.kind === "undefined" ? table : evaluate(table, params);
    },
    ...bounds,
  };
}

function form(columns: MetricColumns) {
  return tableForm(columns, "table");
}

function shareOf(table: ConfusionTable, count: (hits: number, total: number) => number): MetricResult {
  const margins = marginsOf(table.cells, table.classes.length);
  if (margins.total <= 0) return undefinedFor("all weights are 0", table.rows);
  const hits = margins.hits.reduce((sum, one) => sum + one, 0);
  const counted = count(hits, margins.total);
  const squares = marginsOf(table.squares, table.classes.length).total;
  return valueFor(counted / margins.total, table.rows, proportionFacts(counted, margins.total, squares));
}

/** The metric also of several labels a row, by other counts. */
function alsoOfSets(
  metric: Metric,
  sets: {
    readonly aggregate: (columns: MetricColumns, by: readonly Dimension[]) => Aggregate;
    readonly finish: (columns: MetricColumns, cells: Groups) => MetricResult;
  },
): Metric {
  return {
    ...metric,
    parts: { ...severalParts, scores: { beside: "labels" } },
    several: true,
    unmet: (input) =>
      input.columns.labels === undefined ? metric.unmet(input) : unmetLabels(input.columns, "predictions"),
    aggregate: (input, by) =>
      input.columns.labels === undefined ? metric.aggregate(input, by) : sets.aggregate(input.columns, by),
    finish: (input, cells) =>
      input.columns.labels === undefined ? metric.finish(input, cells) : sets.finish(input.columns, cells),
  };
}

/** Of several labels a row: the share of rows whose every label is right. */
export const accuracy: Metric = alsoOfSets(
  tableMetric(
    { name: "accuracy", aliases: ["accuracy_score"], direction: "higher", range: [0, 1] },
    (table) => shareOf(table, (hits) => hits),
  ),
  { aggregate: exactSetsAggregate, finish: (columns, cells) => exactSets(columns, cells, "right") },
);

export const zeroOneLoss: Metric = alsoOfSets(
  tableMetric(
    { name: "zero_one_loss", aliases: ["error_rate"], direction: "lower", range: [0, 1] },
    (table) => shareOf(table, (hits, total) => total - hits),
  ),
  { aggregate: exactSetsAggregate, finish: (columns, cells) => exactSets(columns, cells, "wrong") },
);

/** With one label a row, the share of wrong labels is the share of wrong rows. */
export const hammingLoss: Metric = alsoOfSets(
  tableMetric({ name: "hamming_loss", direction: "lower", range: [0, 1] }, (table) =>
    shareOf(table, (hits, total) => total - hits),
  ),
  { aggregate: wrongLabelsAggregate, finish: wrongLabels },
);

export const balancedAccuracy: Metric = tableMetric(
  {
    name: "balanced_accuracy",
    direction: "higher",
    range: [-1, 1],
    params: { adjusted: { kind: "flag", default: false, says: "Rescale so that guessing has 0." } },
  },
  (table, params) => {
    const margins = marginsOf(table.cells, table.classes.length);
    const adjusted = flagParam(params, "adjusted");
    const found = balancedAccuracyOf(margins, adjusted ? "adjusted" : "plain");
    if (found.kind === "undefined") return undefinedFor(found.because, table.rows);
    const present = presentClasses(margins);
    const absent = table.classes.length - present.length;
    const strata: Readonly<Record<string, number>> =
      present.length <= mostStrata ? strataFacts(table, present) : {};
    const chance: Readonly<Record<string, number>> = adjusted ? { chance: 1 / present.length } : {};
    return valueFor(found.value, table.rows, { ...strata, ...chance, absent_classes: absent });
  },
);

export const matthewsCorrcoef: Metric = tableMetric(
  { name: "matthews_corrcoef", aliases: ["mcc"], direction: "higher", range: [-1, 1] },
  (table) => {
    const value = matthewsCorrelation(marginsOf(table.cells, table.classes.length));
    return valueFor(value, table.rows, deltaFacts(table, value, "fisher", matthewsCorrelation));
  },
);

export const cohenKappa: Metric = tableMetric(
  {
    name: "cohen_kappa",
    aliases: ["cohen_kappa_score", "kappa"],
    direction: "higher",
    range: [-1, 1],
    params: {
      weights: {
        kind: "choice",
        of: ["none", "linear", "quadratic"],
        default: "none",
        says: "How much worse a distant class is than a near one.",
      },
      labels: { kind: "classes", says: "The classes in their order, for weights." },
    },
  },
  (table, params) => {
    const weights = kappaWeights(params);
    const numbers = table.classes.every((name) => name.trim() !== "" && !Number.isNaN(Number(name)));
    const ordered = numbers || table.classes.length <= 2 || classesParam(params, "labels").length > 0;
    if (weights !== "none" && !ordered) {
      return undefinedFor(
        "weights need the classes in their order (labels), as these are not numbers",
        table.rows,
      );
    }
    const n = table.classes.length;
    const { kappa, standardError } = cohenKappaOf(table.cells, n, weights, tableRows(table));
    if (kappa.kind === "undefined") return undefinedFor(kappa.because, table.rows);
    return valueFor(kappa.value, table.rows, {
      estimate: kappa.value,
      standard_error: standardError,
      plain: 1,
      ...sizeFacts(table),
    });
  },
);

function kappaWeights(params: Params): KappaWeights {
  const value = params.get("weights");
  return value === "linear" || value === "quadratic" ? value : "none";
}

/** sensitivity / (1 - specificity), or (1 - sensitivity) / specificity: how a prediction changes the odds. */
function likelihoodRatio(name: string, which: "positive" | "negative"): Metric {
  const pair = (columns: MetricColumns) => unmetPrediction(columns, "pair");
  return {
    ...tableMetric(
      { name, direction: which === "positive" ? "higher" : "lower", range: [0, Number.POSITIVE_INFINITY] },
      () => undefinedFor("it is read as a pair", 0),
    ),
    unmet: ({ columns }) => pair(columns),
    aggregate: ({ columns }, by) => confusionAggregate(columns, "pair", by),
    finish(_, cells) {
      const table = readTable(cells, "pair", []);
      if (table.kind === "undefined") return table;
      const [tn = 0, fp = 0, fn = 0, tp = 0] = table.cells;
      if (tp + fn === 0) return undefinedFor("there is no positive row", table.rows);
      if (tn + fp === 0) return undefinedFor("there is no negative row", table.rows);
      const facts = { tp, fp, fn, tn };
      const [above, below] =
        which === "positive" ? [tp / (tp + fn), fp / (tn + fp)] : [fn / (tp + fn), tn / (tn + fp)];
      if (below === 0) {
        const because = which === "positive" ? "there is no false positive" : "there is no true negative";
        return undefinedFor(`it is divided by 0, as ${because}`, table.rows, facts);
      }
      return valueFor(above / below, table.rows, { ...facts, ...ratioFacts(table, above, below) });
    },
  };
}

/**
 * Facts for the bound of a ratio of two independent shares, its logarithm taken as normal (D. L. Simel, G. P. Samsa & D. B.
 * Matchar, Journal of Clinical Epidemiology 44 (1991) 763). The shares are of the positive and of the negative rows.
 */
function ratioFacts(table: ConfusionTable, above: number, below: number): Readonly<Record<string, number>> {
  const [tn = 0, fp = 0, fn = 0, tp = 0] = table.cells;
  const [tn2 = 0, fp2 = 0, fn2 = 0, tp2 = 0] = table.squares;
  const positives = effectiveRows(tp + fn, tp2 + fn2);
  const negatives = effectiveRows(tn + fp, tn2 + fp2);
  const relative = (1 - above) / (above * positives) + (1 - below) / (below * negatives);
  return {
    estimate: above / below,
    standard_error: (above / below) * Math.sqrt(relative),
    log: 1,
    smaller_count: Math.min(above * positives, below * negatives),
  };
}

export const positiveLikelihoodRatio: Metric = likelihoodRatio("positive_likelihood_ratio", "positive");
export const negativeLikelihoodRatio: Metric = likelihoodRatio("negative_likelihood_ratio", "negative");
