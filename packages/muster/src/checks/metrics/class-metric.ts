import type { Groups } from "../../query/aggregate.ts";
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
import { deltaFacts, mostStrata, proportionFacts, strataFacts } from "./confusion-facts.ts";
import {
  type ConfusionTable,
  confusionAggregate,
  readTable,
  tableForm,
  unmetPrediction,
} from "./confusion-table.ts";
import type { Metric, MetricInput, MetricResult, MetricUndefined, MetricValue } from "./metric.ts";
import { averageOfLabels, labelAggregate } from "./multilabel/class-average.ts";
import { unmetLabels } from "./multilabel/label-columns.ts";
import { sampleAverage, sampleAverageAggregate } from "./multilabel/sample-average.ts";
import { classesParam, type ParamSpec, type Params } from "./params.ts";
import { severalParts } from "./parts.ts";

const averageParam: ParamSpec = {
  kind: "choice",
  of: ["binary", "macro", "micro", "weighted", "samples", "none"],
  default: "binary",
  says: "binary: the positive class alone; samples: the mean over rows of several labels; none: each class by itself.",
};

const zeroDivisionParam: ParamSpec = {
  kind: "choice",
  of: ["undefined", 0, 1],
  default: "undefined",
  says: "What 0/0 is.",
};

const classesListParam: ParamSpec = { kind: "classes", says: "Average over these classes only." };

export interface ClassMetricDescription {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly direction?: "lower";
  readonly of: (params: Params) => ClassMetric;
  readonly params?: Readonly<Record<string, ParamSpec>>;
}

/** A metric that is one fraction for each class. */
export function classMetric(described: ClassMetricDescription): Metric {
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
    parts: { ...severalParts, scores: { beside: "labels" } },
    several: true,
    unmet({ columns, params }) {
      if (columns.labels !== undefined) {
        return params.get("average") === "binary"
          ? "several labels a row need an average other than binary"
          : unmetLabels(columns, "predictions");
      }
      if (params.get("average") === "samples") return "an average over samples needs several labels a row";
      const form = formOf({ columns, params });
      if (form === "pair" && classesParam(params, "labels").length > 0) {
        return "the classes to average over (labels) need a prediction column and an average other than binary";
      }
      return unmetPrediction(columns, form);
    },
    aggregate(input, by) {
      const { columns, params } = input;
      if (columns.labels === undefined) return confusionAggregate(columns, formOf(input), by);
      return params.get("average") === "samples"
        ? sampleAverageAggregate(described.of(params), columns, zeroDivisionOf(params), by)
        : labelAggregate(columns, averageOf(params), by);
    },
    finish(input, cells) {
      if (input.columns.labels !== undefined)
        return ofSeveralLabels(described.of(input.params), input, cells);
      const table = readTable(cells, formOf(input), classesParam(input.params, "labels"));
      if (table.kind === "undefined") return table;
      return average(described.of(input.params), table, input);
    },
    ...bounds,
  };
}

function ofSeveralLabels(metric: ClassMetric, { columns, params }: MetricInput, cells: Groups): MetricResult {
  const zero = zeroDivisionOf(params);
  if (params.get("average") === "samples") return sampleAverage(columns, cells, zero);
  return averageOfLabels(metric, columns, cells, averageOf(params), zero, classesParam(params, "labels"));
}

function averageOf(params: Params): Average | "none" {
  const kind = params.get("average");
  return kind === "macro" || kind === "micro" || kind === "none" ? kind : "weighted";
}

function formOf({ columns, params }: Pick<MetricInput, "columns" | "params">) {
  return tableForm(columns, String(params.get("average")));
}

/** A table with the margins of its counts and of its squared weights. */
interface Counted {
  readonly table: ConfusionTable;
  readonly margins: Margins;
  readonly squares: Margins;
}

function average(metric: ClassMetric, table: ConfusionTable, input: MetricInput): MetricResult {
  const n = table.classes.length;
  const counted = { table, margins: marginsOf(table.cells, n), squares: marginsOf(table.squares, n) };
  const zero = zeroDivisionOf(input.params);
  const kind = input.params.get("average");
  const listed = classesParam(input.params, "labels").length;
  const chosen = table.classes.map((_, k) => k).slice(0, listed > 0 ? listed : undefined);
  if (kind === "binary") return ofClass(metric, counted, 1, zero);
  if (kind === "none") {
    const classes = chosen.map((k) => ({
      class: table.classes[k] ?? "",
      result: ofClass(metric, counted, k, zero),
    }));
    return { kind: "classes", classes, rows: table.rows };
  }
  const how: Average = kind === "macro" || kind === "micro" ? kind : "weighted";
  const evaluate = (margins: Margins) =>
    classAverage(metric, how, margins, chosen, zero, (k) => `class ${table.classes[k]}`);
  const found = evaluate(counted.margins);
  if (found.kind === "undefined") return undefinedFor(found.because, table.rows);
  const smooth = (margins: Margins): number => {
    const value = evaluate(margins);
    return value.kind === "value" ? value.value : Number.NaN;
  };
  const facts = exactFacts(metric, how, counted, chosen) ?? deltaFacts(table, found.value, "logit", smooth);
  return valueFor(found.value, table.rows, facts);
}

/** One class against the rest: a proportion, or for F1 a function of one. */
function ofClass(
  metric: ClassMetric,
  { table, margins, squares }: Counted,
  k: number,
  zero: ZeroDivision,
): MetricValue | MetricUndefined {
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
    return valueFor(found.value, table.rows, { ...all, ...jaccardFacts(margins, squares, k) });
  const evidence = proportionFacts(
    fraction.numerator,
    fraction.denominator,
    classFraction(metric, squares, k).denominator,
  );
  return valueFor(found.value, table.rows, { ...all, ...evidence });
}

function jaccardFacts(margins: Margins, weightSquares: Margins, k: number) {
  const own = classFraction({ kind: "jaccard" }, margins, k);
  const squares = classFraction({ kind: "jaccard" }, weightSquares, k);
  const { successes, trials } = proportionFacts(own.numerator, own.denominator, squares.denominator);
  return { jaccard_successes: successes, jaccard_trials: trials };
}

/** Facts for an exact bound where the average is a proportion of rows, or a plain mean of such. */
function exactFacts(
  metric: ClassMetric,
  how: Average,
  { table, margins, squares }: Counted,
  chosen: readonly number[],
): Readonly<Record<string, number>> | null {
  const every = chosen.length === table.classes.length;
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

function zeroDivisionOf(params: Params): ZeroDivision {
  const value = params.get("zero_division");
  return value === 0 || value === 1 ? value : "undefined";
}
