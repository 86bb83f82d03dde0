import { inputColumn } from "../../checks/data/input-column.ts";
import { inputPresent } from "../../checks/data/input-present.ts";
import { inputRange } from "../../checks/data/input-range.ts";
import { inputValues } from "../../checks/data/input-values.ts";
import { modelNames } from "../../checks/release/model-names.ts";
import { modelTensor } from "../../checks/release/model-tensor.ts";
import { outputRange } from "../../checks/release/output-range.ts";
import type { Preparation } from "../../query/read.ts";
import type { Scalar } from "../../query/scalar.ts";
import type { InputSpec, OutputSpec } from "../../spec/contract-section.ts";
import { carriedOut } from "../../spec/operation.ts";
import type { Spec } from "../../spec/spec.ts";
import type { ClaimWriter } from "./claim-writer.ts";
import { compileConduct } from "./contract-conduct.ts";
import { compileFeed, compilePreprocessing, compileSkew, preparationOf } from "./preprocessing.ts";
import { modelColumn, tables } from "./tables.ts";
import { datatypesOf, outputTensor } from "./tensor-types.ts";
import { compileVariance } from "./variance.ts";

const section = "contract";
const noDrill = "no drill has shown it yet";

/** Section 2: what the data must hold, what the model must take and give, and what the gateway must do. */
export function compileContract(spec: Spec, writer: ClaimWriter): void {
  const { contract } = spec;
  if (contract === undefined) return;
  const dataTables: string[] = [];
  if (spec.data?.training !== undefined) dataTables.push(tables.training);
  if (spec.data?.evaluation !== undefined) dataTables.push(tables.evaluation);
  const preparation = preparationOf(spec);
  contract.inputs.forEach((input, i) => {
    compileInput(input, i, dataTables, preparation, writer);
  });
  if (!compileFeed(contract, preparation, writer)) {
    writer.decided(
      {
        section,
        stage: "release",
        at: ["contract", "inputs"],
        path: "contract.inputs",
        says: "The model takes no input that the contract does not name",
      },
      modelNames,
      { side: "inputs", names: contract.inputs.map((input) => input.name) },
      {},
    );
  }
  compileSkew(spec, preparation, writer);
  contract.outputs.forEach((output, i) => {
    compileOutput(output, i, writer);
  });
  writer.decided(
    {
      section,
      stage: "release",
      at: ["contract", "outputs"],
      path: "contract.outputs",
      says: "The model gives no output that the contract does not name",
    },
    modelNames,
    { side: "outputs", names: contract.outputs.map((output) => output.name) },
    {},
  );
  compileConduct(contract, writer);
  compileVariance(spec, contract, writer);
}

function compileInput(
  input: InputSpec,
  i: number,
  dataTables: readonly string[],
  preparation: Preparation | null,
  writer: ClaimWriter,
): void {
  const { name } = input;
  const at = ["contract", "inputs", i];
  const path = `contract.inputs.${name}`;
  const subject = { tables: dataTables, column: name };
  const both = dataTables.join(" and ");
  const noData = "the data section names no table";

  const column = {
    section,
    stage: "data",
    at,
    path,
    says: `${named(input)} is ${aType(input)} in the ${both} data`,
  } as const;
  if (dataTables.length === 0) writer.open({ ...column, says: `${named(input)} is ${aType(input)}` }, noData);
  else {
    writer.decided(column, inputColumn, subject, { type: input.type });
    if (input.required) {
      writer.decided(
        {
          ...column,
          at: [...at, "required"],
          path: `${path}.required`,
          says: `${name} is never missing in the ${both} data`,
        },
        inputPresent,
        subject,
        {},
      );
    }
    if (input.range !== undefined) {
      const [low, high] = input.range;
      writer.decided(
        {
          ...column,
          at: [...at, "range"],
          path: `${path}.range`,
          says: `${name} lies between ${low} and ${high}${input.unit === undefined ? "" : ` ${input.unit}`}`,
        },
        inputRange,
        subject,
        { low, high },
      );
    }
    if (input.values !== undefined && input.values !== "profile") {
      writer.decided(
        {
          ...column,
          at: [...at, "values"],
          path: `${path}.values`,
          says: `${name} is one of ${valuesText(input.values)}`,
        },
        inputValues,
        { ...subject, values: input.values, ...(input.pii === true ? { redact: true } : {}) },
        {},
      );
    }
  }

  // What is prepared goes to the model under other names: one claim on all inputs decides that.
  if (!carriedOut(input.preprocessing)) {
    writer.decided(
      {
        section,
        stage: "release",
        at,
        path: `${path}.model`,
        says: `The model takes ${named(input)} as ${aType(input)}`,
      },
      modelTensor,
      { side: "inputs", name },
      { datatypes: datatypesOf(input.type), shape: "column" },
    );
  }
  const serving = (key: string, says: string, because = noDrill): void =>
    writer.open({ section, stage: "serving", at: [...at, key], path: `${path}.${key}`, says }, because);
  if (input.values === "profile")
    serving("values", `${name} outside of the values seen in training is noticed`);
  if (input.missing !== undefined) {
    const what =
      input.missing === "null"
        ? "passed on as null"
        : input.missing === "reject"
          ? "refused"
          : `replaced by ${input.missing.default}`;
    serving("missing", `A missing ${name} is ${what}`);
  }
  compilePreprocessing(input, at, path, preparation, writer);
  if (input.pii === true) {
    const says = `${name} is personal data, and is kept no longer than the log says`;
    serving("pii", says, "no check follows personal data yet");
  }
  const live = (key: string, says: string): void =>
    writer.open(
      { section, stage: "live", at: [...at, key], path: `${path}.${key}`, says },
      "Muster cannot see the systems that callers read from",
    );
  if (input.available_at !== undefined) {
    const when = { before_decision: "before", at_decision: "at", after_decision: "only after" };
    live("available_at", `${name} is known ${when[input.available_at]} the decision`);
  }
  if (input.staleness !== undefined)
    live("staleness", `${name} is at most ${input.staleness.text} old when it is sent`);
  if (input.source !== undefined) {
    writer.open(
      {
        section,
        stage: "live",
        at: [...at, "source"],
        path: `${path}.source`,
        says: `${name} comes from ${input.source}`,
      },
      "Muster cannot see the systems that callers read from",
    );
  }
}

function compileOutput(output: OutputSpec, i: number, writer: ClaimWriter): void {
  const { name } = output;
  const at = ["contract", "outputs", i];
  const path = `contract.outputs.${name}`;
  const tensor = outputTensor(output.type);
  writer.decided(
    { section, stage: "release", at, path, says: `The model gives ${name} as ${aOutput(output)}` },
    modelTensor,
    { side: "outputs", name },
    tensor,
  );
  if (output.range !== undefined) {
    const [low, high] = output.range;
    const line = {
      section,
      stage: "release",
      at: [...at, "range"],
      path: `${path}.range`,
      says: `${name} is finite and lies between ${low} and ${high} on every evaluation row`,
    } as const;
    if (tensor.shape === "column" && !tensor.datatypes.includes("BYTES")) {
      writer.decided(line, outputRange, { table: tables.scored, column: modelColumn(name) }, { low, high });
    } else writer.open(line, `no check reads the range of ${output.type} outputs yet`);
  }
  const serving = (key: string, says: string, because = noDrill): void =>
    writer.open({ section, stage: "serving", at: [...at, key], path: `${path}.${key}`, says }, because);
  if (output.values !== undefined) serving("values", `${name} is one of ${valuesText(output.values)}`);
  if (output.interpretation !== undefined) {
    serving(
      "interpretation",
      `${name} means: ${output.interpretation}`,
      "no check decides an interpretation yet",
    );
  }
  if (output.decide !== undefined) {
    const { at: threshold, positive, negative } = output.decide;
    serving("decide", `${name} of ${threshold} and above is answered as ${positive}, else ${negative}`);
  }
  if (output.bands !== undefined) {
    const bands = output.bands.map(({ means, range: [low, high] }) => `${low} to ${high} ${means}`);
    serving("bands", `${name} means: ${bands.join(", ")}`, "no check decides an interpretation yet");
  }
  if (output.items !== undefined) serving("items", `${name} has at most ${output.items.text} items`);
  if (output.surface_above !== undefined) {
    serving("surface_above", `Users are not shown ${name} under a confidence of ${output.surface_above}`);
  }
}

const article = (noun: string): string => `${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`;
const aType = ({ type }: InputSpec): string => article(type);
const aOutput = ({ type }: OutputSpec): string => article(type);
const named = ({ name, unit }: InputSpec): string => (unit === undefined ? name : `${name} (${unit})`);

/** A few values are named; of many only the number is worth a line. */
const valuesText = (values: readonly Scalar[]): string =>
  values.length <= 5 ? values.join(", ") : `${values.length} listed values`;
