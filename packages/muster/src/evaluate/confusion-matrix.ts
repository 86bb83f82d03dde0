import {
  confusionAggregate,
  readTable,
  tableForm,
  unmetPrediction,
} from "../checks/metrics/confusion-table.ts";
import type { MetricColumns, MetricUndefined } from "../checks/metrics/metric.ts";
import type { Engine } from "../engine/engine.ts";
import { invariant, MusterError } from "../source/muster-error.ts";

export interface ConfusionMatrix {
  readonly kind: "matrix";
  /** In the order of rows and columns; `negative` and `positive` where a threshold makes the prediction. */
  readonly classes: readonly string[];
  /** `counts[i][j]`: rows (or weight) of true class i, predicted as j, as scikit-learn's `confusion_matrix`. */
  readonly counts: readonly (readonly number[])[];
  /** Rows with a label. */
  readonly rows: number;
}

/**
 * How often each class was predicted as each. `classes` come first and in their order, also where no row has them; all
 * others follow, by number where all are numbers. Undefined, with the reason, as every metric of predicted classes is.
 * Throws `call/bad-argument` without a column or threshold to predict by, and as the engine does.
 */
export async function confusionMatrix(
  engine: Engine,
  columns: MetricColumns,
  classes: readonly string[] = [],
  signal?: AbortSignal,
): Promise<ConfusionMatrix | MetricUndefined> {
  const form = tableForm(columns, "none");
  const unmet = unmetPrediction(columns, form);
  if (unmet !== null) {
    throw new MusterError("call/bad-argument", `There is no confusion matrix of these columns: ${unmet}.`);
  }
  const [answer] = await engine.aggregate([confusionAggregate(columns, form, [])], signal);
  invariant(answer !== undefined, "an aggregate without an answer");
  const table = readTable(answer.groups, form, classes);
  if (table.kind === "undefined") return table;
  const n = table.classes.length;
  const counts = table.classes.map((_, i) => Array.from(table.cells.subarray(i * n, (i + 1) * n)));
  return { kind: "matrix", classes: table.classes, counts, rows: table.rows };
}
