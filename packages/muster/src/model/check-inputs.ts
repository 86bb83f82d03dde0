import { MusterError } from "../source/muster-error.ts";
import type { ModelSignature, Tensor, TensorData, TensorSpec } from "./model.ts";

/**
 * Throws `model/bad-input` unless `inputs` are what the signature asks for: every input once and no other, the
 * declared datatype, the declared shape where it is fixed, as many values as the shape says, and the same number of
 * rows wherever the first length is free. Values themselves are not read here (a runtime ignores unknown inputs and
 * an adapter refuses values as it converts them). Never allocates by a length that the caller only claims.
 */
export function checkInputs(signature: ModelSignature, inputs: readonly Tensor[]): void {
  const given = new Map<string, Tensor>();
  for (const tensor of inputs) {
    if (given.has(tensor.name)) throw badInput(`Input ${quoted(tensor.name)} is given twice.`);
    given.set(tensor.name, tensor);
  }
  let rows: { readonly name: string; readonly count: number } | undefined;
  for (const spec of signature.inputs) {
    const tensor = given.get(spec.name);
    if (tensor === undefined) throw badInput(`Input ${quoted(spec.name)} is missing.`, expected(signature));
    given.delete(spec.name);
    checkTensor(spec, tensor);
    const count = tensor.shape[0];
    if (spec.shape[0] !== -1 || count === undefined) continue;
    if (rows === undefined) rows = { name: spec.name, count };
    else if (rows.count !== count) {
      throw badInput(
        `Input ${quoted(spec.name)} has ${count} rows but ${quoted(rows.name)} has ${rows.count}: all must have the same.`,
      );
    }
  }
  for (const name of given.keys()) {
    throw badInput(`The model has no input ${quoted(name)}.`, expected(signature));
  }
}

/** Whether rows can be told apart everywhere, so that batches can be joined and cut: every first length is free. */
export function isRowwise(signature: ModelSignature): boolean {
  return [...signature.inputs, ...signature.outputs].every(({ shape }) => shape[0] === -1);
}

/** The rows of a batch: the first length of the first input whose first length is free, or 1 when none is. */
export function rowsOf(signature: ModelSignature, inputs: readonly Tensor[]): number {
  for (const spec of signature.inputs) {
    if (spec.shape[0] !== -1) continue;
    const rows = inputs.find((tensor) => tensor.name === spec.name)?.shape[0];
    if (rows !== undefined) return rows;
  }
  return 1;
}

/** A wrong input; kept apart from `model/failed` because it is the caller who has to change something. */
export function badInput(message: string, hint?: string): MusterError {
  return new MusterError("model/bad-input", message, hint === undefined ? {} : { hint });
}

/** A name for a message: quoted, without control characters, never longer than 80 characters. */
export function quoted(name: string): string {
  return JSON.stringify(name.length > 80 ? `${name.slice(0, 77)}...` : name);
}

function checkTensor(spec: TensorSpec, tensor: Tensor): void {
  const { shape, data } = tensor;
  const what = `Input ${quoted(spec.name)}`;
  if (tensor.datatype !== spec.datatype) {
    throw badInput(`${what} is ${spec.datatype} but ${quoted(String(tensor.datatype))} was given.`);
  }
  const fits =
    shape.length === spec.shape.length &&
    spec.shape.every((length, axis) => length === -1 || length === shape[axis]) &&
    shape.every((length) => Number.isSafeInteger(length) && length >= 0);
  if (!fits) {
    throw badInput(`${what} must have the shape ${shown(spec.shape)} but ${shown(shape)} was given.`);
  }
  const count = shape.reduce((product, length) => product * length, 1);
  if (count !== data.length) {
    throw badInput(
      `${what} of shape ${shown(shape)} must have ${count} values but ${data.length} were given.`,
    );
  }
  if ((spec.datatype === "BYTES") !== isStrings(data)) {
    throw badInput(`${what} must be given as ${spec.datatype === "BYTES" ? "strings" : "numbers"}.`);
  }
}

/** Tells the two kinds of tensor data apart, where TypeScript cannot for readonly arrays. */
export function isStrings(data: TensorData): data is readonly string[] {
  return Array.isArray(data);
}

function shown(shape: readonly number[]): string {
  const lengths = shape.slice(0, 8).map((length) => (length === -1 ? "any" : String(length)));
  return `[${lengths.join(", ")}${shape.length > 8 ? ", ..." : ""}]`;
}

function expected(signature: ModelSignature): string {
  const names = signature.inputs.slice(0, 20).map((spec) => quoted(spec.name));
  const more = signature.inputs.length > 20 ? ` and ${signature.inputs.length - 20} more` : "";
  return `Give exactly ${names.join(", ")}${more}.`;
}
