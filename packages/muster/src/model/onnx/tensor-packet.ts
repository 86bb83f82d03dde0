import { isStrings } from "../check-inputs.ts";
import type { Tensor, TensorData, TensorSpec } from "../model.ts";

/** Strings by their place in a list of the distinct ones. */
interface CodedStrings {
  readonly distinct: readonly string[];
  readonly codes: Uint8Array | Uint16Array | Uint32Array;
}

/** A tensor on its way to another process. */
export interface TensorPacket extends TensorSpec {
  readonly data: TensorData | CodedStrings;
}

/** Below it a list of distinct strings costs more than it saves. */
const WORTHWHILE = 64;

/**
 * Strings of bulk runs repeat (a column of airports has some hundred), and serializing them one by one is what makes
 * the border between processes dear; so they travel as distinct strings and codes, unless most of them differ.
 */
export function pack(tensor: Tensor): TensorPacket {
  const { name, datatype, shape, data } = tensor;
  const packed = isStrings(data) && data.length >= WORTHWHILE ? coded(data) : data;
  return { name, datatype, shape, data: packed };
}

export function unpack(packet: TensorPacket): Tensor {
  const { name, datatype, shape, data } = packet;
  if (!("codes" in data)) return { name, datatype, shape, data };
  const { distinct, codes } = data;
  const strings = new Array<string>(codes.length);
  for (let index = 0; index < codes.length; index++) strings[index] = distinct[codes[index] ?? 0] ?? "";
  return { name, datatype, shape, data: strings };
}

/** About the bytes that a tensor takes while it waits. */
export function bytesOf(tensor: Tensor): number {
  if (!isStrings(tensor.data)) return tensor.data.byteLength;
  let bytes = 8 * tensor.data.length;
  for (const text of tensor.data) bytes += 2 * text.length;
  return bytes;
}

function coded(strings: readonly string[]): CodedStrings | readonly string[] {
  const codes = new Uint32Array(strings.length);
  const codeOf = new Map<string, number>();
  const most = strings.length / 2;
  let index = 0;
  for (const text of strings) {
    let code = codeOf.get(text);
    if (code === undefined) {
      code = codeOf.size;
      if (code >= most) return strings;
      codeOf.set(text, code);
    }
    codes[index++] = code;
  }
  return { distinct: [...codeOf.keys()], codes: narrowed(codes, codeOf.size) };
}

function narrowed(codes: Uint32Array, distinct: number): CodedStrings["codes"] {
  if (distinct <= 256) return Uint8Array.from(codes);
  return distinct <= 65_536 ? Uint16Array.from(codes) : codes;
}
