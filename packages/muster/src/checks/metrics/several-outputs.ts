import type { Groups } from "../../query/aggregate.ts";
import { undefinedFor, valueFor } from "./cells.ts";
import type { ClassColumn, Metric, MetricInput, MetricResult, MetricValue } from "./metric.ts";
import type { ParamSpec } from "./params.ts";

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
  const weights = values.map(({ facts }) => (how === "variance_weighted" ? (facts[spreadFact] ?? 0) : 1));
  const total = weights.reduce((all, one) => all + one, 0);
  // As scikit-learn: where no truth varies, all outputs weigh the same.
  const weightOf = (k: number): number => (total > 0 ? (weights[k] ?? 0) / total : 1 / values.length);
  return valueFor(
    values.reduce((all, { value }, k) => all + weightOf(k) * value, 0),
    rows,
    {},
  );
}
