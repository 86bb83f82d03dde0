import type { Groups, Measure } from "../../../query/aggregate.ts";
import { derivedColumn } from "../../../query/derivation.ts";
import { column } from "../../../query/expression.ts";
import { groupedJackknife } from "../../../stats/grouped-jackknife.ts";
import { bounds } from "../bounds.ts";
import { columnOf, sumOf, undefinedFor, valueFor } from "../cells.ts";
import type { Metric, MetricInput } from "../metric.ts";
import { product, tally } from "../row-conditions.ts";
import { withinRange } from "./range-bounds.ts";
import type { TextCounter, TextMetric } from "./text-deriver.ts";
import { isCounted, ofTexts, textCount, textDerivation, textTrouble, textUpkeep } from "./text-parts.ts";

type Input = Omit<MetricInput, "resolution">;
type Own = Pick<Metric, "name" | "aliases" | "direction" | "range" | "params"> &
  Partial<Pick<Metric, "unmet" | "signature" | "outputs">>;

/** A metric of summed counts: a number, or in words why there is none. */
type Score = (counts: readonly number[], input: Input) => number | string;

/**
 * A metric of a whole corpus: one function of counts that are summed over rows first, not a mean over rows. Its error
 * is that of a jackknife over buckets of rows.
 */
export function textPooled(own: Own, counter: TextCounter, score: Score): TextMetric {
  return {
    ...ofTexts(own, counter),
    aggregate(input, by) {
      const derivation = textDerivation(counter, input);
      const where = isCounted(counter, input);
      const weights = input.columns.weight === undefined ? [] : [column(input.columns.weight)];
      const sums = counter.names(input.params).map((name): [string, Measure] => {
        const of = textCount(counter, input, name);
        return [name, { fn: "sum", of: weights.length === 0 ? of : product(of, ...weights), where }];
      });
      return {
        table: input.columns.table,
        by: [...by, { kind: "number", of: column(derivedColumn(derivation, "bucket")) }],
        values: {
          ...textUpkeep(counter, input),
          ...tally(input.columns, "weight", where),
          ...Object.fromEntries(sums),
        },
      };
    },
    finish(input, cells) {
      const trouble = textTrouble(counter, cells);
      if (trouble !== null) return trouble;
      const rows = sumOf(cells, "rows");
      if (!(sumOf(cells, "weight") > 0)) return undefinedFor("all weights are 0", rows);
      const names = counter.names(input.params);
      const total = names.map((name) => sumOf(cells, name));
      const value = score(total, input);
      if (typeof value === "string") return undefinedFor(value, rows);
      return valueFor(
        value,
        rows,
        jackknifeFacts(cells, names, value, (counts) => score(counts, input)),
      );
    },
    ...withinRange(bounds, own.range),
  };
}

/** Facts for the bound of a mean with as many rows as there are buckets with rows. */
function jackknifeFacts(
  cells: Groups,
  names: readonly string[],
  value: number,
  score: (counts: readonly number[]) => number | string,
): Readonly<Record<string, number>> {
  const parts = new Map<number, { rows: number; sums: number[] }>();
  for (let g = 0; g < cells.count; g++) {
    const bucket = Number(cells.keys[0]?.[g] ?? Number.NaN);
    const part = parts.get(bucket) ?? { rows: 0, sums: names.map(() => 0) };
    part.rows += columnOf(cells, "rows")[g] ?? 0;
    names.forEach((name, i) => {
      const sum = columnOf(cells, name)[g] ?? Number.NaN;
      if (!Number.isNaN(sum)) part.sums[i] = (part.sums[i] ?? 0) + sum;
    });
    parts.set(bucket, part);
  }
  const found = groupedJackknife([...parts.values()], value, (sums) => {
    const without = score(sums);
    return typeof without === "string" ? Number.NaN : without;
  });
  if (found === null) return {};
  return { mean: value, standard_error: found.standardError, effective_rows: found.groups };
}
