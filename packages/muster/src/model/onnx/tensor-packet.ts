import { invariant } from "../../source/muster-error.ts";
import { isStrings } from "../check-inputs.ts";
import type { Tensor, TensorData, TensorSpec } from "../model.ts";

/** Strings by their place in a list of the distinct ones. */
interface CodedStrings {
  readonly distinct: readonly string[];
  readonly codes: Uint8Array | Uint16Array | Uint32Array;
}

/**
 * Tensors on their way to another process, in the order of the signature: both sides know it, so that names and
 * datatypes can stay at home, which halves the cost of a run of one row.
 */
export interface TensorPacket {
  readonly shapes: readonly (readonly number[])[];
  readonly data: readonly (TensorData | CodedStrings)[];
}

/** Below it a list of distinct strings costs more than it saves. */
const WORTHWHILE = 64;

/** `tensors` are those of `specs`, in any order. */
export function pack(specs: readonly TensorSpec[], tensors: readonly Tensor[]): TensorPacket {
  const shapes: (readonly number[])[] = [];
  const data: (TensorData | CodedStrings)[] = [];
  for (const [index, { name }] of specs.entries()) {
    const tensor =
      tensors[index]?.name === name ? tensors[index] : tensors.find((other) => other.name === name);
    invariant(tensor !== undefined, `tensor ${name} was not checked before it was packed`);
    shapes.push(tensor.shape);
    data.push(packed(tensor.data));
  }
  return { shapes, data };
}

export function unpack(specs: readonly TensorSpec[], packet: TensorPacket): readonly Tensor[] {
  return specs.map(({ name, datatype }, index) => {
    const shape = packet.shapes[index];
    const data = packet.data[index];
    invariant(shape !== undefined && data !== undefined, `tensor ${name} was lost between processes`);
    return { name, datatype, shape, data: "codes" in data ? decoded(data) : data };
  });
}

/** About the bytes that a tensor takes while it waits. */
export function bytesOf(tensor: Tensor): number {
  if (!isStrings(tensor.data)) return tensor.data.byteLength;
  let bytes = 8 * tensor.data.length;
  for (const text of tensor.data) bytes += 2 * text.length;
  return bytes;
}

/**
 * Strings of bulk runs repeat (a column of airports has some hundred), and serializing them one by one is what makes
 * the border between processes dear; so they travel as distinct strings and codes, unless most of them differ.
 */
function packed(data: TensorData): TensorData | CodedStrings {
  return isStrings(data) && data.length >= WORTHWHILE ? coded(data) : data;
}

function decoded({ distinct, codes }: CodedStrings): readonly string[] {
  const strings = new Array<string>(codes.length);
  for (let index = 0; index < codes.length; index++) strings[index] = distinct[codes[index] ?? 0] ?? "";
  return strings;
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
