import { isStrings } from "./check-inputs.ts";
import type { Tensor, TensorData } from "./model.ts";

/** One tensor of all rows, one piece after the other. The pieces agree in name, datatype and trailing shape. */
export function joinRows(pieces: readonly [Tensor, ...Tensor[]]): Tensor {
  const [first] = pieces;
  const [, ...trailing] = first.shape;
  const rows = pieces.reduce((sum, piece) => sum + (piece.shape[0] ?? 0), 0);
  return { ...first, shape: [rows, ...trailing], data: joinData(pieces.map((piece) => piece.data)) };
}

/** A copy of the rows from `start` on, `count` of them: no two callers share memory. */
export function takeRows(tensor: Tensor, start: number, count: number): Tensor {
  const [rows = 0, ...trailing] = tensor.shape;
  const width = rows === 0 ? 0 : tensor.data.length / rows;
  const data = tensor.data.slice(start * width, (start + count) * width);
  return { ...tensor, shape: [count, ...trailing], data };
}

function joinData(pieces: readonly TensorData[]): TensorData {
  if (pieces.every(isStrings)) return pieces.flat();
  const numbers = pieces.flatMap((piece) => (isStrings(piece) ? [] : [piece]));
  const length = numbers.reduce((sum, piece) => sum + piece.length, 0);
  const joined = emptyFor(numbers, length);
  let at = 0;
  for (const piece of numbers) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

/** Where callers gave different arrays for the same datatype, one that holds the numbers of all exactly. */
function emptyFor(
  pieces: readonly (Float32Array | Float64Array | Int32Array)[],
  length: number,
): Float32Array | Float64Array | Int32Array {
  if (pieces.every((piece) => piece instanceof Float32Array)) return new Float32Array(length);
  if (pieces.every((piece) => piece instanceof Int32Array)) return new Int32Array(length);
  return new Float64Array(length);
}
