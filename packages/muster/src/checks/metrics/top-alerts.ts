import { total } from "../../stats/roc-auc.ts";
import type { ScoredCells } from "../../stats/score-curves.ts";
import { topRows } from "../../stats/top-share.ts";
import type { Metric } from "./metric.ts";
import { numberParam, type ParamSpec, type Params } from "./params.ts";
import { type ScoreResult, scoreMetric } from "./score-metric.ts";

const params: Readonly<Record<string, ParamSpec>> = {
  k: {
    kind: "integer",
    least: 1,
    most: Number.MAX_SAFE_INTEGER,
    default: null,
    says: "How many rows are looked at, from the highest score.",
  },
  share: {
    kind: "number",
    least: Number.MIN_VALUE,
    most: 1,
    default: null,
    says: "Or which share of all rows.",
  },
};

/** Exactly one of the two says how far down the ranking one looks. */
function unmet(given: Params): string | null {
  const said = ["k", "share"].filter((name) => !Number.isNaN(numberParam(given, name)));
  return said.length === 1 ? null : "it needs to know how many rows are looked at: k, or share";
}

/** A number of the rows with the highest scores: what somebody with time for so many alerts gets. */
function ofAlerts(
  own: Pick<Metric, "name" | "range"> & { readonly aliases?: readonly string[] },
  of: (top: { readonly positives: number; readonly rows: number }, P: number, rows: number) => ScoreResult,
): Metric {
  return scoreMetric({
    ...own,
    direction: "higher",
    params,
    unmet: ({ params: given }) => unmet(given),
    of(cells: ScoredCells, given) {
      const P = total(cells.positives);
      const rows = P + total(cells.negatives);
      const k = numberParam(given, "k");
      const share = numberParam(given, "share");
      return of(topRows(cells, Number.isNaN(k) ? share * rows : k), P, rows);
    },
  });
}

const noPositive: ScoreResult = { kind: "undefined", because: "there is no positive row" };

/** The positives' share of them; with fewer rows than k, of all. */
export const alertPrecision: Metric = ofAlerts(
  { name: "alert_precision", aliases: ["precision_at_top"], range: [0, 1] },
  (top) => ({ kind: "value", value: top.positives / top.rows }),
);

/** The share of all positives that is among them: with `share`, the cumulative gain. */
export const alertRecall: Metric = ofAlerts(
  {
    name: "alert_recall",
    aliases: ["recall_at_top", "cumulative_gain", "alert_budget_recall"],
    range: [0, 1],
  },
  (top, P) => (P > 0 ? { kind: "value", value: top.positives / P } : noPositive),
);

/** How many times as many positives are among them as among as many rows at random. */
export const lift: Metric = ofAlerts(
  { name: "lift", aliases: ["lift_score"], range: [0, Number.POSITIVE_INFINITY] },
  (top, P, rows) => (P > 0 ? { kind: "value", value: top.positives / top.rows / (P / rows) } : noPositive),
);
