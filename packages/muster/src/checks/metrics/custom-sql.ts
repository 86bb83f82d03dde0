import type { Measure } from "../../query/aggregate.ts";
import type { Expression } from "../../query/expression.ts";
import { bounds } from "./bounds.ts";
import { sumOf, trouble, undefinedFor, valueFor } from "./cells.ts";
import { meanFacts } from "./mean-loss.ts";
import type { Metric, MetricColumns } from "./metric.ts";
import { type ParamSpec, type Params, textParam } from "./params.ts";
import { type RowRatio, ratioMeasures, readRatio } from "./ratio-of-sums.ts";
import { atLeast, constant, times } from "./row-arithmetic.ts";
import { labelled, upkeep } from "./row-conditions.ts";

const params: Readonly<Record<string, ParamSpec>> = {
  sql: {
    kind: "text",
    most: 10_000,
    default: null,
    example: "greatest(delay - predicted, 0) * seats",
    says: "A number of one row, in SQL: its columns, arithmetic, CASE and functions.",
  },
  per: {
    kind: "text",
    most: 10_000,
    default: null,
    example: "seats",
    says: "What the sum of sql is divided by the sum of; 1 for each row, if it is not set.",
  },
};

function ratio(columns: MetricColumns, given: Params): RowRatio {
  const per = textParam(given, "per");
  return {
    over: { kind: "sql", text: textParam(given, "sql") ?? "" },
    under: per === null ? constant(1) : { kind: "sql", text: per },
    where: labelled(columns),
  };
}

/** 1 where the row has both numbers, missing where it has not. */
function complete({ over, under }: RowRatio): Expression {
  return times(atLeast(over, over), atLeast(under, under));
}

/**
 * A number of each row that its owner wrote in SQL: its mean over rows, or with `per` the sum of one by the sum of
 * another, which is not the mean of the rows' ratios. A row without such a number leaves it undefined: `coalesce` says
 * what it is to count as.
 */
function custom(own: Pick<Metric, "name" | "direction">): Metric {
  return {
    ...own,
    aliases: [],
    range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    outputs: ["probability", "label", "score", "number", "ranking", "text", "embedding"],
    params,
    parts: { label: "taken", weight: "taken" },
    unmet: ({ params: given }) =>
      textParam(given, "sql") === null ? "it needs a number of each row to average (sql)" : null,
    aggregate({ columns, params: given }, by) {
      const row = ratio(columns, given);
      const counted: Measure = { fn: "sum", of: complete(row), where: row.where };
      return {
        table: columns.table,
        by,
        values: {
          ...upkeep(columns, labelled(columns), labelled(columns)),
          complete: counted,
          ...ratioMeasures(columns, row),
        },
      };
    },
    finish(_, cells) {
      const wrong = trouble(cells);
      if (wrong !== null) return wrong;
      const rows = sumOf(cells, "rows");
      const without = rows - sumOf(cells, "complete");
      if (without > 0) return undefinedFor(`in ${without} of ${rows} rows the SQL gives no number`, rows);
      const found = readRatio(cells);
      if (found === null) return undefinedFor("the sum below the line is not above 0", rows);
      return valueFor(found.mean, rows, { ...meanFacts(found), signed: 1 });
    },
    ...bounds,
  };
}

export const customScore: Metric = custom({ name: "custom_score", direction: "higher" });
export const customLoss: Metric = custom({ name: "custom_loss", direction: "lower" });
