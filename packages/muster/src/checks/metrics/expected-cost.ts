import { bounds } from "./bounds.ts";
import { undefinedFor, valueFor } from "./cells.ts";
import {
  type ConfusionTable,
  confusionAggregate,
  readTable,
  tableForm,
  unmetPrediction,
} from "./confusion-table.ts";
import { meanFacts, meanLoss } from "./mean-loss.ts";
import type { Metric, MetricColumns, MetricResult } from "./metric.ts";
import { classesParam, matrixParam, type ParamSpec } from "./params.ts";
import { answerParts } from "./parts.ts";

const labels: ParamSpec = { kind: "classes", says: "The classes in the order of the matrix." };

/** What each pair of true (row) and predicted (column) class costs or brings, in the mean over rows. */
function priced(own: Pick<Metric, "name" | "aliases" | "direction">, matrix: string, says: string): Metric {
  return {
    ...own,
    range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    outputs: ["label", "probability", "score"],
    params: { [matrix]: { kind: "matrix", says }, labels },
    parts: answerParts,
    unmet({ columns, params }) {
      const table = matrixParam(params, matrix);
      if (table.length < 2) return `it needs what each true and predicted class is worth (${matrix})`;
      const form = formOf(columns);
      if (form === "pair") {
        return table.length === 2
          ? unmetPrediction(columns, form)
          : `a score with a threshold has two classes, and ${matrix} has ${table.length}`;
      }
      const listed = classesParam(params, "labels").length;
      if (listed > 0 && listed !== table.length) {
        return `${matrix} has ${table.length} classes, and labels has ${listed}`;
      }
      return unmetPrediction(columns, form);
    },
    aggregate: ({ columns }, by) => confusionAggregate(columns, formOf(columns), by),
    finish({ columns, params }, cells): MetricResult {
      const table = readTable(cells, formOf(columns), classesParam(params, "labels"));
      return table.kind === "undefined"
        ? table
        : price(table, matrixParam(params, matrix), columns.weight !== undefined);
    },
    ...bounds,
  };
}

const formOf = (columns: MetricColumns) => tableForm(columns, "table");

function price(
  table: ConfusionTable,
  matrix: readonly (readonly number[])[],
  weighted: boolean,
): MetricResult {
  const n = table.classes.length;
  if (n > matrix.length) {
    return undefinedFor(
      `there are ${n} classes (${table.classes.slice(0, 5).join(", ")}..) and ${matrix.length} in the matrix`,
      table.rows,
    );
  }
  const listedFewer = n < matrix.length;
  if (listedFewer) {
    return undefinedFor(
      `only ${n} of the matrix's ${matrix.length} classes occur: name all of them in labels`,
      table.rows,
    );
  }
  const sums = { rows: 0, one: 0, two: 0, three: 0 };
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const cell = table.cells[i * n + j] ?? 0;
      const value = matrix[i]?.[j] ?? 0;
      sums.rows += cell;
      sums.one += cell * value;
      sums.two += cell * value ** 2;
      sums.three += cell * value ** 3;
    }
  }
  if (!(sums.rows > 0)) return undefinedFor("all weights are 0", table.rows);
  if (weighted) return valueFor(sums.one / sums.rows, table.rows, {});
  const found = meanLoss({
    weight: sums.rows,
    weightSquares: sums.rows,
    loss: sums.one,
    squaredWeightLoss: sums.one,
    square: sums.two,
    weightCubes: sums.rows,
    cubedWeightLoss: sums.one,
    cubedWeightSquare: sums.two,
    cube: sums.three,
  });
  return valueFor(found.mean, table.rows, { ...meanFacts(found), signed: 1 });
}

export const expectedCost: Metric = priced(
  { name: "expected_cost", aliases: ["mean_cost"], direction: "lower" },
  "costs",
  "What a row costs: one list a true class, with a number for each predicted class.",
);
export const expectedUtility: Metric = priced(
  { name: "expected_utility", aliases: ["mean_utility"], direction: "higher" },
  "utilities",
  "What a row brings: one list a true class, with a number for each predicted class.",
);
