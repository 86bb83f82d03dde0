import type { Groups, Measure } from "../../query/aggregate.ts";
import type { Predicate } from "../../query/predicate.ts";
import type { MetricParts } from "../../spec/metric-part.ts";
import type { Interval } from "../../stats/interval.ts";
import { bounds } from "./bounds.ts";
import { sumOf, trouble, undefinedFor, valueFor } from "./cells.ts";
import { type Loss, lossMeasures, meanFacts, readMeanLoss } from "./mean-loss.ts";
import type { Metric, MetricColumns, MetricInput, MetricUndefined } from "./metric.ts";
import { bothNumbers, numberUpkeep, unmetNumber } from "./number-columns.ts";
import type { ParamSpec, Params } from "./params.ts";
import { answerParts } from "./parts.ts";
import { both } from "./row-conditions.ts";

/** Rows that leave a metric undefined, with the reason in words that follow "in 3 of 10 rows". */
export interface Refusal {
  readonly where: Predicate;
  readonly because: string;
}

/** What tells one mean of losses of predicted numbers from another. */
export interface NumberLoss {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly range?: Interval;
  readonly params?: Readonly<Record<string, ParamSpec>>;
  /** Where these are not those of every predicted number. */
  readonly parts?: MetricParts;
  readonly unmet?: (input: Pick<MetricInput, "columns" | "params">) => string | null;
  readonly loss: (columns: MetricColumns, params: Params) => Loss;
  /** The root of the mean: the mean's bound carries over, as roots keep order. */
  readonly root?: true;
  /** Rows with a label that must have an answer, where that is more than a predicted number. */
  readonly upkeep?: (columns: MetricColumns) => Record<string, Measure>;
  readonly refuses?: (columns: MetricColumns, params: Params) => readonly Refusal[];
}

/** The mean of a loss of each row, or the root of it. */
export function numberLoss(described: NumberLoss): Metric {
  const { name, aliases, loss } = described;
  const refuses = described.refuses ?? (() => []);
  const upkeep = described.upkeep ?? numberUpkeep;
  return {
    name,
    aliases,
    direction: "lower",
    range: described.range ?? [0, Number.POSITIVE_INFINITY],
    outputs: ["number"],
    params: described.params ?? {},
    parts: described.parts ?? answerParts,
    unmet: (input) =>
      (described.upkeep === undefined ? unmetNumber(input.columns) : null) ??
      described.unmet?.(input) ??
      null,
    aggregate: ({ columns, params }, by) => ({
      table: columns.table,
      by,
      values: {
        ...upkeep(columns),
        ...refusalMeasures(columns, refuses(columns, params)),
        ...lossMeasures(columns, loss(columns, params)),
      },
    }),
    finish({ columns, params }, cells) {
      const wrong = trouble(cells) ?? refused(cells, refuses(columns, params));
      if (wrong !== null) return wrong;
      const rows = sumOf(cells, "rows");
      const found = readMeanLoss(columns, cells);
      if (found === null) return undefinedFor("all weights are 0", rows);
      const facts = meanFacts(found);
      if (described.root === undefined) return valueFor(found.mean, rows, facts);
      return valueFor(Math.sqrt(found.mean), rows, { ...facts, root: 1 });
    },
    ...bounds,
  };
}

function refusalMeasures(columns: MetricColumns, refusals: readonly Refusal[]): Record<string, Measure> {
  return Object.fromEntries(
    refusals.map(({ where }, i) => [
      `refused_${i}`,
      { fn: "count", where: both(bothNumbers(columns), where) } as const,
    ]),
  );
}

/** The first reason by which rows of these cells are refused, or null. */
function refused(cells: Groups, refusals: readonly Refusal[]): MetricUndefined | null {
  const rows = sumOf(cells, "rows");
  for (const [i, { because }] of refusals.entries()) {
    const count = sumOf(cells, `refused_${i}`);
    if (count > 0) return undefinedFor(`in ${count} of ${rows} rows ${because}`, rows);
  }
  return null;
}
