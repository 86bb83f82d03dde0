import type { Groups } from "../../query/aggregate.ts";
import { undefinedFor, valueFor } from "./cells.ts";
import type { ClassColumn, Facts, Metric, MetricInput, MetricResult, MetricValue } from "./metric.ts";
import { factsOfOutputs, joinedFacts } from "./output-facts.ts";
import type { ParamSpec } from "./params.ts";
import { noBound } from "./resample.ts";

const multioutput = (...more: readonly string[]): ParamSpec => ({
  kind: "choice",
  of: ["uniform_average", "raw_values", ...more],
  default: "uniform_average",
  says: "Of several outputs a row: their plain mean, or each by itself.",
});

/** More outputs than any regression is read by. */
const mostOutputs = 100;

/** How an output's weight in `variance_weighted` is read from its facts. */
const spreadFact = "truth_spread";

/**
 * The metric also of several outputs a row: each pair of `labels` and `predictions` is measured as if it were alone,
 * in one aggregate. `variance_weighted` weighs outputs by the spread of their truths, as scikit-learn does.
 */
export function ofSeveralOutputs(metric: Metric, options: { readonly weighted?: true } = {}): Metric {
  const weighted = options.weighted === undefined ? [] : ["variance_weighted"];
  return {
    ...metric,
    several: true,
    parts: { ...metric.parts, labels: "taken", predictions: { beside: "labels" } },
    params: { ...metric.params, multioutput: multioutput(...weighted) },
    unmet(input) {
      const { labels, predictions } = input.columns;
      if (labels === undefined) return metric.unmet(input);
      if (labels.length === 0 || labels.length > mostOutputs) {
        return `it needs 1 to ${mostOutputs} outputs`;
      }
      for (const { class: name } of labels) {
        const own = predictions?.filter((one) => String(one.class) === String(name)) ?? [];
        if (own.length !== 1) return `output ${name} needs one column with its predicted number`;
      }
      const first = labels[0];
      return first === undefined ? null : metric.unmet(single({ ...input, resolution: exact }, first));
    },
    aggregate(input, by) {
      const { labels } = input.columns;
      if (labels === undefined) return metric.aggregate(input, by);
      const parts = labels.map((output) => metric.aggregate(single(input, output), []));
      return {
        table: input.columns.table,
        by: [...by, ...parts.flatMap((part) => part.by)],
        values: Object.fromEntries(
          parts.flatMap((part, k) =>
            Object.entries(part.values).map(([name, measure]) => [`${k}_${name}`, measure] as const),
          ),
        ),
      };
    },
    finish(input, cells) {
      const { labels } = input.columns;
      if (labels === undefined) return metric.finish(input, cells);
      const results = labels.map((output, k) => {
        const own = single(input, output);
        const depth = metric.aggregate(own, []).by.length;
        return { class: String(output.class), result: metric.finish(own, outputCells(cells, k, depth)) };
      });
      return together(results, String(input.params.get("multioutput")));
    },
    resampled: (input) =>
      (input.columns.labels !== undefined && input.params.get("multioutput") === "variance_weighted") ||
      metric.resampled?.(input) === true,
    ...boundsOfOutputs(metric),
  };
}

/**
 * The mean of the outputs' bounds. The errors of a row's outputs go together in a way that nobody has counted; the standard
 * error of a mean is at most the mean of the standard errors, which it reaches where they rise and fall as one, so that
 * it is wide enough whatever they do.
 */
function boundsOfOutputs(metric: Metric): Pick<Metric, "interval" | "bound"> {
  const resampled = (facts: Facts): boolean =>
    Object.hasOwn(facts, "replicates") || Object.hasOwn(facts, "no_unit_bound");
  return {
    bound(facts, confidence, side) {
      const parts = resampled(facts) ? null : factsOfOutputs(facts);
      if (parts === null) return metric.bound(facts, confidence, side);
      let sum = 0;
      for (const part of parts) {
        const own = metric.bound(part, confidence, side);
        if (own.kind === "undefined")
          return { kind: "undefined", because: `an output has none: ${own.because}` };
        sum += own.value;
      }
      return { kind: "value", value: sum / parts.length };
    },
    interval(facts, confidence) {
      const parts = resampled(facts) ? null : factsOfOutputs(facts);
      if (parts === null) return metric.interval(facts, confidence);
      const each = parts.map((part) => metric.interval(part, confidence));
      const mean = (end: 0 | 1): number =>
        each.reduce((all, own) => all + (own?.[end] ?? Number.NaN), 0) / each.length;
      return each.includes(null) ? null : [mean(0), mean(1)];
    },
  };
}

const exact: MetricInput["resolution"] = { kind: "exact" };

function single(input: MetricInput, output: ClassColumn): MetricInput {
  const { labels: _labels, predictions, score: _score, ...rest } = input.columns;
  const prediction = predictions?.find((one) => String(one.class) === String(output.class))?.column ?? "";
  return { ...input, columns: { ...rest, label: output.column, prediction } };
}

/** What the cells of all outputs say of one of them. */
function outputCells(cells: Groups, k: number, depth: number): Groups {
  const prefix = `${k}_`;
  const values = Object.entries(cells.values)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, column]) => [name.slice(prefix.length), column] as const);
  return {
    count: cells.count,
    keys: cells.keys.slice(k * depth, (k + 1) * depth),
    values: Object.fromEntries(values),
  };
}

function together(
  results: readonly { readonly class: string; readonly result: MetricResult }[],
  how: string,
): MetricResult {
  const rows = results.reduce((most, { result }) => Math.max(most, result.rows), 0);
  const values: MetricValue[] = [];
  const classes: { readonly class: string; readonly result: Exclude<MetricResult, { kind: "classes" }> }[] =
    [];
  for (const { class: name, result } of results) {
    if (result.kind === "classes") return undefinedFor(`output ${name} has several values itself`, rows);
    classes.push({ class: name, result });
    if (result.kind === "value") values.push(result);
    else if (how !== "raw_values") {
      return { ...result, because: `output ${name}: ${result.because}`, rows };
    }
  }
  if (how === "raw_values") return { kind: "classes", classes, rows };
  const facts = joinedFacts(values.map((one) => one.facts)) ?? {};
  const weights = values.map((one) => (how === "variance_weighted" ? (one.facts[spreadFact] ?? 0) : 1));
  const total = weights.reduce((all, one) => all + one, 0);
  // As scikit-learn: where no truth varies, all outputs weigh the same.
  const weightOf = (k: number): number => (total > 0 ? (weights[k] ?? 0) / total : 1 / values.length);
  return valueFor(
    values.reduce((all, { value }, k) => all + weightOf(k) * value, 0),
    rows,
    how === "variance_weighted"
      ? noBound("it needs the units to resample by (data.evaluation.unit_id)")
      : facts,
  );
}
