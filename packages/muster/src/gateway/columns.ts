import type { TensorData } from "../model/model.ts";

/** The encoded values of a batch, one column for each contract input, in the contract's order. */
export type Columns = readonly (Float64Array | Float32Array | Int32Array | string[])[];

/** A column as `Tensor.data`, cut to the rows that are given to the model when not all are. */
export function tensorData(column: Columns[number], rows: readonly number[] | null): TensorData {
  if (rows === null) return column;
  if (Array.isArray(column)) return rows.map((at) => column[at] ?? "");
  const cut =
    column instanceof Float32Array
      ? new Float32Array(rows.length)
      : column instanceof Int32Array
        ? new Int32Array(rows.length)
        : new Float64Array(rows.length);
  rows.forEach((at, index) => {
    cut[index] = column[at] ?? 0;
  });
  return cut;
}
