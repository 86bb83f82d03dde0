import {
  type Average,
  classAverage,
  fractionValue,
  pooledFraction,
  type ZeroDivision,
} from "../../stats/class-average.ts";
import { type ClassMetric, classFraction } from "../../stats/class-fraction.ts";
import { type Margins, marginsOf } from "../../stats/confusion.ts";
import { bounds } from "./bounds.ts";
import { undefinedFor, valueFor } from "./cells.ts";
import { deltaFacts, proportionFacts, tableRows } from "./confusion-facts.ts";
import {
  type ConfusionTable,
  confusionAggregate,
  readTable,
  tableForm,
  unmetPrediction,
} from "./confusion-table.ts";
import type { Metric, MetricInput, MetricResult, MetricUndefined, MetricValue } from "./metric.ts";
import { classesParam, numberParam, type ParamSpec, type Params } from "./params.ts";

/** Strata beyond this many would be more facts than evidence should hold. */
const mostStrata = 100;

const averageParam: ParamSpec = {
  kind: "choice",
  of: ["binary", "macro", "micro", "weighted", "none"],
  default: "binary",
  says: "binary: the positive class alone; none: each class by itself.",
};

const zeroDivisionParam: ParamSpec = {
  kind: "choice",
  of: ["undefined", 0, 1],
  default: "undefined",
  says: "What 0/0 is.",
};

const classesListParam: ParamSpec = { kind: "classes", says: "Average over these classes only." };

interface Described {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly direction?: "lower";
  readonly of: (params: Params) => ClassMetric;
  readonly params?: Readonly<Record<string, ParamSpec>>;
}

/** A metric that is one fraction for each class. */
function classMetric(described: Described): Metric {
  return {
    name: described.name,
    aliases: described.aliases ?? [],
    direction: described.direction ?? "higher",
    range: [0, 1],
    outputs: ["label", "probability", "score"],
    params: {
      average: averageParam,
      zero_division: zeroDivisionParam,
      labels: classesListParam,
      ...described.params,
    },
    unmet({ columns, params }) {
      const form = formOf({ columns, params });
      if (form === "pair" && classesParam(params, "labels").length > 0) {
        return "the classes to average over (labels) need a prediction column and an average other than binary";
      }
      return unmetPrediction(columns, form);
    },
    aggregate: (input, by) => confusionAggregate(input.columns, formOf(input), by),
    finish(input, cells) {
      const table = readTable(cells, formOf(input), classesParam(input.params, "labels"));
      if (table.kind === "undefined") return table;
      return average(described.of(input.params), table, input);
    },
    ...bounds,
  };
}

function formOf({ columns, params }: Pick<MetricInput, "columns" | "params">) {
  return tableForm(columns, String(params.get("average")));
}

function average(metric: ClassMetric, table: ConfusionTable, input: MetricInput): MetricResult {
  const zero = zeroDivisionOf(input.params);
  const kind = input.params.get("average");
  const listed = classesParam(input.params, "labels").length;
  const chosen = table.classes.map((_, k) => k).slice(0, listed > 0 ? listed : undefined);
  if (kind === "binary") return ofClass(metric, table, 1, zero);
  if (kind === "none") {
    const classes = chosen.map((k) => ({
      class: table.classes[k] ?? "",
      result: ofClass(metric, table, k, zero),
    }));
    return { kind: "classes", classes, rows: table.rows };
  }
  const how: Average = kind === "macro" || kind === "micro" ? kind : "weighted";
  const evaluate = (margins: Margins) =>
    classAverage(metric, how, margins, chosen, zero, (k) => `class ${table.classes[k]}`);
  const found = evaluate(marginsOf(table.cells, table.classes.length));
  if (found.kind === "undefined") return undefinedFor(found.because, table.rows);
  const smooth = (margins: Margins): number => {
    const value = evaluate(margins);
    return value.kind === "value" ? value.value : Number.NaN;
  };
  const facts = exactFacts(metric, how, table, chosen) ?? deltaFacts(table, found.value, "logit", smooth);
  return valueFor(found.value, table.rows, facts);
}

/** One class against the rest: a proportion, or for F1 a function of one. */
function ofClass(
  metric: ClassMetric,
  table: ConfusionTable,
  k: number,
  zero: ZeroDivision,
): MetricValue | MetricUndefined {
  const n = table.classes.length;
  const margins = marginsOf(table.cells, n);
  const squares = marginsOf(table.squares, n);
  const counts = {
    tp: margins.hits[k] ?? 0,
    fp: (margins.predicted[k] ?? 0) - (margins.hits[k] ?? 0),
    fn: (margins.truth[k] ?? 0) - (margins.hits[k] ?? 0),
  };
  const all = { ...counts, tn: margins.total - counts.tp - counts.fp - counts.fn };
  const fraction = classFraction(metric, margins, k);
  const found = fractionValue(
    fraction,
    zero,
    table.classes[k] === undefined ? "it" : `class ${table.classes[k]}`,
  );
  if (found.kind === "undefined") return undefinedFor(found.because, table.rows, all);
  if (metric.kind === "fbeta" && metric.beta !== 1) {
    const smooth = (at: Margins): number => {
      const { numerator, denominator } = classFraction(metric, at, k);
      return numerator / denominator;
    };
    return valueFor(found.value, table.rows, { ...all, ...deltaFacts(table, found.value, "logit", smooth) });
  }
  if (metric.kind === "fbeta")
    return valueFor(found.value, table.rows, { ...all, ...jaccardFacts(table, k) });
  const evidence = proportionFacts(
    fraction.numerator,
    fraction.denominator,
    classFraction(metric, squares, k).denominator,
  );
  return valueFor(found.value, table.rows, { ...all, ...evidence });
}

function jaccardFacts(table: ConfusionTable, k: number) {
  const n = table.classes.length;
  const own = classFraction({ kind: "jaccard" }, marginsOf(table.cells, n), k);
  const squares = classFraction({ kind: "jaccard" }, marginsOf(table.squares, n), k);
  const { successes, trials } = proportionFacts(own.numerator, own.denominator, squares.denominator);
  return { jaccard_successes: successes, jaccard_trials: trials };
}

/** Facts for an exact bound where the average is a proportion of rows, or a plain mean of such. */
function exactFacts(
  metric: ClassMetric,
  how: Average,
  table: ConfusionTable,
  chosen: readonly number[],
): Readonly<Record<string, number>> | null {
  const n = table.classes.length;
  const margins = marginsOf(table.cells, n);
  const squares = marginsOf(table.squares, n);
  const every = chosen.length === n;
  const isAccuracy =
    every &&
    ((how === "micro" &&
      (metric.kind === "fbeta" || metric.kind === "precision" || metric.kind === "recall")) ||
      (how === "weighted" && metric.kind === "recall"));
  if (isAccuracy) {
    const right = margins.hits.reduce((sum, one) => sum + one, 0);
    return proportionFacts(right, margins.total, squares.total);
  }
  if (how === "micro" && (metric.kind === "precision" || metric.kind === "recall")) {
    const own = pooledFraction(metric, margins, chosen);
    return proportionFacts(
      own.numerator,
      own.denominator,
      pooledFraction(metric, squares, chosen).denominator,
    );
  }
  if (how === "macro" && metric.kind === "recall" && chosen.length <= mostStrata) {
    return strataFacts(table, chosen);
  }
  return null;
}

/** The recall of each class as a proportion of its own: `strata`, and for each `successes_k` and `trials_k`. */
export function strataFacts(
  table: ConfusionTable,
  chosen: readonly number[],
): Readonly<Record<string, number>> {
  const n = table.classes.length;
  const margins = marginsOf(table.cells, n);
  const squares = marginsOf(table.squares, n);
  const facts: Record<string, number> = { strata: chosen.length, effective_rows: tableRows(table) };
  chosen.forEach((k, at) => {
    const own = proportionFacts(margins.hits[k] ?? 0, margins.truth[k] ?? 0, squares.truth[k] ?? 0);
    facts[`successes_${at}`] = own.successes;
    facts[`trials_${at}`] = own.trials;
  });
  return facts;
}

function zeroDivisionOf(params: Params): ZeroDivision {
  const value = params.get("zero_division");
  return value === 0 || value === 1 ? value : "undefined";
}

export const precision: Metric = classMetric({
  name: "precision",
  aliases: ["positive_predictive_value", "ppv"],
  of: () => ({ kind: "precision" }),
});
export const recall: Metric = classMetric({
  name: "recall",
  aliases: ["sensitivity", "true_positive_rate", "tpr"],
  of: () => ({ kind: "recall" }),
});
export const specificity: Metric = classMetric({
  name: "specificity",
  aliases: ["true_negative_rate", "tnr"],
  of: () => ({ kind: "specificity" }),
});
export const negativePredictiveValue: Metric = classMetric({
  name: "negative_predictive_value",
  aliases: ["npv"],
  of: () => ({ kind: "negative_predictive_value" }),
});
export const falsePositiveRate: Metric = classMetric({
  name: "false_positive_rate",
  aliases: ["fpr"],
  direction: "lower",
  of: () => ({ kind: "false_positive_rate" }),
});
export const falseNegativeRate: Metric = classMetric({
  name: "false_negative_rate",
  aliases: ["fnr"],
  direction: "lower",
  of: () => ({ kind: "false_negative_rate" }),
});
export const jaccard: Metric = classMetric({ name: "jaccard", of: () => ({ kind: "jaccard" }) });
export const f1: Metric = classMetric({
  name: "f1",
  aliases: ["f1_score", "dice"],
  of: () => ({ kind: "fbeta", beta: 1 }),
});
export const fbeta: Metric = classMetric({
  name: "fbeta",
  aliases: ["fbeta_score"],
  params: {
    beta: {
      kind: "number",
      least: 0.01,
      most: 100,
      default: 1,
      says: "How many times recall weighs precision.",
    },
  },
  of: (params) => ({ kind: "fbeta", beta: numberParam(params, "beta") }),
});
