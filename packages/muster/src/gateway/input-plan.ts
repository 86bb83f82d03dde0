import type { Profile } from "../claims/profile.ts";
import type { Datatype, ModelSignature, TensorSpec } from "../model/model.ts";
import type { Scalar } from "../query/scalar.ts";
import type { ContractSection, InputSpec } from "../spec/contract-section.ts";
import { carriedOut } from "../spec/operation.ts";
import { encodeValue } from "./encode-value.ts";
import { carriers, nouns, type ServedType, wireDatatypes } from "./served-type.ts";
import { show } from "./violation.ts";

/** What happens to a value outside of the training distribution; `refuse` where the spec states no policy. */
export type OutsidePolicy = "review" | "fallback" | "uncertainty" | "refuse";

/** What stands in for a missing value: `encoded` for the model, `shown` for people. */
export type Missing =
  | { readonly kind: "reject" }
  | {
      readonly kind: "fill";
      readonly policy: "default" | "null";
      readonly encoded: string | number;
      readonly shown: Scalar | null;
    };

/** One contract input with everything that checking and encoding need, worked out once. */
export interface InputPlan {
  readonly name: string;
  readonly type: ServedType;
  /** The type on the wire, as the Open Inference Protocol names it. */
  readonly datatype: Datatype;
  /** What the model takes; its datatype may be a wider or floating one than the wire's. */
  readonly tensor: TensorSpec;
  readonly required: boolean;
  readonly missing: Missing;
  readonly range: readonly [low: number, high: number] | null;
  /** The closed set, encoded. */
  readonly values: ReadonlySet<string | number> | null;
  /** Says what is wanted: "a whole number from 10 to 6000". */
  readonly expected: string;
}

/** The plan of one input. What stops it from being served is added to `problems`, one sentence each. */
export function planInput(
  input: InputSpec,
  contract: ContractSection,
  signature: ModelSignature,
  profile: Profile,
  /** Whether one tensor may hold all inputs, prepared ones among them. */
  packed: boolean,
  problems: string[],
): InputPlan | null {
  const where = `contract.inputs.${input.name}`;
  const before = problems.length;
  const { type } = input;
  if (type === "image" || type === "json") {
    problems.push(`${where}: inputs of type ${type} cannot be served yet`);
    return null;
  }
  if (input.name === "__proto__" || input.name === "") problems.push(`${where}: is no name for an input`);
  const prepared = carriedOut(input.preprocessing);
  const tensor = prepared
    ? rawTensor(input.name, type)
    : (signature.inputs.find((candidate) => candidate.name === input.name) ??
      (signature.inputs.length === 1 && packed ? rawTensor(input.name, type) : undefined));
  if (tensor === undefined) {
    problems.push(
      `${where}: the model has no such input; it has ${signature.inputs.map(({ name }) => name).join(", ") || "none"}`,
    );
    return null;
  }
  if (!carriers[type].includes(tensor.datatype)) {
    problems.push(`${where}: is ${type}, but the model takes ${tensor.datatype} there`);
  }
  const columnShape = tensor.shape.length === 1 || (tensor.shape.length === 2 && tensor.shape[1] === 1);
  if (!columnShape || tensor.shape[0] !== -1) {
    problems.push(
      `${where}: the model takes shape [${tensor.shape}] there, not [-1] or [-1,1]: one value a row`,
    );
  }
  const bare = { name: input.name, type, datatype: wireDatatypes[type], tensor, required: input.required };
  const encode = (value: unknown): string | number | null => {
    const encoded = encodeValue(bare, value);
    return typeof encoded === "object" ? null : encoded;
  };
  const range = input.range ?? null;
  if (range !== null && (tensor.datatype === "BYTES" || type === "boolean")) {
    problems.push(`${where}.range: ${type} has no range`);
  }
  const values = planValues(input, type, profile, encode, problems);
  const nothing = prepared && tensor.datatype === "BYTES" ? missingText : nullOf(tensor.datatype);
  const missing = planMissing(input, contract, tensor.datatype, nothing, encode, problems);
  if (problems.length > before || missing === null) return null;
  const limits = range === null ? "" : ` from ${range[0]} to ${range[1]}`;
  return { ...bare, missing, range, values, expected: `${nouns[type]}${limits}${listing(input)}` };
}

function listing(input: InputSpec): string {
  if (input.values === undefined) return "";
  if (input.values === "profile") return " that stands in the training data";
  const shown = input.values.slice(0, 10).map(show).join(", ");
  return input.values.length > 10 ? `, one of ${input.values.length}: ${shown}, ..` : `, one of ${shown}`;
}

function planValues(
  input: InputSpec,
  type: ServedType,
  profile: Profile,
  encode: (value: unknown) => string | number | null,
  problems: string[],
): ReadonlySet<string | number> | null {
  if (input.values === undefined) return null;
  const where = `contract.inputs.${input.name}.values`;
  if (input.values === "profile") {
    const seen = Object.hasOwn(profile.inputs, input.name) ? profile.inputs[input.name]?.values : undefined;
    if (seen === undefined) {
      problems.push(
        `${where}: says profile, but the release's profile lists no values of it (it had too many, or was not profiled)`,
      );
      return null;
    }
    return encodeAll(seen.map((text) => fromText(type, text)));
  }
  return encodeAll(input.values);

  function encodeAll(listed: readonly unknown[]): ReadonlySet<string | number> {
    const encoded = new Set<string | number>();
    for (const value of listed) {
      const one = encode(value);
      if (one === null) {
        problems.push(`${where}: ${show(value)} is not ${nouns[type]}`);
        break;
      }
      encoded.add(one);
    }
    return encoded;
  }
}

/** A profile keeps values as text; this is the JSON value that they were. */
function fromText(type: ServedType, text: string): unknown {
  if (type === "boolean")
    return text === "true" || text === "1" ? true : text === "false" || text === "0" ? false : text;
  if (type === "integer" || type === "float") return text.trim() === "" ? text : Number(text);
  if (type === "datetime" && /^-?\d{5,}$/.test(text)) return Number(text);
  return text;
}

/**
 * `edge_cases.missing_required` rules required inputs (whose default is their own `missing.default`), an input's
 * own `missing` rules the others.
 */
function planMissing(
  input: InputSpec,
  contract: ContractSection,
  datatype: Datatype,
  nothing: string | number | null,
  encode: (value: unknown) => string | number | null,
  problems: string[],
): Missing | null {
  const where = `contract.inputs.${input.name}`;
  const own = input.missing;
  const stated = input.required ? (contract.edge_cases?.missing_required ?? "reject") : own;
  const policy = typeof stated === "object" ? "default" : stated;
  if (policy === "reject") return { kind: "reject" };
  if (policy === "default") {
    if (typeof own !== "object") {
      problems.push(
        `${where}: edge_cases.missing_required is default, but the input states no missing.default`,
      );
      return null;
    }
    const encoded = encode(own.default);
    if (encoded === null) {
      problems.push(
        `${where}.missing.default: ${show(own.default)} is not ${nouns[input.type as ServedType]}`,
      );
      return null;
    }
    return { kind: "fill", policy, encoded, shown: own.default };
  }
  if (nothing === null) {
    const said =
      policy === "null" ? "null is given for a missing value" : "it is optional and states no `missing`";
    problems.push(
      `${where}: ${said}, but the model's ${datatype} cannot hold a null; state a default or reject`,
    );
    return null;
  }
  return { kind: "fill", policy: "null", encoded: nothing, shown: null };
}

/**
 * Stands for a missing text among the values that are prepared, where the empty text is a text like any other. Callers
 * cannot send it: a NUL is refused.
 */
export const missingText = "\0";

/** How a value is held until preprocessing takes it: as a double, or as text. */
const rawTensor = (name: string, type: ServedType): TensorSpec => ({
  name,
  datatype: type === "string" || type === "text" ? "BYTES" : "FP64",
  shape: [-1],
});

/** NaN and the empty string are what tensors have for null; whole numbers and truth values have nothing. */
function nullOf(datatype: Datatype): string | number | null {
  if (datatype === "BYTES") return "";
  return datatype === "FP32" || datatype === "FP64" ? Number.NaN : null;
}
