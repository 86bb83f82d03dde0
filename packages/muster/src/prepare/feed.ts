import type { Datatype, ModelSignature, TensorSpec } from "../model/model.ts";
import type { ContractSection, InputSpec } from "../spec/contract-section.ts";
import { outputNames, type Program } from "../transform/program.ts";
import { preparedInputs } from "./chain.ts";

/** A stretch of one row of a tensor: what a program gives, or one column of its indicators. */
export interface FeedPart {
  readonly program: Program;
  /** The one column of indicators that is meant; null for all that the program gives. */
  readonly only: number | null;
}

/** Where a tensor of the model comes from: an input as it is sent, or what preprocessing makes. */
export type FeedTensor =
  | { readonly tensor: TensorSpec; readonly from: "input" }
  | {
      readonly tensor: TensorSpec;
      readonly from: "prepared";
      readonly parts: readonly FeedPart[];
      /** Values a row. */
      readonly width: number;
    };

export interface Feed {
  readonly tensors: readonly FeedTensor[];
  /** Why this model cannot be fed by this contract, one sentence each. */
  readonly problems: readonly string[];
}

/**
 * How a model's tensors are fed from the contract's inputs. A tensor is given, in this order: the input of its name that
 * has no carried-out preprocessing, as it is sent; the prepared column of its name; all columns of the input of its name,
 * if it is `[-1, n]`; and, as the only tensor of a model, all columns of all inputs in the contract's order.
 */
export function planFeed(
  contract: Pick<ContractSection, "inputs" | "edge_cases">,
  signature: ModelSignature,
  programs: readonly Program[],
): Feed {
  const problems: string[] = [];
  const prepared = new Set(preparedInputs(contract.inputs).map(({ name }) => name));
  const used = new Set<string>();
  const tensors = signature.inputs.map((tensor): FeedTensor => {
    const raw = contract.inputs.find(({ name }) => name === tensor.name && !prepared.has(name));
    if (raw !== undefined) {
      used.add(raw.name);
      return { tensor, from: "input" };
    }
    const parts = partsFor(tensor, contract.inputs, prepared, programs, signature);
    if (parts.length === 0) problems.push(`the model also needs ${tensor.name}`);
    for (const { program } of parts) {
      used.add(program.column);
      const input = contract.inputs.find(({ name }) => name === program.column);
      const trouble = misfit(tensor.datatype, program, input, contract);
      if (trouble !== null && !problems.includes(trouble)) problems.push(trouble);
    }
    const width = parts.reduce((sum, part) => sum + widthOf(part), 0);
    const [batch, across = 1] = tensor.shape;
    if (
      parts.length > 0 &&
      (batch !== -1 || tensor.shape.length > 2 || (across !== width && across !== -1))
    ) {
      problems.push(
        `the model takes ${tensor.name} in shape [${tensor.shape}], where preprocessing gives [-1,${width}]`,
      );
    }
    return { tensor, from: "prepared", parts, width };
  });
  for (const { name } of contract.inputs) {
    if (used.has(name)) continue;
    const columns = programs.filter(({ column }) => column === name).flatMap(outputNames);
    const made = prepared.has(name) ? `, nor what it is prepared to (${few(columns)})` : "";
    problems.push(`the model takes no ${name}${made}`);
  }
  return { tensors, problems };
}

const few = (names: readonly string[]): string =>
  names.slice(0, 3).join(", ") + (names.length > 3 ? ` .. ${names.length} columns` : "");

export const widthOf = ({ program, only }: FeedPart): number =>
  only === null ? outputNames(program).length : 1;

function partsFor(
  tensor: TensorSpec,
  inputs: readonly InputSpec[],
  prepared: ReadonlySet<string>,
  programs: readonly Program[],
  signature: ModelSignature,
): readonly FeedPart[] {
  const whole = (program: Program): FeedPart => ({ program, only: null });
  for (const program of programs) {
    const { output } = program;
    if (output.kind !== "indicators") {
      if (output.name === tensor.name) return [whole(program)];
      continue;
    }
    const at = output.names.indexOf(tensor.name);
    if (at >= 0) return [{ program, only: at }];
  }
  const ofInput = programs.filter(({ column }) => column === tensor.name);
  if (ofInput.length > 0) return ofInput.map(whole);
  if (signature.inputs.length > 1) return [];
  return inputs.flatMap((input) =>
    prepared.has(input.name)
      ? programs.filter(({ column }) => column === input.name).map(whole)
      : [whole(asItIs(input))],
  );
}

/** An input without preprocessing as a column beside prepared ones. */
const asItIs = ({ name, type }: InputSpec): Program =>
  type === "string" || type === "text"
    ? { column: name, entry: "text", steps: [], output: { kind: "text", name } }
    : { column: name, entry: "number", steps: [], output: { kind: "number", name, whole: type !== "float" } };

const wholeTypes: ReadonlySet<Datatype> = new Set(["INT64", "INT32"]);

function misfit(
  datatype: Datatype,
  program: Program,
  input: InputSpec | undefined,
  contract: Pick<ContractSection, "edge_cases">,
): string | null {
  const { output, column } = program;
  const text = output.kind === "text";
  if (text !== (datatype === "BYTES")) {
    return `the model takes ${datatype} where ${column} is prepared to ${text ? "text" : "numbers"}`;
  }
  if (text || datatype === "FP32" || datatype === "FP64") return null;
  if (!wholeTypes.has(datatype) || (output.kind === "number" && !output.whole)) {
    return `the model takes ${datatype} where ${column} is prepared to numbers, which need FP32 or FP64`;
  }
  return neverMissing(program, input, contract)
    ? null
    : `the model takes ${datatype}, which has no room for a missing ${column}: impute it, or take FP32`;
}

/** Whether a program always gives a number, as a tensor of whole numbers has nothing for a missing one. */
function neverMissing(
  { output, steps }: Program,
  input: InputSpec | undefined,
  contract: Pick<ContractSection, "edge_cases">,
): boolean {
  if (output.kind === "indicators") return true;
  if (steps.some(({ kind }) => kind === "finite" || kind === "choose")) return false;
  if (steps.some(({ kind }) => kind === "filled" || kind === "filled_text")) return true;
  const policy = input?.required ? (contract.edge_cases?.missing_required ?? "reject") : input?.missing;
  return policy === "reject" || typeof policy === "object" || policy === "default";
}
