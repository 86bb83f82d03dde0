import type { Predicate } from "../../query/predicate.ts";
import { bounds } from "./bounds.ts";
import { sumOf, undefinedFor, valueFor } from "./cells.ts";
import type { Metric, MetricColumns } from "./metric.ts";
import { brierScore, logLoss } from "./probability-losses.ts";
import { both, isNegative, isPositive, isPresent, tally } from "./row-conditions.ts";

/** The loss of a model that gives every row the classes' shares. `classes` is one for a binary Brier score. */
type Baseline = (shares: readonly number[], binary: boolean) => number;

/** The share of a loss that the model takes off that of always saying how often each class occurs. */
function skill(inner: Metric, own: Pick<Metric, "name" | "aliases">, baseline: Baseline): Metric {
  return {
    ...inner,
    ...own,
    direction: "higher",
    range: [Number.NEGATIVE_INFINITY, 1],
    aggregate(input, by) {
      const aggregate = inner.aggregate(input, by);
      const tallies = classesOf(input.columns).map((where, k) => tally(input.columns, `class_${k}`, where));
      return { ...aggregate, values: { ...aggregate.values, ...Object.assign({}, ...tallies) } };
    },
    finish(input, cells) {
      const loss = inner.finish(input, cells);
      if (loss.kind !== "value") return loss;
      const { columns } = input;
      if (loss.rows < 2) return undefinedFor("one row has no spread to explain", loss.rows);
      const sizes = classesOf(columns).map((_, k) => sumOf(cells, `class_${k}`));
      const all = sizes.reduce((sum, size) => sum + size, 0);
      const least = baseline(
        sizes.map((size) => size / all),
        columns.scores === undefined,
      );
      if (!(least > 0)) return undefinedFor("all rows are of one class", loss.rows);
      return valueFor(1 - loss.value / least, loss.rows, {});
    },
    ...bounds,
  };
}

function classesOf(columns: MetricColumns): readonly Predicate[] {
  const names = columns.scores?.map((one) => one.column) ?? [columns.score ?? ""];
  const answered = names.map(isPresent);
  if (columns.scores === undefined) {
    return [both(isPositive(columns), ...answered), both(isNegative(columns), ...answered)];
  }
  // Rows without an answer leave the metric undefined, so that each class need not ask for all of its scores.
  return columns.scores.map((own) => ({ kind: "equals", column: columns.label, value: own.class }) as const);
}

export const d2LogLoss: Metric = skill(
  logLoss,
  { name: "d2_log_loss", aliases: ["d2_log_loss_score"] },
  (shares) => shares.reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0),
);

export const d2Brier: Metric = skill(
  brierScore,
  { name: "d2_brier", aliases: ["d2_brier_score", "brier_skill_score"] },
  (shares, binary) => {
    const spread = shares.reduce((sum, p) => sum + p * (1 - p), 0);
    return binary ? spread / 2 : spread;
  },
);
