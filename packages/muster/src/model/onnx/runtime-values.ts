import { MusterError } from "../../source/muster-error.ts";
import { badInput, isStrings, quoted } from "../check-inputs.ts";
import type { Datatype, Tensor, TensorData } from "../model.ts";
import { fromFloat16Bits, toFloat16Bits } from "./float16.ts";

/** The arrays in which ONNX Runtime takes and gives values. */
export type RuntimeValues =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | readonly string[];

/** The `u` flag makes a surrogate match only when it stands alone. */
const unspeakable = /[\0\p{Surrogate}]/u;

type Numbers = Exclude<TensorData, readonly string[]>;

/**
 * A tensor's values as the runtime takes them. Nothing is coerced: an integer datatype refuses fractions and what
 * is out of its range (INT64 and UINT64: beyond 2^53 - 1, where a number no longer says which integer was meant),
 * BOOL refuses everything but 0 and 1, a float datatype refuses a finite number that it could only hold as infinite,
 * and BYTES refuses text that the runtime would change without a word (it cuts at U+0000, and lone surrogates have
 * no UTF-8). Floats are rounded to the nearest of their datatype.
 */
export function toRuntime(tensor: Tensor): RuntimeValues {
  const { name, data } = tensor;
  if (isStrings(data)) return checkedStrings(name, data);
  switch (tensor.datatype) {
    case "FP32":
      return data instanceof Float32Array ? data : rounded(tensor, data);
    case "FP64":
      return data instanceof Float64Array ? data : Float64Array.from(data);
    case "FP16":
      return halves(tensor, data);
    case "BOOL":
      return integers(tensor, data, new Uint8Array(data.length), 0, 1);
    case "UINT8":
      return integers(tensor, data, new Uint8Array(data.length), 0, 255);
    case "UINT16":
      return integers(tensor, data, new Uint16Array(data.length), 0, 65_535);
    case "UINT32":
      return integers(tensor, data, new Uint32Array(data.length), 0, 2 ** 32 - 1);
    case "INT8":
      return integers(tensor, data, new Int8Array(data.length), -128, 127);
    case "INT16":
      return integers(tensor, data, new Int16Array(data.length), -32_768, 32_767);
    case "INT32":
      return data instanceof Int32Array
        ? data
        : integers(tensor, data, new Int32Array(data.length), -(2 ** 31), 2 ** 31 - 1);
    case "INT64":
      return longs(tensor, data, new BigInt64Array(data.length), Number.MIN_SAFE_INTEGER);
    case "UINT64":
      return longs(tensor, data, new BigUint64Array(data.length), 0);
    case "BYTES":
      throw badInput(`Input ${quoted(name)} must be given as strings.`);
  }
}

/** The runtime's answer as the port gives it; `model/failed` for a 64-bit integer that a number cannot hold. */
export function fromRuntime(name: string, datatype: Datatype, values: RuntimeValues): TensorData {
  if (values instanceof Float32Array || values instanceof Float64Array || values instanceof Int32Array) {
    return values;
  }
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) return numbers(name, values);
  if (values instanceof Uint32Array) return Float64Array.from(values);
  if (datatype === "FP16" && values instanceof Uint16Array) return Float32Array.from(values, fromFloat16Bits);
  return ArrayBuffer.isView(values) ? Int32Array.from(values) : values;
}

function checkedStrings(name: string, data: readonly string[]): readonly string[] {
  for (let index = 0; index < data.length; index++) {
    const text = data[index];
    if (typeof text !== "string") throw refused(name, index, "is not a string");
    if (unspeakable.test(text)) throw refused(name, index, "contains U+0000 or half of a surrogate pair");
  }
  return data;
}

function rounded(tensor: Tensor, data: Numbers): Float32Array {
  const values = Float32Array.from(data);
  for (let index = 0; index < values.length; index++) {
    if (Number.isFinite(data[index]) && !Number.isFinite(values[index])) throw outOfRange(tensor, index);
  }
  return values;
}

function halves(tensor: Tensor, data: Numbers): Uint16Array {
  const values = new Uint16Array(data.length);
  for (let index = 0; index < data.length; index++) {
    const value = data[index] ?? 0;
    const bits = toFloat16Bits(value);
    if (Number.isFinite(value) && (bits & 0x7fff) === 0x7c00) throw outOfRange(tensor, index);
    values[index] = bits;
  }
  return values;
}

function integers<T extends Int8Array | Int16Array | Int32Array | Uint8Array | Uint16Array | Uint32Array>(
  tensor: Tensor,
  data: Numbers,
  values: T,
  low: number,
  high: number,
): T {
  for (let index = 0; index < data.length; index++) {
    const value = data[index] ?? 0;
    if (!Number.isInteger(value) || value < low || value > high) throw outOfRange(tensor, index);
    values[index] = value;
  }
  return values;
}

/** By halves of 32 bits: ten times as quick as a BigInt a value, and a bulk run has a hundred thousand of them. */
function longs<T extends BigInt64Array | BigUint64Array>(
  tensor: Tensor,
  data: Numbers,
  values: T,
  low: number,
): T {
  // ONNX Runtime is built for little-endian machines only.
  const words = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
  for (let index = 0; index < data.length; index++) {
    const value = data[index] ?? 0;
    if (!Number.isSafeInteger(value) || value < low) throw outOfRange(tensor, index);
    words[2 * index] = value;
    words[2 * index + 1] = Math.floor(value / 2 ** 32);
  }
  return values;
}

function numbers(name: string, values: BigInt64Array | BigUint64Array): Float64Array {
  const answer = new Float64Array(values.length);
  for (let index = 0; index < values.length; index++) {
    const value = Number(values[index]);
    if (!Number.isSafeInteger(value)) {
      throw new MusterError(
        "model/failed",
        `The model answered with the integer ${values[index]} in output ${quoted(name)}, which is beyond 2^53 - 1.`,
        { hint: "Let the model give this output as a string (BYTES) or in a smaller range." },
      );
    }
    answer[index] = value;
  }
  return answer;
}

function outOfRange(tensor: Tensor, index: number): MusterError {
  return refused(
    tensor.name,
    index,
    `is ${String(tensor.data[index])}, which is not a value of ${tensor.datatype}`,
  );
}

function refused(name: string, index: number, why: string): MusterError {
  return badInput(`Value ${index} of input ${quoted(name)} ${why}.`);
}
