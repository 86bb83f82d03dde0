import type { Groups, Measure } from "../../query/aggregate.ts";
import { column, type Expression } from "../../query/expression.ts";
import type { Predicate } from "../../query/predicate.ts";
import type { MetricParts } from "../../spec/metric-part.ts";
import { bounds } from "./bounds.ts";
import { sumOf, trouble, undefinedFor, valueFor } from "./cells.ts";
import { proportionFacts } from "./confusion-facts.ts";
import type { Metric, MetricColumns, MetricInput, MetricResult } from "./metric.ts";
import type { ParamSpec, Params } from "./params.ts";
import { answerParts } from "./parts.ts";
import { times } from "./row-arithmetic.ts";
import { tally } from "./row-conditions.ts";

export interface RowShare {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly params?: Readonly<Record<string, ParamSpec>>;
  /** Where these are not those of every predicted number. */
  readonly parts?: MetricParts;
  readonly unmet: (input: Pick<MetricInput, "columns" | "params">) => string | null;
  readonly upkeep: (columns: MetricColumns) => Record<string, Measure>;
  /** The rows that it is a share of. */
  readonly present: (columns: MetricColumns) => Predicate;
  /** 1 or 0 for each of them. */
  readonly hit: (columns: MetricColumns, params: Params) => Expression;
}

/** The share of rows that meet a condition between their numbers: a proportion, so it has exact bounds. */
export function shareOfRows(described: RowShare): Metric {
  const { name, aliases, present } = described;
  return {
    name,
    aliases,
    direction: "higher",
    range: [0, 1],
    outputs: ["number"],
    params: described.params ?? {},
    parts: described.parts ?? answerParts,
    unmet: described.unmet,
    aggregate: ({ columns, params }, by) => {
      const weight = columns.weight === undefined ? [] : [column(columns.weight)];
      return {
        table: columns.table,
        by,
        values: {
          ...described.upkeep(columns),
          ...tally(columns, "size", present(columns)),
          hits: {
            fn: "sum",
            of: times(...weight, described.hit(columns, params)),
            where: present(columns),
          },
        },
      };
    },
    finish({ columns }, cells) {
      const wrong = trouble(cells);
      if (wrong !== null) return wrong;
      return shareOfSize(columns, cells, sumOf(cells, "hits"));
    },
    ...bounds,
  };
}

/** What `counted` is of the size of all rows, for cells that have `rows` and the tally `size`. */
export function shareOfSize(columns: MetricColumns, cells: Groups, counted: number): MetricResult {
  const rows = sumOf(cells, "rows");
  const size = sumOf(cells, "size");
  if (!(size > 0)) return undefinedFor("all weights are 0", rows);
  const squares = columns.weight === undefined ? size : sumOf(cells, "size_squares");
  return valueFor(counted / size, rows, proportionFacts(counted, size, squares));
}
