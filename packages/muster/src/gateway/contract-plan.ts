import type { Profile } from "../claims/profile.ts";
import type { ModelSignature, Tensor, TensorSpec } from "../model/model.ts";
import { preparedInputs } from "../prepare/chain.ts";
import type { Fitted } from "../prepare/fitted.ts";
import { MusterError } from "../source/muster-error.ts";
import type { ContractSection } from "../spec/contract-section.ts";
import type { Spec } from "../spec/spec.ts";
import { type Columns, tensorData } from "./columns.ts";
import { type InputPlan, type OutsidePolicy, planInput } from "./input-plan.ts";
import { preparedTensors } from "./model-feed.ts";
import { type OutputPlan, planOutput } from "./output-plan.ts";

/** The contract of a spec held against the model that has to keep it, worked out once before the first request. */
export interface ContractPlan {
  readonly inputs: readonly InputPlan[];
  readonly outputs: readonly OutputPlan[];
  /** The model's tensors in its own order: the place of an input, or what preprocessing makes. */
  readonly tensors: readonly TensorPlan[];
  readonly outside: OutsidePolicy;
  readonly late: "cached" | "fallback" | "error";
  /** Whether the spec has a fallback answer that can be given. */
  readonly hasFallback: boolean;
  /** What is stated but not done yet; to be told to whoever starts the gateway. */
  readonly notices: readonly string[];
}

export interface TensorPlan {
  readonly tensor: TensorSpec;
  /** Makes the tensor of the checked rows; null for all rows in their order. */
  fill(columns: Columns, part: readonly number[] | null, rows: number): Tensor;
}

/** Throws `gateway/not-started` naming every reason why this model cannot be served under this contract. */
export function planContract(
  spec: Spec,
  signature: ModelSignature,
  profile: Profile,
  fitted: Fitted | null = null,
): ContractPlan {
  const { contract } = spec;
  if (contract === undefined) {
    throw new MusterError(
      "gateway/not-started",
      `${spec.name} has no contract section, so nothing can be served`,
    );
  }
  const problems: string[] = [];
  const notices: string[] = [];
  const prepares = preparedInputs(contract.inputs).length > 0;
  if (prepares && fitted === null) {
    problems.push(
      "contract.inputs: the release holds no fitted preprocessing; add it again with this Muster",
    );
  }
  const inputs = contract.inputs
    .map((input) => planInput(input, contract, signature, profile, prepares, problems))
    .filter((plan) => plan !== null);
  const outputs = contract.outputs
    .map((output) => planOutput(output, contract, signature, problems))
    .filter((plan) => plan !== null);
  if (contract.inputs.length === 0) problems.push("contract.inputs: there is none");
  if (contract.outputs.length === 0) problems.push("contract.outputs: there is none");
  twice("contract.inputs", contract.inputs, problems);
  twice("contract.outputs", contract.outputs, problems);
  for (const { name } of signature.inputs) {
    if (!prepares && !contract.inputs.some((input) => input.name === name)) {
      problems.push(`contract.inputs: the model also needs ${name}`);
    }
  }
  const tensors = tensorsOf(signature, contract, fitted, problems);
  const { fallback, edge_cases: edges } = contract;
  for (const name of Object.keys(fallback?.constant ?? {})) {
    if (!contract.outputs.some((output) => output.name === name)) {
      problems.push(`contract.fallback.constant.${name}: is no output of the contract`);
    }
  }
  // A name that redacts nothing is a promise broken in silence.
  for (const name of spec.deployment?.log?.redact ?? []) {
    if (!contract.inputs.some((input) => input.name === name)) {
      problems.push(`deployment.log.redact: ${name} is no input of the contract`);
    }
  }
  const hasFallback = fallback?.constant !== undefined;
  if (fallback !== undefined && !hasFallback) {
    notices.push("contract.fallback: only a constant can be served yet, a version or a rule cannot");
  }
  notices.push(...notDone(spec));
  for (const edge of ["out_of_distribution", "latency_exceeded"] as const) {
    if (edges?.[edge] === "fallback" && !hasFallback) {
      problems.push(
        `contract.edge_cases.${edge}: is fallback, but contract.fallback states no constant to answer`,
      );
    }
  }
  if (problems.length > 0) {
    throw new MusterError("gateway/not-started", `${spec.name} cannot be served: ${problems.join("; ")}`, {
      hint: "Change the contract or the model until they agree.",
    });
  }
  return {
    inputs,
    outputs,
    tensors,
    outside: edges?.out_of_distribution ?? "refuse",
    late: edges?.latency_exceeded ?? "error",
    hasFallback,
    notices,
  };
}

/** Answers carry the digests of these lines: whoever starts the gateway must know what it does not do of them. */
function notDone({ deployment }: Spec): string[] {
  const { throughput, shadow, canary, log } = deployment ?? {};
  const said: string[] = [];
  if (throughput?.burst !== undefined) {
    const { burst } = throughput;
    const what = burst.then === "shed" ? "load is shed" : "requests queue";
    said.push(`deployment.throughput.burst: ${what} by how many are under way, not by their rate`);
  }
  if (shadow !== undefined)
    said.push("deployment.shadow: no request is shadowed, one release is served alone");
  if (canary !== undefined)
    said.push("deployment.canary: there are no steps, all requests go to one release");
  if (log?.retain !== undefined) {
    said.push(`deployment.log.retain: files of the journal are not deleted after ${log.retain.text}`);
  }
  return said;
}

function tensorsOf(
  signature: ModelSignature,
  contract: ContractSection,
  fitted: Fitted | null,
  problems: string[],
): readonly TensorPlan[] {
  const prepared = preparedTensors(contract, signature, fitted, problems);
  return signature.inputs.map((tensor): TensorPlan => {
    const { name, datatype, shape } = tensor;
    const make = prepared.get(name);
    const place = contract.inputs.findIndex((input) => input.name === name);
    if (make === undefined) {
      return {
        tensor,
        fill: (columns, part, rows) => ({
          name,
          datatype,
          shape: shape.length === 2 ? [rows, 1] : [rows],
          data: tensorData(columns[place] ?? [], part),
        }),
      };
    }
    return {
      tensor,
      fill: (columns, part, rows) => make(columns, part ?? Array.from({ length: rows }, (_, row) => row)),
    };
  });
}

function twice(where: string, named: readonly { readonly name: string }[], problems: string[]): void {
  const seen = new Set<string>();
  for (const { name } of named) {
    if (seen.has(name)) problems.push(`${where}.${name}: stands there twice`);
    seen.add(name);
  }
}
