import type { ModelSignature, TensorSpec } from "../model/model.ts";
import type { Scalar } from "../query/scalar.ts";
import type { ContractSection, OutputSpec } from "../spec/contract-section.ts";
import { show } from "./violation.ts";

/** One value of an answer; an array for an embedding or a ranking. */
export type OutputValue = Scalar | readonly number[];

export interface OutputPlan {
  readonly name: string;
  readonly type: OutputSpec["type"];
  readonly tensor: TensorSpec;
  /** An array a row instead of one value. */
  readonly isArray: boolean;
  readonly isText: boolean;
  readonly range: readonly [low: number, high: number] | null;
  readonly values: ReadonlySet<Scalar> | null;
  readonly decide: NonNullable<OutputSpec["decide"]> | null;
  readonly surfaceAbove: number | null;
  /** From `fallback.constant`; null where the spec has none. */
  readonly fallback: OutputValue | null;
}

/** The plan of one output. What stops it from being served is added to `problems`, one sentence each. */
export function planOutput(
  output: OutputSpec,
  contract: ContractSection,
  signature: ModelSignature,
  problems: string[],
): OutputPlan | null {
  const where = `contract.outputs.${output.name}`;
  const tensor = signature.outputs.find((candidate) => candidate.name === output.name);
  if (tensor === undefined) {
    const has = signature.outputs.map(({ name }) => name).join(", ") || "none";
    problems.push(`${where}: the model has no such output; it has ${has}`);
    return null;
  }
  const isArray = output.type === "embedding" || output.type === "ranking";
  if (tensor.datatype === "BOOL") {
    problems.push(`${where}: outputs of datatype BOOL cannot be served yet`);
    return null;
  }
  const isText = tensor.datatype === "BYTES";
  if (isText && (isArray || !["label", "text"].includes(output.type))) {
    problems.push(`${where}: is a ${output.type}, but the model gives text there`);
    return null;
  }
  if (!isText && output.type === "text") {
    problems.push(`${where}: is a text, but the model gives ${tensor.datatype} there`);
    return null;
  }
  const column = tensor.shape.length === 1 || (tensor.shape.length === 2 && tensor.shape[1] === 1);
  if (isArray ? tensor.shape.length !== 2 : !column) {
    problems.push(
      `${where}: the model gives shape [${tensor.shape}] there, not ${isArray ? "[-1,n]" : "[-1] or [-1,1]"}`,
    );
    return null;
  }
  const plan: OutputPlan = {
    name: output.name,
    type: output.type,
    tensor,
    isArray,
    isText,
    range: output.range ?? null,
    values: output.values === undefined ? null : new Set(output.values),
    decide: output.decide ?? null,
    surfaceAbove: output.surface_above ?? null,
    fallback: null,
  };
  const constants = contract.fallback?.constant;
  if (constants === undefined) return plan;
  const constant = Object.hasOwn(constants, output.name) ? constants[output.name] : undefined;
  const broken = constant === undefined ? "it says nothing of this output" : breach(plan, constant);
  if (constant === undefined || broken !== null) {
    problems.push(`contract.fallback.constant: ${broken ?? ""} (${output.name})`);
    return null;
  }
  return { ...plan, fallback: constant };
}

/** Why a value may not be surfaced under the output contract, or null. */
export function breach(plan: OutputPlan, value: OutputValue): string | null {
  if (typeof value === "object") {
    for (const element of value) {
      const broken = breachOfOne(plan, element);
      if (broken !== null) return broken;
    }
    return plan.isArray ? null : "it is an array";
  }
  return plan.isArray ? "it is one value, not an array" : breachOfOne(plan, value);
}

function breachOfOne(plan: OutputPlan, value: Scalar): string | null {
  if (plan.isText ? typeof value !== "string" : typeof value !== "number") {
    return `${show(value)} is not ${plan.isText ? "a text" : "a number"}`;
  }
  if (typeof value === "number") {
    if (!Number.isFinite(value)) return `${value} is not finite`;
    if (plan.range !== null && (value < plan.range[0] || value > plan.range[1])) {
      return `${value} is outside of [${plan.range[0]}, ${plan.range[1]}]`;
    }
  }
  if (plan.values !== null && !plan.values.has(value)) return `${show(value)} is none of the stated values`;
  return null;
}
