import type { Measure } from "../../query/aggregate.ts";
import type { Predicate } from "../../query/predicate.ts";
import { bounds } from "./bounds.ts";
import { sumOf, undefinedFor, valueFor } from "./cells.ts";
import type { Metric, MetricColumns } from "./metric.ts";
import { brierScore, logLoss } from "./probability-losses.ts";
import { noBound } from "./resample.ts";
import { both, isNegative, isPositive, isPresent, tally } from "./row-conditions.ts";

/** The loss of a model that gives every row the classes' shares, and its slope in each of them. */
interface Baseline {
  readonly loss: number;
  readonly slopes: readonly number[];
}
type BaselineOf = (shares: readonly number[], binary: boolean) => Baseline;

/** The share of a loss that the model takes off that of always saying how often each class occurs. */
function skill(inner: Metric, own: Pick<Metric, "name" | "aliases">, baseline: BaselineOf): Metric {
  return {
    ...inner,
    ...own,
    direction: "higher",
    range: [Number.NEGATIVE_INFINITY, 1],
    resampled: ({ columns }) => columns.weight !== undefined,
    aggregate(input, by) {
      const aggregate = inner.aggregate(input, by);
      const tallies = classesOf(input.columns).map((where, k) => ({
        ...tally(input.columns, `class_${k}`, where),
        ...lossOfClass(aggregate.values.loss, k, where),
      }));
      return { ...aggregate, values: { ...aggregate.values, ...Object.assign({}, ...tallies) } };
    },
    finish(input, cells) {
      const loss = inner.finish(input, cells);
      if (loss.kind !== "value") return loss;
      const { columns } = input;
      if (loss.rows < 2) return undefinedFor("one row has no spread to explain", loss.rows);
      const sizes = classesOf(columns).map((_, k) => sumOf(cells, `class_${k}`));
      const all = sizes.reduce((sum, size) => sum + size, 0);
      const shares = sizes.map((size) => size / all);
      const { loss: least, slopes } = baseline(shares, columns.scores === undefined);
      if (!(least > 0)) return undefinedFor("all rows are of one class", loss.rows);
      if (columns.weight !== undefined) {
        const facts = noBound("with weights it needs the units to resample by (data.evaluation.unit_id)");
        return valueFor(1 - loss.value / least, loss.rows, facts);
      }
      const share = loss.value / least;
      let mean = 0;
      let squares = 0;
      let cross = 0;
      for (const [k, slope] of slopes.entries()) {
        mean += (shares[k] ?? 0) * slope;
        squares += (shares[k] ?? 0) * slope * slope;
        cross += slope * (sumOf(cells, `class_${k}_loss`) / all - loss.value * (shares[k] ?? 0));
      }
      // The influence of a row: its loss less the share of what it does to the baseline's.
      const ofLoss = (loss.facts.standard_error ?? Number.NaN) ** 2 * (all - 1);
      const spread = ofLoss - 2 * share * cross + share * share * (squares - mean * mean);
      return valueFor(1 - share, loss.rows, {
        noise_share: share,
        standard_error: Math.sqrt(Math.max(0, spread) / (all - 1)) / least,
        rows: all,
      });
    },
    ...bounds,
  };
}

/** The loss of the rows of one class, by the sum of that of all. */
function lossOfClass(loss: Measure | undefined, k: number, where: Predicate): Record<string, Measure> {
  if (loss?.fn !== "sum") return {};
  const own = loss.where === undefined ? where : both(loss.where, where);
  return { [`class_${k}_loss`]: { ...loss, where: own } };
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
  (shares) => ({
    loss: shares.reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0),
    slopes: shares.map((p) => (p > 0 ? -Math.log(p) : 0)),
  }),
);

export const d2Brier: Metric = skill(
  brierScore,
  { name: "d2_brier", aliases: ["d2_brier_score", "brier_skill_score"] },
  (shares, binary) => {
    const scale = binary ? 0.5 : 1;
    return {
      loss: scale * shares.reduce((sum, p) => sum + p * (1 - p), 0),
      slopes: shares.map((p) => scale * (1 - 2 * p)),
    };
  },
);
