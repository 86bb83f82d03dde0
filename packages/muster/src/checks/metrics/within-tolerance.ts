import { column } from "../../query/expression.ts";
import type { Metric } from "./metric.ts";
import { bothNumbers, errorOf, numberUpkeep, unmetNumber } from "./number-columns.ts";
import { numberParam, type ParamSpec } from "./params.ts";
import { absolute, atLeast, constant, scaled, sum } from "./row-arithmetic.ts";
import { shareOfRows } from "./row-share.ts";

const tolerance = (says: string): ParamSpec => ({
  kind: "number",
  least: 0,
  most: Number.MAX_VALUE,
  default: 0,
  says,
});

/** The share of rows whose |error| is at most `absolute` + `relative` times |truth|, as numpy's `isclose` adds them. */
export const withinTolerance: Metric = shareOfRows({
  name: "within_tolerance",
  aliases: ["within_tolerance_share"],
  params: {
    absolute: tolerance("How large an error may be."),
    relative: tolerance("How large an error may be as a share of the truth."),
  },
  unmet: ({ columns, params }) =>
    unmetNumber(columns) ??
    (numberParam(params, "absolute") + numberParam(params, "relative") > 0
      ? null
      : "it needs a tolerance above 0 (absolute, relative or both)"),
  upkeep: numberUpkeep,
  present: bothNumbers,
  hit(columns, params) {
    const most = sum(
      constant(numberParam(params, "absolute")),
      scaled(numberParam(params, "relative"), absolute(column(columns.label))),
    );
    return atLeast(most, absolute(errorOf(columns)));
  },
});
