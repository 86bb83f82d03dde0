import { isRising } from "../query/is-rising.ts";
import type { CategoryCells, Cells, InputProfile, NumberCells, Profile } from "./profile.ts";

/** The profile that a parsed JSON text is, or what is wrong with it: ready to stand after "it". */
export function readProfile(data: unknown): Profile | string {
  if (!isMap(data)) return "is no profile: it has to have version 1 or 2, rows and inputs";
  const { version, rows, data: digest } = data;
  if ((version !== 1 && version !== 2) || !isCount(rows) || !isMap(data.inputs)) {
    return "is no profile: it has to have version 1 or 2, rows and inputs";
  }
  const inputs = readColumns(data.inputs);
  if (typeof inputs === "string") return `is no profile: its input ${inputs} is not one`;
  if (data.outputs === undefined)
    return { version, rows, inputs, ...(typeof digest === "string" && { data: digest }) };
  const outputs = isMap(data.outputs) ? readColumns(data.outputs) : "outputs";
  if (typeof outputs === "string") return `is no profile: its output ${outputs} is not one`;
  return { version, rows, inputs, outputs, ...(typeof digest === "string" && { data: digest }) };
}

function readColumns(columns: Readonly<Record<string, unknown>>): Record<string, InputProfile> | string {
  // A map without a prototype: an input may be called anything.
  const read: Record<string, InputProfile> = Object.create(null);
  for (const [name, value] of Object.entries(columns)) {
    if (!isInput(value)) return JSON.stringify(name);
    read[name] = value;
  }
  return read;
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isCount = (value: unknown): value is number =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);
const isText = (value: unknown): value is string => typeof value === "string";
const isListOf = <T>(value: unknown, is: (each: unknown) => each is T): value is readonly T[] =>
  Array.isArray(value) && value.every(is);
const isAbsentOr = (value: unknown, is: (value: unknown) => boolean): boolean =>
  value === undefined || is(value);

function isInput(value: unknown): value is InputProfile {
  if (!isMap(value) || !isText(value.type) || !isCount(value.missing)) return false;
  const { min, max, mean, m2, values, distinct, distinct_at_least: atLeast, top, cells, numbers } = value;
  return (
    [min, max, mean, m2].every((each) => isAbsentOr(each, isNumber)) &&
    [distinct, atLeast].every((each) => isAbsentOr(each, isCount)) &&
    isAbsentOr(values, (list) => isListOf(list, isText)) &&
    isAbsentOr(
      top,
      (list) => Array.isArray(list) && list.every((t) => isText(t?.value) && isCount(t?.rows)),
    ) &&
    isAbsentOr(
      value.quantiles,
      (q) => isMap(q) && isListOf(q.values, isNumber) && isListOf(q.shares, isNumber),
    ) &&
    isAbsentOr(cells, isCells) &&
    isAbsentOr(
      numbers,
      (n) =>
        isMap(n) &&
        isListOf(n.values, isNumber) &&
        isListOf(n.rows, isCount) &&
        n.values.length === n.rows.length,
    )
  );
}

function isCells(value: unknown): value is Cells {
  if (!isMap(value) || !isMap(value.edges) || !isNumber(value.edges.rows)) return false;
  return value.kind === "numbers"
    ? isNumberCells(value)
    : value.kind === "categories" && isCategoryCells(value);
}

function isNumberCells(
  value: Readonly<Record<string, unknown>>,
): value is Record<string, unknown> & NumberCells {
  const { of, cuts, counts, bins, nan, negative_infinity: low, positive_infinity: high } = value;
  if (of !== "value" && of !== "length") return false;
  if (!isListOf(cuts, isNumber) || !isListOf(counts, isCount) || !isListOf(bins, isCount)) return false;
  const placed = bins.every((at) => at < cuts.length) && isRising(bins) && isRising(cuts);
  return placed && counts.length === cuts.length + 1 && [nan, low, high].every(isCount);
}

function isCategoryCells(
  value: Readonly<Record<string, unknown>>,
): value is Record<string, unknown> & CategoryCells {
  const { listed, counts, other, closed } = value;
  if (!isListOf(listed, isText) || !isListOf(counts, isCount)) return false;
  return (
    listed.length === counts.length &&
    new Set(listed).size === listed.length &&
    isCount(other) &&
    typeof closed === "boolean"
  );
}
