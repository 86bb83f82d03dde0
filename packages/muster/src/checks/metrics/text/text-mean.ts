import { bounds } from "../bounds.ts";
import { sumOf, undefinedFor, valueFor } from "../cells.ts";
import { type Loss, lossMeasures, meanFacts, readMeanLoss } from "../mean-loss.ts";
import type { Metric, MetricInput } from "../metric.ts";
import { withinRange } from "./range-bounds.ts";
import type { TextCounter, TextMetric } from "./text-deriver.ts";
import { isCounted, ofTexts, textCount, textTrouble, textUpkeep } from "./text-parts.ts";

type Own = Pick<Metric, "name" | "aliases" | "direction" | "range" | "params"> &
  Partial<Pick<Metric, "unmet" | "signature" | "outputs">>;

/** The mean over rows of one of the counter's numbers; which one may depend on the parameters. */
export function textMean(
  own: Own,
  counter: TextCounter,
  name: (input: Omit<MetricInput, "resolution">) => string,
): TextMetric {
  const loss = (input: Omit<MetricInput, "resolution">): Loss => ({
    terms: [{ of: textCount(counter, input, name(input)), where: isCounted(counter, input) }],
  });
  const isShare = own.range[0] === 0 && own.range[1] === 1;
  return {
    ...ofTexts(own, counter),
    aggregate: (input, by) => ({
      table: input.columns.table,
      by,
      values: { ...textUpkeep(counter, input), ...lossMeasures(input.columns, loss(input)) },
    }),
    finish(input, cells) {
      const trouble = textTrouble(counter, cells);
      if (trouble !== null) return trouble;
      const rows = sumOf(cells, "rows");
      const found = readMeanLoss(input.columns, cells);
      if (found === null) return undefinedFor("all weights are 0", rows);
      return valueFor(found.mean, rows, { ...meanFacts(found), ...(isShare ? { bounded: 1 } : {}) });
    },
    ...withinRange(bounds, own.range),
  };
}
