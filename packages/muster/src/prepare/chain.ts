import { epochOfText } from "../query/time.ts";
import type { InputSpec } from "../spec/contract-section.ts";
import { carriedOut, type DatetimePart, type Operation, readOperation } from "../spec/operation.ts";
import { compileProgram } from "../transform/compile-program.ts";

/** A chain before it is fitted. */
export interface Feature {
  readonly input: InputSpec;
  readonly part: DatetimePart | null;
  readonly operations: readonly Exclude<Operation, { readonly op: "part" | "custom" }>[];
}

/** The inputs whose preprocessing Muster carries out. */
export const preparedInputs = (inputs: readonly InputSpec[]): readonly InputSpec[] =>
  inputs.filter((input) => carriedOut(input.preprocessing));

/**
 * The chains of the inputs, each part of a datetime being one of its own. What the contract puts in the place of a
 * missing value comes first: training has to see what serving will.
 */
export function featuresOf(inputs: readonly InputSpec[]): readonly Feature[] {
  return preparedInputs(inputs).flatMap((input): Feature[] => {
    const parts: DatetimePart[] = [];
    const rest: Feature["operations"][number][] = [];
    for (const step of input.preprocessing ?? []) {
      const operation = readOperation(step);
      if (operation.op === "part") parts.push(operation.part);
      else if (operation.op !== "custom") rest.push(operation);
    }
    const each = parts.length === 0 ? [null] : parts;
    return each.map((part) => ({ input, part, operations: [...standIn(input, part), ...rest] }));
  });
}

function standIn({ type, missing }: InputSpec, part: DatetimePart | null): Feature["operations"] {
  if (typeof missing !== "object") return [];
  const value = missing.default;
  if (part === null) return [{ op: "impute", constant: typeof value === "boolean" ? Number(value) : value }];
  const moment = type === "datetime" && typeof value === "string" ? epochOfText(value) : Number(value);
  const taken = compileProgram({ column: "", entry: part, steps: [], output })(moment);
  return typeof taken === "number" && !Number.isNaN(taken) ? [{ op: "impute", constant: taken }] : [];
}

const output = { kind: "number", name: "", whole: true } as const;
