import type { ContractPlan } from "./contract-plan.ts";
import { parseDatetime } from "./datetime.ts";
import { unsuitableText } from "./encode-value.ts";
import type { InputPlan } from "./input-plan.ts";
import {
  checkInput,
  interpretedCheck,
  NoteTaker,
  notesOrNull,
  noteUnknown,
  type RowCheck,
  type RowNotes,
} from "./row-check.ts";

/** The quickest check that this process may run: generated where code generation is allowed, else interpreted. */
export function compileCheck(plan: ContractPlan): { readonly check: RowCheck; readonly generated: boolean } {
  try {
    return { check: generatedCheck(plan), generated: true };
  } catch (error) {
    // `--disallow-code-generation-from-strings` makes `new Function` throw an EvalError.
    if (error instanceof EvalError) return { check: interpretedCheck(plan), generated: false };
    throw error;
  }
}

/**
 * A row check as straight-line code: each value passes one inline test and is encoded in the same pass; whatever
 * fails its test goes to `checkInput`, the same function that the interpreted check runs. Names enter the code
 * only through JSON.stringify, values only by reference, so a contract cannot inject code.
 */
export function generatedCheck(plan: ContractPlan): RowCheck {
  const sets = plan.inputs.map(({ values }) => values);
  const lines = plan.inputs.map((input, index) => inputLines(input, index));
  const body = `"use strict";
return function check(row, at, columns) {
  let notes = null, present = 0, value, encoded;
${lines.join("\n")}
  let keys = 0;
  for (const _ in row) keys++;
  if (keys !== present) { notes ??= new NoteTaker(); noteUnknown(row, notes); }
  return notes === null ? null : finish(notes);
};`;
  const make = new Function(
    "sets",
    "NoteTaker",
    "slow",
    "noteUnknown",
    "finish",
    "unsuitable",
    "parse",
    body,
  ) as (...parts: unknown[]) => RowCheck;
  return make(
    sets,
    NoteTaker,
    (index: number, value: unknown, at: number, columns: Parameters<RowCheck>[2], notes: NoteTaker) =>
      checkInput(plan, index, value, at, columns, notes),
    (row: Parameters<RowCheck>[0], notes: NoteTaker) => noteUnknown(plan, row, notes),
    (notes: NoteTaker): RowNotes | null => notesOrNull(notes),
    unsuitableText,
    parseDatetime,
  );
}

function inputLines(input: InputPlan, index: number): string {
  const name = JSON.stringify(input.name);
  // An inherited name (`constructor`) must not pass for a value that the request holds.
  const read =
    input.name in Object.prototype
      ? `Object.hasOwn(row, ${name}) ? row[${name}] : undefined`
      : `row[${name}]`;
  const encoded =
    input.type === "datetime"
      ? `typeof value === "string" ? parse(value) : value === 0 ? 0 : value`
      : encoding(input);
  return `  value = ${read};
  if (value !== undefined) present++;
  encoded = ${encoded};
  if (${inlineTest(input, index)}) columns[${index}][at] = encoded;
  else { notes ??= new NoteTaker(); slow(${index}, value, at, columns, notes); }`;
}

/** A test that holds only for values which `checkInput` would take without a note. */
function inlineTest(input: InputPlan, index: number): string {
  const known = input.values === null ? "" : ` && sets[${index}].has(encoded)`;
  const { range } = input;
  const within = range === null ? "" : ` && encoded >= ${Number(range[0])} && encoded <= ${Number(range[1])}`;
  switch (input.type) {
    case "string":
    case "text":
      // A member of the closed set has passed the test of text when the set was made.
      return input.values === null
        ? `typeof value === "string" && !unsuitable.test(value)`
        : `sets[${index}].has(value)`;
    case "boolean":
      return `typeof value === "boolean"${known}`;
    case "integer": {
      const fits = input.tensor.datatype === "INT32" ? " && value <= 2147483647 && value >= -2147483647" : "";
      return `Number.isSafeInteger(value)${fits}${within}${known}`;
    }
    case "float": {
      const largest = input.tensor.datatype === "FP32" ? 3.4028234663852886e38 : Number.MAX_VALUE;
      return `typeof value === "number" && value >= ${-largest} && value <= ${largest}${within}${known}`;
    }
    case "datetime":
      return `Number.isSafeInteger(encoded) && encoded <= 8.64e15 && encoded >= -8.64e15${within}${known}`;
    default:
      return input.type satisfies never;
  }
}

function encoding(input: InputPlan): string {
  if (input.type === "boolean") return "value === true ? 1 : 0";
  // Minus zero becomes zero, as in `encodeValue`.
  return input.type === "float" || input.type === "integer" ? "value === 0 ? 0 : value" : "value";
}
