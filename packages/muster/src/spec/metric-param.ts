import type { Scalar } from "../query/scalar.ts";

/** What a parameter may be, and what it is when nobody says. */
export type MetricParam =
  | {
      readonly kind: "choice";
      readonly of: readonly (string | number | boolean)[];
      readonly default: string | number | boolean;
      readonly says: string;
    }
  | {
      readonly kind: "number" | "integer";
      readonly least: number;
      readonly most: number;
      /** Null: not set. */
      readonly default: number | null;
      readonly says: string;
    }
  | { readonly kind: "flag"; readonly default: boolean; readonly says: string }
  /** A list of classes, in order; empty by default. */
  | { readonly kind: "classes"; readonly says: string }
  /** A square of finite numbers, row by row; empty by default. As text it is JSON: `[[0, 1], [5, 0]]`. */
  | { readonly kind: "matrix"; readonly says: string }
  /** A text of up to `most` characters. Null: not set. */
  | {
      readonly kind: "text";
      readonly most: number;
      readonly default: string | null;
      readonly example: string;
      readonly says: string;
    }
  /** A list of such texts, empty by default; one text is a list of one, and a JSON array a list. */
  | { readonly kind: "texts"; readonly most: number; readonly says: string };

export type Matrix = readonly (readonly number[])[];
export type ParamValue = string | number | boolean | null | readonly Scalar[] | Matrix;

/** More classes than any confusion table is read by. */
const mostClasses = 1000;
const mostTexts = 1000;

/** Nobody writes down what more pairs of classes are worth. */
const mostPriced = 100;

/** The value that was meant; undefined when the parameter cannot take it. Numbers and flags may come as text. */
export function readParam(spec: MetricParam, raw: unknown): ParamValue | undefined {
  switch (spec.kind) {
    case "choice": {
      // scikit-learn writes None, JSON null.
      const given = raw === null || raw === "None" || raw === "null" ? "none" : raw;
      return spec.of.find((one) => one === given || (typeof given === "string" && String(one) === given));
    }
    case "flag":
      if (raw === "true" || raw === "false") return raw === "true";
      return typeof raw === "boolean" ? raw : undefined;
    case "number":
    case "integer": {
      const number = typeof raw === "string" && raw.trim() !== "" ? Number(raw) : raw;
      if (typeof number !== "number" || !(number >= spec.least && number <= spec.most)) return undefined;
      return spec.kind === "integer" && !Number.isInteger(number) ? undefined : number;
    }
    case "classes": {
      const list: unknown = typeof raw === "string" ? raw.split(",").map((one) => one.trim()) : raw;
      if (!Array.isArray(list) || list.length === 0 || list.length > mostClasses) return undefined;
      const scalars = list.filter(isScalar);
      const distinct = new Set(scalars.map(String));
      return scalars.length === list.length && distinct.size === list.length ? scalars : undefined;
    }
    case "matrix":
      return readMatrix(raw);
    case "text":
      return isText(raw, spec.most) ? raw : undefined;
    case "texts": {
      const list = typeof raw === "string" ? (jsonTexts(raw) ?? [raw]) : raw;
      if (!Array.isArray(list) || list.length > mostTexts) return undefined;
      return list.every((one) => isText(one, spec.most)) ? list : undefined;
    }
  }
}

function readMatrix(raw: unknown): Matrix | undefined {
  const rows: unknown = typeof raw === "string" ? parsed(raw) : raw;
  if (!Array.isArray(rows) || rows.length === 0 || rows.length > mostPriced) return undefined;
  const square = rows.every(
    (row) => Array.isArray(row) && row.length === rows.length && row.every((one) => Number.isFinite(one)),
  );
  return square ? (rows as Matrix) : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isText(value: unknown, most: number): value is string {
  return typeof value === "string" && value.length <= most;
}

/** The texts of a JSON array of texts; null for any other text. */
function jsonTexts(text: string): readonly string[] | null {
  if (!text.startsWith("[")) return null;
  try {
    const found: unknown = JSON.parse(text);
    return Array.isArray(found) && found.every((one) => typeof one === "string") ? found : null;
  } catch {
    return null;
  }
}

function isScalar(value: unknown): value is Scalar {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** What may be written, as a sentence. */
export function allowed(spec: MetricParam): string {
  switch (spec.kind) {
    case "choice":
      return `One of ${spec.of.map(String).join(", ")}.`;
    case "flag":
      return "true or false.";
    case "number":
    case "integer":
      return `A${spec.kind === "integer" ? " whole" : ""} number${rangeOf(spec.least, spec.most)}.`;
    case "classes":
      return `A list of up to ${mostClasses} different classes.`;
    case "matrix":
      return `A square of numbers for up to ${mostPriced} classes, such as [[0, 1], [5, 0]].`;
    case "text":
      return `A text of up to ${spec.most} characters.`;
    case "texts":
      return `A text or a JSON array of up to ${mostTexts} texts, each of up to ${spec.most} characters.`;
  }
}

/** The range in words; the least and the most that numbers can be are no bounds. */
function rangeOf(least: number, most: number): string {
  const low = least === Number.MIN_VALUE ? " above 0" : least === -Number.MAX_VALUE ? "" : ` from ${least}`;
  const high = most === Number.MAX_VALUE || most === Number.MAX_SAFE_INTEGER ? "" : ` to ${most}`;
  return low.startsWith(" above") && high !== ""
    ? `${low} and up${high}`
    : `${low}${high}${low.startsWith(" from") && high === "" ? " up" : ""}`;
}

/** A given value as a message quotes it. */
export function shownValue(raw: unknown): string {
  const text = typeof raw === "string" ? `"${raw}"` : (JSON.stringify(raw) ?? String(raw));
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
