import { suggest } from "../../source/suggest.ts";
import type { ContractPlan } from "../contract-plan.ts";
import { malformed, type Refusal } from "../refusal.ts";
import type { Row } from "../row-check.ts";
import { shorten, type Violation } from "../violation.ts";
import { isObject } from "./plain.ts";

export interface OipRequest {
  readonly kind: "oip";
  readonly rows: readonly Row[];
  readonly clientId: string | null;
  /** Indexes of the contract's outputs, in the order that was asked for. */
  readonly outputs: readonly number[];
  /** From the parameter `timeout` (microseconds, as Triton has it), which can only shorten the budget. */
  readonly budgetMs: number | null;
  /** What is wrong with whole tensors; such a tensor is left out of the rows. */
  readonly violations: readonly Violation[];
}

/** `data` is null where the tensor as a whole breaks the contract. */
interface Column {
  readonly name: string;
  readonly data: readonly unknown[] | null;
}

const longestId = 256;

/** An inference request of the Open Inference Protocol 2, from its parsed JSON to rows. Refuses, never coerces. */
export function readOipRequest(value: unknown, plan: ContractPlan, mostRows: number): OipRequest | Refusal {
  if (!isObject(value)) return malformed("the body is not an inference request: an object with inputs");
  const { id } = value;
  if (id !== undefined && (typeof id !== "string" || id.length > longestId)) {
    return malformed(`id is not a string of at most ${longestId} characters`);
  }
  if (!Array.isArray(value.inputs)) return malformed("inputs is not an array of tensors");
  if (value.parameters !== undefined && !isObject(value.parameters))
    return malformed("parameters is not an object");
  const outputs = readOutputs(value.outputs, plan);
  if (!Array.isArray(outputs)) return outputs;
  if (value.inputs.length > plan.inputs.length + mostUnknown) {
    return malformed(`there are ${value.inputs.length} inputs, but the contract has ${plan.inputs.length}`);
  }
  const violations: Violation[] = [];
  const columns: Column[] = [];
  let rows: number | null = null;
  for (const input of value.inputs) {
    const column = readTensor(input, plan, violations);
    if ("status" in column) return column;
    if (columns.some(({ name }) => name === column.name))
      return malformed(`input ${shorten(column.name)} stands twice`);
    columns.push(column);
    if (column.data === null) continue;
    if (column.data.length > mostRows) return malformed(`there are more than ${mostRows} rows`);
    if (rows !== null && rows !== column.data.length) {
      return malformed(`the inputs have ${rows} and ${column.data.length} rows`);
    }
    rows = column.data.length;
  }
  if ((rows === null && violations.length === 0) || rows === 0)
    return malformed("there is no row to predict");
  const clientId = id ?? null;
  const budgetMs = budget(value.parameters);
  return { kind: "oip", rows: toRows(columns, rows ?? 1), clientId, outputs, budgetMs, violations };
}

/** How many inputs too many are named one by one. */
const mostUnknown = 20;

function readTensor(input: unknown, plan: ContractPlan, violations: Violation[]): Column | Refusal {
  if (!isObject(input) || typeof input.name !== "string") return malformed("an input has no name");
  const name = input.name;
  const shown = shorten(name);
  if (input.parameters !== undefined && !isObject(input.parameters)) {
    return malformed(`the parameters of input ${shown} are not an object`);
  }
  const wanted = plan.inputs.find((candidate) => candidate.name === name);
  const data = Array.isArray(input.data) ? (input.data as unknown[]) : null;
  if (data === null) return malformed(`input ${shown} has no array of data`);
  const refuse = (code: Violation["code"], message: string, expected: string, got: string): Column => {
    violations.push({ input: shown, code, message, expected, got });
    return { name, data: null };
  };
  if (wanted === undefined) {
    const names = plan.inputs.map((candidate) => candidate.name);
    const near = suggest(name, names);
    const message = `the contract has no input ${JSON.stringify(shown)}${near === null ? "" : `; did you mean ${near}?`}`;
    return refuse("input/unknown", message, "only inputs of the contract", "a tensor");
  }
  if (input.datatype !== wanted.datatype) {
    const got = typeof input.datatype === "string" ? shorten(input.datatype) : "none";
    return refuse("input/wrong-type", `${name} is not of datatype ${wanted.datatype}`, wanted.datatype, got);
  }
  const shape = input.shape;
  const isShape =
    Array.isArray(shape) &&
    (shape.length === 1 || (shape.length === 2 && shape[1] === 1)) &&
    Number.isSafeInteger(shape[0]) &&
    shape[0] >= 0;
  if (!isShape) {
    const got = Array.isArray(shape) ? shorten(JSON.stringify(shape.slice(0, 8))) : "none";
    return refuse("input/wrong-shape", `${name} is not one value a row`, "[n] or [n,1]", got);
  }
  const flat =
    shape.length === 2 && data.every((row) => Array.isArray(row) && row.length === 1) ? data.flat(1) : data;
  if (flat.length !== shape[0]) {
    const message = `${name} has ${flat.length} values for shape [${shape.join(",")}]`;
    return refuse("input/wrong-shape", message, `${shape[0]} values`, `${flat.length} values`);
  }
  return { name, data: flat };
}

/** Rows without a prototype: a tensor may be called like something that objects inherit. */
function toRows(columns: readonly Column[], rows: number): Row[] {
  return Array.from({ length: rows }, (_, at) => {
    const row = Object.create(null) as Record<string, unknown>;
    for (const { name, data } of columns) if (data !== null) row[name] = data[at];
    return row;
  });
}

/** Parameters of an output by which it is another thing, or is looked for elsewhere: a caller must not believe that it was done. */
const otherForms = ["classification", "shared_memory_region"] as const;

function readOutputs(asked: unknown, plan: ContractPlan): number[] | Refusal {
  if (asked === undefined) return plan.outputs.map((_, index) => index);
  if (!Array.isArray(asked)) return malformed("outputs is not an array");
  const indexes: number[] = [];
  for (const output of asked as readonly unknown[]) {
    if (!isObject(output) || typeof output.name !== "string")
      return malformed("a requested output has no name");
    const shown = shorten(output.name);
    const form = isObject(output.parameters)
      ? otherForms.find((key) => Object.hasOwn(output.parameters as object, key))
      : undefined;
    if (form !== undefined) {
      const error = `output ${shown} cannot be given by ${form}; answers are tensors in JSON`;
      return { status: 501, code: "http/unsupported-extension", error };
    }
    const index = plan.outputs.findIndex(({ name }) => name === output.name);
    if (index === -1) return malformed(`there is no output ${JSON.stringify(shown)}`);
    if (indexes.includes(index)) return malformed(`output ${shown} is asked for twice`);
    indexes.push(index);
  }
  return indexes.length === 0 ? plan.outputs.map((_, index) => index) : indexes;
}

function budget(parameters: unknown): number | null {
  const microseconds =
    isObject(parameters) && Object.hasOwn(parameters, "timeout") ? parameters.timeout : null;
  return typeof microseconds === "number" && microseconds > 0 ? microseconds / 1000 : null;
}
