import type { Aggregate, Dimension, Groups } from "../../../query/aggregate.ts";
import {
  type Average,
  classAverage,
  fractionValue,
  type ZeroDivision,
} from "../../../stats/class-average.ts";
import { type ClassMetric, classFraction } from "../../../stats/class-fraction.ts";
import type { Margins } from "../../../stats/confusion.ts";
import { sumOf, undefinedFor, valueFor } from "../cells.ts";
import { proportionFacts } from "../confusion-facts.ts";
import type { MetricColumns, MetricResult, MetricUndefined, MetricValue } from "../metric.ts";
import { noBound } from "../resample.ts";
import { both, tally } from "../row-conditions.ts";
import { anyLabel, labelColumns, labelTrouble, labelUpkeep } from "./label-columns.ts";
import { labelPatterns, mostPatternClasses, readPatterns } from "./label-patterns.ts";

/**
 * What the average over classes is made of: rows by the pattern of all their labels, which says how labels go together; for
 * each class by itself, and where there are too many for patterns, counts of its right, true and predicted labels.
 */
export function labelAggregate(
  columns: MetricColumns,
  how: Average | "none",
  by: readonly Dimension[],
): Aggregate {
  const classes = columns.labels?.length ?? 0;
  if (how !== "none" && classes <= mostPatternClasses) return labelPatterns(columns, by);
  const counts = labelColumns(columns).map((own, k) => ({
    ...tally(columns, `tp_${k}`, both(own.has, own.predicted)),
    ...tally(columns, `fn_${k}`, both(own.has, own.notPredicted)),
    ...tally(columns, `fp_${k}`, both(own.hasNot, own.predicted)),
  }));
  return {
    table: columns.table,
    by,
    values: {
      ...labelUpkeep(columns, "predictions"),
      ...tally(columns, "size", anyLabel(columns)),
      ...Object.assign({}, ...counts),
    },
  };
}

/** The counts as margins: every class against rows without it, so the classes' rows overlap. */
export function labelMargins(cells: Groups, classes: number, suffix: "" | "_squares"): Margins {
  const each = (of: (k: number) => number) => Float64Array.from({ length: classes }, (_, k) => of(k));
  const count = (name: string) => (k: number) => sumOf(cells, `${name}_${k}${suffix}`);
  const [tp, fn, fp] = [count("tp"), count("fn"), count("fp")];
  return {
    hits: each(tp),
    truth: each((k) => tp(k) + fn(k)),
    predicted: each((k) => tp(k) + fp(k)),
    total: sumOf(cells, `size${suffix}`),
  };
}

/** A metric of one fraction a class, averaged over the classes of rows that may have several. */
export function averageOfLabels(
  metric: ClassMetric,
  columns: MetricColumns,
  cells: Groups,
  how: Average | "none",
  zero: ZeroDivision,
  listed: readonly string[],
): MetricResult {
  const wrong = labelTrouble(cells);
  if (wrong !== null) return wrong;
  const rows = sumOf(cells, "rows");
  const names = labelColumns(columns).map(({ name }) => name);
  if (!(sumOf(cells, "size") > 0)) return undefinedFor("all weights are 0", rows);
  const unknown = listed.find((name) => !names.includes(name));
  if (unknown !== undefined) return undefinedFor(`there is no label column of class ${unknown}`, rows);
  const chosen = listed.length > 0 ? listed.map((name) => names.indexOf(name)) : names.map((_, k) => k);
  const byPattern = how !== "none" && names.length <= mostPatternClasses;
  const counts = byPattern ? readPatterns(columns, cells, names.length) : null;
  const margins = counts?.margins ?? labelMargins(cells, names.length, "");
  if (how === "none") {
    const squares = columns.weight === undefined ? margins : labelMargins(cells, names.length, "_squares");
    const classes = chosen.map((k) => ({
      class: names[k] ?? "",
      result: ofLabel(metric, margins, squares, k, zero, names[k] ?? "", rows),
    }));
    return { kind: "classes", classes, rows };
  }
  const evaluate = (at: Margins) => classAverage(metric, how, at, chosen, zero, (k) => `class ${names[k]}`);
  const found = evaluate(margins);
  if (found.kind === "undefined") return undefinedFor(found.because, rows);
  if (counts === null) return valueFor(found.value, rows, noBound("of more than 52 labels none is known"));
  const smooth = (at: Margins): number => {
    const value = evaluate(at);
    return value.kind === "value" ? value.value : Number.NaN;
  };
  return valueFor(found.value, rows, counts.facts(found.value, smooth, how === "micro" ? null : chosen));
}

/** One class: a proportion of rows, with the facts for its exact bound. */
function ofLabel(
  metric: ClassMetric,
  margins: Margins,
  squares: Margins,
  k: number,
  zero: ZeroDivision,
  name: string,
  rows: number,
): MetricValue | MetricUndefined {
  const fraction = classFraction(metric, margins, k);
  const found = fractionValue(fraction, zero, `class ${name}`);
  if (found.kind === "undefined") return undefinedFor(found.because, rows);
  if (metric.kind === "fbeta" && metric.beta !== 1) return valueFor(found.value, rows, {});
  const own: ClassMetric = metric.kind === "fbeta" ? { kind: "jaccard" } : metric;
  const { numerator, denominator } = classFraction(own, margins, k);
  const { successes, trials } = proportionFacts(
    numerator,
    denominator,
    classFraction(own, squares, k).denominator,
  );
  return valueFor(
    found.value,
    rows,
    metric.kind === "fbeta"
      ? { jaccard_successes: successes, jaccard_trials: trials }
      : { successes, trials },
  );
}
