import type { Batch, Engine, NewColumn, NewValues } from "../engine/engine.ts";
import type { Model, ModelSignature, Tensor, TensorData, TensorSpec } from "../model/model.ts";
import { MusterError } from "../source/muster-error.ts";
import type { InputSpec } from "../spec/spec.ts";
import { modelColumn } from "./compile/tables.ts";

/** Large enough that the cost of a call vanishes, small enough that two batches in flight stay below 20 MB. */
const batchRows = 16_384;
/** One batch is read and encoded while the model works on the other. */
const inFlight = 2;

type Outputs = Readonly<Record<string, NewValues>>;

/** Outputs that a table can hold: one number or one text a row. */
export function rowOutputs(signature: ModelSignature): readonly TensorSpec[] {
  return signature.outputs.filter((o) => o.shape.slice(1).every((length) => length === 1));
}

/** The table's column for each of them. */
export function scoredColumn({ name, datatype }: TensorSpec): NewColumn {
  return datatype === "BYTES" ? { text: modelColumn(name) } : modelColumn(name);
}

/**
 * The model's outputs for every row of a table, in stored order, as columns named by `modelColumn`. Missing inputs are
 * treated as the contract says; a row that the contract refuses has NaN for its numbers and no text.
 */
export async function* scores(
  engine: Engine,
  table: string,
  model: Model,
  inputs: readonly InputSpec[],
  signal?: AbortSignal,
): AsyncGenerator<Outputs> {
  const wanted = inputs.filter((input) => model.signature.inputs.some((t) => t.name === input.name));
  const names = wanted.map((input) => input.name);
  const outputs = rowOutputs(model.signature);
  const pending: Promise<Outputs>[] = [];
  try {
    for await (const batch of engine.scan(table, names, batchRows, signal)) {
      const run = runBatch(batch, model, wanted, outputs, signal);
      // Awaited below, possibly after the scan has thrown: then nobody is left to hear of it.
      run.catch(() => undefined);
      pending.push(run);
      if (pending.length >= inFlight) {
        const first = pending.shift();
        if (first !== undefined) yield await first;
      }
    }
    for (const run of pending) yield await run;
  } finally {
    await Promise.allSettled(pending);
  }
}

async function runBatch(
  batch: Batch,
  model: Model,
  inputs: readonly InputSpec[],
  outputs: readonly TensorSpec[],
  signal: AbortSignal | undefined,
): Promise<Outputs> {
  const refused = new Uint8Array(batch.rows);
  const tensors = encodeInputs(batch, model, inputs, refused);
  const answers = await model.run(tensors, signal === undefined ? {} : { signal });
  return Object.fromEntries(
    outputs.map((output) => [modelColumn(output.name), decode(output, answers, batch.rows, refused)]),
  );
}

/** The batch as the model's tensors, treated as the contract says; rows that it refuses are marked. */
export function encodeInputs(
  batch: Batch,
  model: Model,
  inputs: readonly InputSpec[],
  refused: Uint8Array,
): readonly Tensor[] {
  return model.signature.inputs.map((spec): Tensor => {
    const input = inputs.find((i) => i.name === spec.name);
    if (input === undefined) {
      throw new MusterError(
        "model/failed",
        `The model takes ${spec.name}, which the contract does not name.`,
      );
    }
    return encode(batch, input, spec, refused);
  });
}

/** A column of the batch as the model's tensor; rows that lack a value that the contract requires are marked. */
function encode(batch: Batch, input: InputSpec, spec: TensorSpec, refused: Uint8Array): Tensor {
  const column = batch.columns[input.name];
  if (column === undefined)
    throw new MusterError("engine/unknown-column", `The data has no column ${input.name}.`);
  const shape = spec.shape.length === 1 ? [batch.rows] : [batch.rows, 1];
  const standIn = typeof input.missing === "object" ? input.missing.default : null;
  const text = spec.datatype === "BYTES";
  const passesNull = input.missing === "null" && (spec.datatype === "FP32" || spec.datatype === "FP64");
  const strings: string[] = text ? new Array(batch.rows) : [];
  const numbers = text ? new Float64Array(0) : new Float64Array(batch.rows);
  for (let row = 0; row < batch.rows; row += 1) {
    let value = column[row] ?? null;
    if (value === null || (typeof value === "number" && !Number.isFinite(value))) value = standIn;
    if (value === null && !passesNull) refused[row] = 1;
    if (text) strings[row] = value === null ? "" : String(value);
    else numbers[row] = value === null ? (passesNull ? Number.NaN : 0) : numberOf(value, input);
  }
  return { name: spec.name, datatype: spec.datatype, shape, data: text ? strings : inWidth(numbers, spec) };
}

function numberOf(value: string | number | boolean, input: InputSpec): number {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  const ms = input.type === "datetime" ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(ms)) {
    throw new MusterError(
      "model/failed",
      `The column ${input.name} holds text where the model needs a number.`,
    );
  }
  return ms;
}

const inWidth = (numbers: Float64Array, spec: TensorSpec): TensorData =>
  spec.datatype === "FP32" ? Float32Array.from(numbers) : numbers;

function decode(
  { name, datatype }: TensorSpec,
  answers: readonly Tensor[],
  rows: number,
  refused: Uint8Array,
): NewValues {
  const answer = answers.find((tensor) => tensor.name === name);
  if (answer === undefined) throw new MusterError("model/failed", `The model gave no output ${name}.`);
  if (answer.data.length !== rows) {
    throw new MusterError(
      "model/failed",
      `The model gave ${answer.data.length} values of ${name} for ${rows} rows.`,
    );
  }
  if (datatype === "BYTES") {
    return Array.from(refused, (bad, row) => (bad === 1 ? null : String(answer.data[row])));
  }
  const out = new Float64Array(rows);
  for (let row = 0; row < rows; row += 1)
    out[row] = refused[row] === 1 ? Number.NaN : Number(answer.data[row]);
  return out;
}
