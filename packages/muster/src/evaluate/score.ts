import type { Batch, Engine, NewValues } from "../engine/engine.ts";
import type { Model, ModelSignature, Tensor, TensorData, TensorSpec } from "../model/model.ts";
import { planFeed } from "../prepare/feed.ts";
import { compileFeed } from "../prepare/feed-tensors.ts";
import type { Fitted } from "../prepare/fitted.ts";
import { programsOf } from "../prepare/programs.ts";
import { invariant, MusterError } from "../source/muster-error.ts";
import type { ContractSection, InputSpec } from "../spec/contract-section.ts";
import type { Cell } from "../transform/compile-program.ts";
import { type RowAnswer, rowAnswers } from "./row-answers.ts";

/** Large enough that the cost of a call vanishes, small enough that two batches in flight stay below 20 MB. */
const batchRows = 16_384;
/** One batch is read and encoded while the model works on the other. */
const inFlight = 2;

type Outputs = Readonly<Record<string, NewValues>>;

/**
 * The model's answers for every row of a table, in stored order, as columns of their names. Missing inputs are
 * treated as the contract says; a row that the contract refuses has NaN for its numbers and no text.
 */
export async function* scores(
  engine: Engine,
  table: string,
  model: Model,
  contract: Pick<ContractSection, "inputs" | "edge_cases">,
  fitted: Fitted | null,
  signal?: AbortSignal,
  outputs: readonly RowAnswer[] = rowAnswers(model.signature),
): AsyncGenerator<Outputs> {
  const encoder = inputEncoder(contract, model.signature, fitted);
  const names = encoder.inputs.map(({ name }) => name);
  const pending: Promise<Outputs>[] = [];
  try {
    for await (const batch of engine.scan(table, names, batchRows, signal)) {
      const run = runBatch(batch, model, encoder, outputs, signal);
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
  encoder: InputEncoder,
  outputs: readonly RowAnswer[],
  signal: AbortSignal | undefined,
): Promise<Outputs> {
  const refused = new Uint8Array(batch.rows);
  const tensors = encoder.encode(batch, refused);
  const answers = await model.run(tensors, signal === undefined ? {} : { signal });
  return Object.fromEntries(
    outputs.map((output) => [output.name, decode(output, answers, batch.rows, refused)]),
  );
}

/** A batch of rows as the tensors of one model. */
export interface InputEncoder {
  /** The inputs whose columns the batch has to have. */
  readonly inputs: readonly InputSpec[];
  /** Treats rows as the contract says and marks in `refused` those that it refuses. */
  encode(batch: Batch, refused: Uint8Array): readonly Tensor[];
}

/** Throws `model/failed` for a model that the contract cannot feed. */
export function inputEncoder(
  contract: Pick<ContractSection, "inputs" | "edge_cases">,
  signature: ModelSignature,
  fitted: Fitted | null,
): InputEncoder {
  const feeders = feedersOf(contract, signature, fitted);
  return {
    inputs: [...new Set(feeders.flatMap(({ inputs }) => inputs))],
    encode: (batch, refused) => feeders.map(({ fill }) => fill(batch, refused)),
  };
}

/** One tensor of the model: the inputs that it is made of, and how. */
interface Feeder {
  readonly inputs: readonly InputSpec[];
  fill(batch: Batch, refused: Uint8Array): Tensor;
}

function feedersOf(
  contract: Pick<ContractSection, "inputs" | "edge_cases">,
  signature: ModelSignature,
  fitted: Fitted | null,
): readonly Feeder[] {
  const { tensors, problems } = planFeed(contract, signature, fitted === null ? [] : programsOf(fitted));
  // Inputs that the model leaves out are the contract's affair; a tensor that nothing feeds ends the scoring.
  const unfed = tensors.find((feed) => feed.from === "prepared" && feed.parts.length === 0);
  if (unfed !== undefined || (fitted !== null && problems.length > 0)) {
    const because =
      unfed === undefined || fitted !== null
        ? `The model cannot be fed: ${problems.join("; ")}.`
        : `The model takes ${unfed.tensor.name}, which the contract does not name.`;
    throw new MusterError("model/failed", because);
  }
  const named = (names: readonly string[]): readonly InputSpec[] =>
    contract.inputs.filter(({ name }) => names.includes(name));
  return tensors.map((feed): Feeder => {
    if (feed.from === "input") {
      const inputs = named([feed.tensor.name]);
      const [input] = inputs;
      invariant(input !== undefined, `the input ${feed.tensor.name} was planned and is gone`);
      return { inputs, fill: (batch, refused) => encode(batch, input, feed.tensor, refused) };
    }
    const inputs = named(feed.parts.map(({ program }) => program.column));
    const fill = compileFeed(feed);
    return {
      inputs,
      fill(batch, refused) {
        const columns = new Map(inputs.map((input) => [input.name, presentCells(batch, input, refused)]));
        const rows = Array.from({ length: batch.rows }, (_, row) => row);
        return fill((name, row) => columns.get(name)?.[row] ?? null, rows);
      },
    };
  });
}

/** The cells of an input; rows that lack a value that the contract asks for are marked. */
function presentCells(batch: Batch, input: InputSpec, refused: Uint8Array): ArrayLike<Cell> {
  const column = batch.columns[input.name];
  if (column === undefined)
    throw new MusterError("engine/unknown-column", `The data has no column ${input.name}.`);
  if (input.missing === "null" || typeof input.missing === "object") return column;
  for (let row = 0; row < batch.rows; row += 1) {
    const cell = column[row] ?? null;
    if (cell === null || (typeof cell === "number" && !Number.isFinite(cell))) refused[row] = 1;
  }
  return column;
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
  { tensor: { name, datatype }, place }: RowAnswer,
  answers: readonly Tensor[],
  rows: number,
  refused: Uint8Array,
): NewValues {
  const answer = answers.find((tensor) => tensor.name === name);
  if (answer === undefined) throw new MusterError("model/failed", `The model gave no output ${name}.`);
  const width = place === null || rows === 0 ? 1 : answer.data.length / rows;
  if (!Number.isInteger(width) || answer.data.length !== rows * width) {
    throw new MusterError(
      "model/failed",
      `The model gave ${answer.data.length} values of ${name} for ${rows} rows.`,
    );
  }
  if (datatype === "BYTES") {
    return Array.from(refused, (bad, row) => (bad === 1 ? null : String(answer.data[row])));
  }
  const out = new Float64Array(rows);
  const at = place ?? 0;
  for (let row = 0; row < rows; row += 1)
    out[row] = refused[row] === 1 || at >= width ? Number.NaN : Number(answer.data[row * width + at]);
  return out;
}
