import { isUtf8 } from "node:buffer";
import { malformed, type Refusal } from "../refusal.ts";
import { shorten } from "../violation.ts";
import { isObject } from "./plain.ts";

/**
 * The protocol's binary tensor extension: little-endian values without padding behind the JSON, in the order of the
 * inputs, each as long as its parameter `binary_data_size` says. Gives the request with `data` filled in.
 */
export function fillBinaryTensors(
  request: unknown,
  binary: Buffer,
): { readonly kind: "filled"; readonly request: unknown } | Refusal {
  if (!isObject(request) || !Array.isArray(request.inputs)) return { kind: "filled", request };
  let at = 0;
  const inputs: unknown[] = [];
  for (const input of request.inputs as readonly unknown[]) {
    const size =
      isObject(input) && isObject(input.parameters) ? input.parameters.binary_data_size : undefined;
    if (!isObject(input) || size === undefined) {
      inputs.push(input);
      continue;
    }
    const name = typeof input.name === "string" ? shorten(input.name) : "without a name";
    if (typeof size !== "number" || !Number.isSafeInteger(size) || size < 0 || size > binary.length - at) {
      return malformed(`binary_data_size of input ${name} is not a length within the body`);
    }
    if (input.data !== undefined) return malformed(`input ${name} has data both in the JSON and behind it`);
    const data = decodeValues(input.datatype, binary.subarray(at, at + size));
    if (data === null)
      return malformed(`the binary data of input ${name} is not ${size} bytes of its datatype`);
    inputs.push({ ...input, data });
    at += size;
  }
  if (at !== binary.length)
    return malformed(`${binary.length - at} bytes behind the JSON belong to no input`);
  return { kind: "filled", request: { ...request, inputs } };
}

/** Null for bytes that are not whole values. Other datatypes than a contract's get no values: they are refused by name. */
function decodeValues(datatype: unknown, bytes: Buffer): unknown[] | null {
  switch (datatype) {
    case "BYTES":
      return decodeStrings(bytes);
    case "INT64":
      // Beyond 2^53 - 1 the number is no longer exact, and the contract's check refuses it.
      return decodeFixed(bytes, 8, (at) => Number(bytes.readBigInt64LE(at)));
    case "FP32":
      return decodeFixed(bytes, 4, (at) => bytes.readFloatLE(at));
    case "BOOL":
      return bytes.every((byte) => byte <= 1) ? Array.from(bytes, (byte) => byte === 1) : null;
    default:
      return [];
  }
}

function decodeFixed(bytes: Buffer, width: number, read: (at: number) => number): number[] | null {
  if (bytes.length % width !== 0) return null;
  return Array.from({ length: bytes.length / width }, (_, index) => read(index * width));
}

/** Each a length of 32 bits and as many bytes of UTF-8. */
function decodeStrings(bytes: Buffer): string[] | null {
  const strings: string[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (at + 4 > bytes.length) return null;
    const end = at + 4 + bytes.readUInt32LE(at);
    if (end > bytes.length) return null;
    const text = bytes.subarray(at + 4, end);
    if (!isUtf8(text)) return null;
    strings.push(text.toString("utf8"));
    at = end;
  }
  return strings;
}
