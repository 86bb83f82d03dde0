import { derivedColumn } from "../../../query/derivation.ts";
import { bounds } from "../bounds.ts";
import { sumOf, undefinedFor, valueFor } from "../cells.ts";
import { proportionFacts } from "../confusion-facts.ts";
import type { Metric } from "../metric.ts";
import { both, tally } from "../row-conditions.ts";
import type { TextCounter, TextMetric } from "./text-deriver.ts";
import { isCounted, ofTexts, textDerivation, textTrouble, textUpkeep } from "./text-parts.ts";

type Own = Pick<Metric, "name" | "aliases" | "direction" | "params"> &
  Partial<Pick<Metric, "unmet" | "outputs">>;

/** The share of rows whose count `name` is 1: a proportion, whose bounds are exact. */
export function textShare(own: Own, counter: TextCounter, name: string): TextMetric {
  return {
    range: [0, 1],
    ...ofTexts(own, counter),
    aggregate(input, by) {
      const counted = isCounted(counter, input);
      const column = derivedColumn(textDerivation(counter, input), name);
      const hit = both(counted, { kind: "equals", column, value: 1 });
      return {
        table: input.columns.table,
        by,
        values: {
          ...textUpkeep(counter, input),
          ...tally(input.columns, "weight", counted),
          ...tally(input.columns, "hits", hit),
        },
      };
    },
    finish({ columns }, cells) {
      const trouble = textTrouble(counter, cells);
      if (trouble !== null) return trouble;
      const rows = sumOf(cells, "rows");
      const [hits, weight] = [sumOf(cells, "hits"), sumOf(cells, "weight")];
      if (!(weight > 0)) return undefinedFor("all weights are 0", rows);
      const squares = columns.weight === undefined ? weight : sumOf(cells, "weight_squares");
      return valueFor(hits / weight, rows, proportionFacts(hits, weight, squares));
    },
    ...bounds,
  };
}
