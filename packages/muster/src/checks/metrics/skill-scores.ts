import { type Dimension, type Groups, other } from "../../query/aggregate.ts";
import { bounds } from "./bounds.ts";
import { columnOf, undefinedFor, valueFor } from "./cells.ts";
import type { Metric, MetricColumns } from "./metric.ts";
import { brierScore, logLoss } from "./probability-losses.ts";
import { noBound } from "./resample.ts";

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
    aggregate: (input, by) => inner.aggregate(input, [...by, ofClasses(input.columns)]),
    finish(input, cells) {
      const loss = inner.finish(input, cells);
      if (loss.kind !== "value") return loss;
      const { columns } = input;
      if (loss.rows < 2) return undefinedFor("one row has no spread to explain", loss.rows);
      const classes = byClass(columns, cells);
      const all = classes.reduce((sum, { size }) => sum + size, 0);
      const shares = classes.map(({ size }) => size / all);
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
        cross += slope * ((classes[k]?.loss ?? 0) / all - loss.value * (shares[k] ?? 0));
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

/** Rows by their class, which is the first key: each row's loss is written once for all classes. Of two, all others are negative. */
function ofClasses({ label, scores, positive }: MetricColumns): Dimension {
  return { kind: "listed", column: label, values: scores?.map((one) => one.class) ?? [positive ?? ""] };
}

/** How many rows are of each class, or their weight, and the sum of their losses. */
function byClass(
  { scores, positive }: MetricColumns,
  cells: Groups,
): readonly { size: number; loss: number }[] {
  const names = scores?.map((one) => String(one.class)) ?? [String(positive ?? ""), other];
  const classes = names.map(() => ({ size: 0, loss: 0 }));
  const place = new Map(names.map((name, k) => [name, k]));
  const [sizes, losses] = [columnOf(cells, "weight"), columnOf(cells, "loss")];
  for (let g = 0; g < cells.count; g++) {
    const found = classes[place.get(String(cells.keys[0]?.[g] ?? "")) ?? -1];
    if (found === undefined) continue;
    // NaN, the sum of no rows, adds nothing.
    found.size += sizes[g] || 0;
    found.loss += losses[g] || 0;
  }
  return classes;
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
