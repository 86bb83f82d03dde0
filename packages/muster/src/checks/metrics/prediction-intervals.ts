import { column, type Expression } from "../../query/expression.ts";
import type { Predicate } from "../../query/predicate.ts";
import type { Metric, MetricColumns } from "./metric.ts";
import { type NumberLoss, numberLoss } from "./number-loss.ts";
import { numberParam } from "./params.ts";
import { atLeast, minus, positivePart, scaled, sum, times } from "./row-arithmetic.ts";
import { both, isPresent, labelled, upkeep } from "./row-conditions.ts";
import { shareOfRows } from "./row-share.ts";

/** Each row's own interval of two columns. */
const low = (columns: MetricColumns): Expression => column(columns.lower ?? "");
const high = (columns: MetricColumns): Expression => column(columns.upper ?? "");

const answered = (columns: MetricColumns): Predicate =>
  both(isPresent(columns.lower ?? ""), isPresent(columns.upper ?? ""));

const present = (columns: MetricColumns): Predicate => both(labelled(columns), answered(columns));

const common = {
  parts: { label: "taken", lower: "needed", upper: "needed", weight: "taken" },
  unmet: ({ columns }) =>
    columns.lower === undefined || columns.upper === undefined
      ? "it needs the columns of each row's interval (lower and upper)"
      : null,
  upkeep: (columns) => upkeep(columns, labelled(columns), answered(columns)),
} as const satisfies Pick<NumberLoss, "parts" | "unmet" | "upkeep">;

/** The share of truths within their interval, its ends included. It should be the share that was promised, not 1. */
export const intervalCoverage: Metric = shareOfRows({
  name: "interval_coverage",
  aliases: ["picp"],
  ...common,
  present,
  hit: (columns) => {
    const y = column(columns.label);
    return times(atLeast(y, low(columns)), atLeast(high(columns), y));
  },
});

export const meanIntervalWidth: Metric = numberLoss({
  name: "mean_interval_width",
  aliases: ["mpiw"],
  ...common,
  range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  loss: (columns) => ({ terms: [{ of: minus(high(columns), low(columns)), where: present(columns) }] }),
});

/**
 * The width, and 2/alpha times the distance of a truth outside (R. L. Winkler, JASA 67 (1972) 187; T. Gneiting & A. E.
 * Raftery, JASA 102 (2007) 359, equation 43): least in the mean for the true central interval of 1 - alpha.
 */
export const winklerScore: Metric = numberLoss({
  name: "winkler_score",
  aliases: ["interval_score"],
  ...common,
  params: {
    alpha: {
      kind: "number",
      least: 1e-9,
      most: 1,
      default: 0.1,
      says: "1 minus the share that the interval promises to hold.",
    },
  },
  range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  loss(columns, params) {
    const y = column(columns.label);
    const [l, u] = [low(columns), high(columns)];
    const beyond = sum(positivePart(minus(l, y)), positivePart(minus(y, u)));
    const of = sum(minus(u, l), scaled(2 / numberParam(params, "alpha"), beyond));
    return { terms: [{ of, where: present(columns) }] };
  },
});
