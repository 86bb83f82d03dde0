import { modelFeed } from "../../checks/release/model-feed.ts";
import { type NoSkewSubject, noSkew } from "../../checks/release/no-skew.ts";
import { samePreparation } from "../../checks/release/same-preparation.ts";
import { preparedInputs } from "../../prepare/chain.ts";
import type { Preparation } from "../../query/read.ts";
import { digestOfData } from "../../source/digest.ts";
import type { ContractSection, InputSpec } from "../../spec/contract-section.ts";
import { carriedOut, readOperation, stepText } from "../../spec/operation.ts";
import type { Spec } from "../../spec/spec.ts";
import type { ClaimWriter } from "./claim-writer.ts";
import { tables } from "./tables.ts";

/** Rows on which data and serving are held together: with none of them apart, fewer than 1 in 6,600 rows are (95 %). */
const sampledRows = 20_000;

/** What the claims on preprocessing read; null where Muster carries no step out, or there is nothing to fit on. */
export function preparationOf({ contract, data }: Spec): Preparation | null {
  const inputs = preparedInputs(contract?.inputs ?? []);
  if (inputs.length === 0 || data?.training === undefined) return null;
  const steps = inputs.map(({ name, type, missing, preprocessing }) => ({
    name,
    type,
    missing,
    preprocessing,
  }));
  return { table: tables.training, rows: sampledRows, steps: digestOfData(steps) };
}

/** What a claim on several prepared inputs reads: the evaluation data, which nothing was fitted on. */
export function skewSubject(inputs: readonly InputSpec[], preparation: Preparation): NoSkewSubject {
  return {
    ...preparation,
    table: tables.evaluation,
    inputs: inputs.map(({ name }) => name),
    withheld: inputs.filter(({ pii }) => pii === true).map(({ name }) => name),
  };
}

/** That training and serving agree on data that the preprocessing was not fitted on: one claim for all inputs. */
export function compileSkew(
  { contract, data }: Spec,
  preparation: Preparation | null,
  writer: ClaimWriter,
): void {
  const inputs = preparedInputs(contract?.inputs ?? []);
  if (inputs.length === 0) return;
  const names =
    inputs.length <= 5 ? inputs.map(({ name }) => name).join(", ") : `all ${inputs.length} of them`;
  const line = {
    section: "contract",
    stage: "release",
    at: ["contract", "inputs"],
    path: "contract.preprocessing",
    says: `Of the evaluation data, training and serving make the same of the prepared inputs (${names})`,
  } as const;
  if (preparation === null) {
    writer.open(line, "the data section names no training data to fit the preprocessing on");
  } else if (data?.evaluation === undefined) {
    writer.open(line, "the data section names no evaluation table");
  } else writer.decided(line, noSkew, skewSubject(inputs, preparation), {});
}

/** Which steps of these inputs Muster does not carry out, in words; null where it does them all. */
export function leftToOthers(inputs: readonly InputSpec[]): string | null {
  const left = inputs.flatMap(({ name, preprocessing = [] }) =>
    carriedOut(preprocessing)
      ? []
      : preprocessing
          .filter((step) => readOperation(step).op === "custom")
          .map((step) => `${stepText(step)} of ${name}`),
  );
  return left.length === 0 ? null : `${left.join(", ")} is done inside of the model or elsewhere`;
}

/** That an input is prepared alike on both sides; open for what Muster does not do itself. */
export function compilePreprocessing(
  input: InputSpec,
  at: readonly (string | number)[],
  path: string,
  preparation: Preparation | null,
  writer: ClaimWriter,
): void {
  const { name, preprocessing } = input;
  if (preprocessing === undefined || preprocessing.length === 0) return;
  const line = {
    section: "contract",
    at: [...at, "preprocessing"],
    path: `${path}.preprocessing`,
    says: `${name} is prepared by ${preprocessing.map(stepText).join(", then ")}, the same in training and serving`,
  } as const;
  if (!carriedOut(preprocessing)) {
    const elsewhere = preprocessing.filter((step) => readOperation(step).op === "custom").map(stepText);
    const because = `${elsewhere.join(", ")} is done inside of the model or elsewhere: Muster carries it out on neither side`;
    writer.open({ ...line, stage: "serving" }, because);
  } else if (preparation === null) {
    writer.open({ ...line, stage: "release" }, "the data section names no training data to fit it on");
  } else {
    const subject = { ...preparation, input: name, withhold: input.pii === true };
    writer.decided({ ...line, stage: "release" }, samePreparation, subject, {});
  }
}

/** That the model takes what the inputs are prepared to, and nothing else; false where none is. */
export function compileFeed(
  contract: ContractSection,
  preparation: Preparation | null,
  writer: ClaimWriter,
): boolean {
  if (preparedInputs(contract.inputs).length === 0) return false;
  const line = {
    section: "contract",
    stage: "release",
    at: ["contract", "inputs"],
    path: "contract.inputs",
    says: "The model takes what the contract's inputs are prepared to, and nothing else",
  } as const;
  if (preparation === null) {
    writer.open(line, "the data section names no training data to fit the preprocessing on");
    return true;
  }
  const inputs = contract.inputs.map(({ name, type, required, missing, preprocessing }) => ({
    name,
    type,
    required,
    ...(missing !== undefined && { missing }),
    ...(preprocessing !== undefined && { preprocessing }),
  }));
  const missing = contract.edge_cases?.missing_required;
  const subject = {
    ...preparation,
    contract: { inputs, ...(missing !== undefined && { edge_cases: { missing_required: missing } }) },
  };
  writer.decided(line, modelFeed, subject, {});
  return true;
}
