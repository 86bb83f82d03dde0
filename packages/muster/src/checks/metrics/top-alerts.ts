import { worth } from "../../stats/delong.ts";
import { total } from "../../stats/roc-auc.ts";
import type { ScoredCells } from "../../stats/score-curves.ts";
import { type Top, type TopErrors, topErrors, topRows } from "../../stats/top-share.ts";
import { effectiveRows } from "./cells.ts";
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

/** What the rows with the highest scores hold, and of how many rows. */
interface Looked {
  readonly top: Top;
  readonly P: number;
  readonly rows: number;
  /** Which share of all rows is looked at. */
  readonly share: number;
  readonly errors: TopErrors;
  /** As how many positives, and rows above the cut, the weights are worth. */
  readonly worthPositives: number;
  readonly worthTop: number;
}

/** A number of the rows with the highest scores: what somebody with time for so many alerts gets. */
function ofAlerts(
  own: Pick<Metric, "name" | "range"> & { readonly aliases?: readonly string[] },
  of: (looked: Looked) => ScoreResult,
): Metric {
  return scoreMetric({
    ...own,
    direction: "higher",
    params,
    unmet: ({ params: given }) => unmet(given),
    of(cells: ScoredCells, given, { squares }) {
      const P = total(cells.positives);
      const rows = P + total(cells.negatives);
      const k = numberParam(given, "k");
      const share = Math.min(1, Number.isNaN(k) ? numberParam(given, "share") : k / rows);
      const top = topRows(cells, Number.isNaN(k) ? share * rows : k);
      const [worthPositives] = worth(P, rows - P, squares);
      const worthRows = effectiveRows(rows, total(squares.positives) + total(squares.negatives));
      const errors = topErrors(cells, squares, share);
      return of({ top, P, rows, share, errors, worthPositives, worthTop: share * worthRows });
    },
  });
}

/** Facts for the bound of a share that the cut moves, too. */
const shareFacts = (estimate: number, error: number, rows: number): Readonly<Record<string, number>> => ({
  estimate,
  standard_error: error,
  logit: 1,
  share_rows: rows,
});

const recallFacts = ({ top, P, errors, worthPositives, worthTop }: Looked) =>
  shareFacts(top.positives / P, errors.recall, Math.min(worthPositives, worthTop));

const noPositive: ScoreResult = { kind: "undefined", because: "there is no positive row" };

/** The positives' share of them; with fewer rows than k, of all. */
export const alertPrecision: Metric = ofAlerts(
  { name: "alert_precision", aliases: ["precision_at_top"], range: [0, 1] },
  ({ top, errors, worthTop }) => {
    const value = top.positives / top.rows;
    return { kind: "value", value, facts: shareFacts(value, errors.precision, worthTop) };
  },
);

/** The share of all positives that is among them: with `share`, the cumulative gain. */
export const alertRecall: Metric = ofAlerts(
  {
    name: "alert_recall",
    aliases: ["recall_at_top", "cumulative_gain", "alert_budget_recall"],
    range: [0, 1],
  },
  (looked) =>
    looked.P > 0
      ? { kind: "value", value: looked.top.positives / looked.P, facts: recallFacts(looked) }
      : noPositive,
);

/** How many times as many positives are among them as among as many rows at random: their recall by the share of rows. */
export const lift: Metric = ofAlerts(
  { name: "lift", aliases: ["lift_score"], range: [0, Number.POSITIVE_INFINITY] },
  (looked) => {
    const { top, P, rows, share } = looked;
    if (!(P > 0)) return noPositive;
    const value = top.positives / top.rows / (P / rows);
    return { kind: "value", value, facts: { ...recallFacts(looked), times: 1 / share } };
  },
);
