import { badInput, isRowwise, isStrings, rowsOf } from "./check-inputs.ts";
import type { Model, Tensor, TensorData } from "./model.ts";
import { takeRows } from "./tensor-rows.ts";

export interface SelfCheck {
  /** Whether all outputs of all rows are the same to the last bit, however the rows are cut into runs. */
  readonly identical: boolean;
  /** The largest difference between two numbers; infinite where a string, a NaN or a shape differs. */
  readonly maxDifference: number;
  readonly rows: number;
}

/** A batch of all is compared with rows alone, and with batches of a size that leaves vector units a remainder. */
const SIZES = [1, 7];

/**
 * Whether batching changes what the model predicts, on the rows given. Runtimes may choose other kernels, and so
 * another order of sums, for other batch sizes; then a row's answer would depend on who else asked at that moment.
 * Rejects with what the model fails by, and with `model/bad-input` where the question makes no sense: for fewer than
 * two rows, and for a model that is not `isRowwise` (which `batching` leaves alone).
 */
export async function selfCheck(
  model: Model,
  sample: readonly Tensor[],
  signal?: AbortSignal,
): Promise<SelfCheck> {
  const rows = rowsOf(model.signature, sample);
  if (!isRowwise(model.signature))
    throw badInput("The model does not take and give rows, so they cannot be compared.");
  if (rows < 2)
    throw badInput(`Comparing rows alone with rows in a batch takes two rows at least, not ${rows}.`);
  const options = signal === undefined ? {} : { signal };
  const whole = await model.run(sample, options);
  let identical = true;
  let maxDifference = 0;
  for (const size of SIZES) {
    for (let start = 0; start < rows; start += size) {
      const count = Math.min(size, rows - start);
      const piece = await model.run(
        sample.map((tensor) => takeRows(tensor, start, count)),
        options,
      );
      whole.forEach((tensor, index) => {
        const other = piece[index];
        const difference =
          other?.shape[0] !== count || tensor.shape[0] !== rows
            ? Number.POSITIVE_INFINITY
            : differenceOf(takeRows(tensor, start, count).data, other.data);
        if (difference !== "none") identical = false;
        if (difference !== "none") maxDifference = Math.max(maxDifference, difference);
      });
    }
  }
  return { identical, maxDifference, rows };
}

/** `none` when equal to the last bit, which 0 would not say: 0 and -0 differ by it. */
function differenceOf(a: TensorData, b: TensorData): number | "none" {
  if (a.length !== b.length || isStrings(a) !== isStrings(b)) return Number.POSITIVE_INFINITY;
  let most: number | "none" = "none";
  for (let index = 0; index < a.length; index++) {
    const left = a[index];
    const right = b[index];
    if (Object.is(left, right)) continue;
    const difference =
      typeof left === "number" && typeof right === "number" ? Math.abs(left - right) : Number.NaN;
    most = Math.max(
      most === "none" ? 0 : most,
      Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference,
    );
  }
  return most;
}
