import type { Batch } from "../../../engine/engine.ts";
import { type Derivation, derivedColumn } from "../../../query/derivation.ts";
import { column } from "../../../query/expression.ts";
import { bounds } from "../bounds.ts";
import { sumOf, undefinedFor, valueFor } from "../cells.ts";
import type { Deriver } from "../deriver.ts";
import { type Loss, lossMeasures, meanFacts, readMeanLoss } from "../mean-loss.ts";
import type { Metric, MetricInput } from "../metric.ts";
import { numberParam, type ParamSpec } from "../params.ts";
import { isPresent } from "../row-conditions.ts";
import { withinRange } from "./range-bounds.ts";

/**
 * The chance that at least one of k samples passes, when c of n did: 1 - C(n-c, k) / C(n, k), without bias (M. Chen
 * et al., Evaluating large language models trained on code, 2021, equation 1). NaN when k is more than n.
 */
export function passAtK(n: number, c: number, k: number): number {
  if (!isCount(n) || !isCount(c) || c > n || k > n) return Number.NaN;
  if (n - c < k) return 1;
  let none = 1;
  for (let i = n - c + 1; i <= n; i++) none *= 1 - k / i;
  return 1 - none;
}

/** The chance that all of k samples pass: C(c, k) / C(n, k) (S. Yao et al., tau-bench, 2024). */
export function passHatK(n: number, c: number, k: number): number {
  if (!isCount(n) || !isCount(c) || c > n || k > n) return Number.NaN;
  let all = 1;
  for (let i = 0; i < k; i++) all *= Math.max(0, c - i) / (n - i);
  return all;
}

const isCount = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= 1e6;

const params: Readonly<Record<string, ParamSpec>> = {
  k: { kind: "integer", least: 1, most: 10_000, default: 1, says: "How many samples are looked at." },
};

type Input = Omit<MetricInput, "resolution">;

const name = "pass_counts";

/** Each row is a task: `label` has how many samples were drawn, `prediction` how many of them passed. */
export const passDeriver: Deriver = {
  name,
  names: () => ["pass_at_k", "pass_hat_k", "row"],
  derive(batch, { columns, params: given }) {
    const k = Number(given.k);
    const drawn = numbers(batch, columns.label ?? "");
    const passed = numbers(batch, columns.prediction ?? "");
    return {
      pass_at_k: drawn.map((n, i) => passAtK(n, passed[i] ?? Number.NaN, k)),
      pass_hat_k: drawn.map((n, i) => passHatK(n, passed[i] ?? Number.NaN, k)),
      row: drawn.map((n) => (Number.isNaN(n) ? Number.NaN : 1)),
    };
  },
};

function numbers(batch: Batch, from: string): Float64Array {
  const cells = batch.columns[from] ?? [];
  return Float64Array.from(cells, (cell) => (cell === null || cell === "" ? Number.NaN : Number(cell)));
}

const derivation = (input: Input): Derivation => ({
  by: name,
  revision: 1,
  columns: { label: input.columns.label, prediction: input.columns.prediction ?? "" },
  params: { k: numberParam(input.params, "k") },
});

function passMetric(own: "pass_at_k" | "pass_hat_k"): Metric {
  const value = (input: Input) => derivedColumn(derivation(input), own);
  const loss = (input: Input): Loss => ({
    terms: [{ of: column(value(input)), where: isPresent(value(input)) }],
  });
  return {
    name: own,
    aliases: [],
    direction: "higher",
    range: [0, 1],
    outputs: ["text"],
    params,
    parts: { label: "taken", prediction: "taken" },
    unmet: ({ columns }) => {
      if (columns.weight !== undefined) return "it takes no weights";
      return columns.prediction === undefined
        ? "it needs a column with the number of samples that passed"
        : null;
    },
    derive: (input) => [derivation(input)],
    aggregate: (input, by) => ({
      table: input.columns.table,
      by,
      values: {
        rows: { fn: "count", where: isPresent(derivedColumn(derivation(input), "row")) },
        counted: { fn: "count", where: isPresent(value(input)) },
        ...lossMeasures(input.columns, loss(input)),
      },
    }),
    finish(input, cells) {
      const rows = sumOf(cells, "rows");
      if (rows === 0) return undefinedFor("no row has a number of samples", 0);
      const missing = rows - sumOf(cells, "counted");
      const k = numberParam(input.params, "k");
      if (missing > 0) {
        const because = `${missing} of ${rows} tasks have fewer than ${k} samples, or counts that are none`;
        return undefinedFor(because, rows);
      }
      const found = readMeanLoss(input.columns, cells);
      if (found === null) return undefinedFor("there is no row", rows);
      return valueFor(found.mean, rows, { ...meanFacts(found), bounded: 1 });
    },
    ...withinRange(bounds, [0, 1]),
  };
}

export const passAtKMean: Metric = passMetric("pass_at_k");
export const passHatKMean: Metric = passMetric("pass_hat_k");
