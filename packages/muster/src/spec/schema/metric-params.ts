import type { z } from "zod";
import { suggest } from "../../source/suggest.ts";
import type { MetricParams, ParamWritten } from "../evaluation-section.ts";
import { allowed, type MetricParam, readParam, shownValue } from "../metric-param.ts";
import { type ParamsOfMetric, paramsOf } from "../metric-params.ts";
import { misread, type Reading, shown } from "../reading.ts";
import { leaf, readText } from "./leaf.ts";
import { isMap, named, type Raw, type Report } from "./structure.ts";

/** No metric takes a longer text: a JSON Schema, say. */
const longest = 200_000;
/** Texts, classes or rows of a matrix. */
const mostEntries = 1_000;

const written: z.ZodType<ParamWritten> = leaf(
  {
    title: "value or list",
    description: "A value of the parameter's kind.",
    examples: [
      0.9,
      "macro",
      [
        [0, 1],
        [5, 0],
      ],
    ],
    type: ["string", "number", "boolean", "array"],
  },
  (value): Reading<ParamWritten> => {
    if (!Array.isArray(value)) return readOne(value);
    if (value.length > mostEntries) {
      const message = `This list has ${value.length} entries; at most ${mostEntries} are allowed.`;
      return misread("MU-A227", message, "Shorten it.");
    }
    const parts = value.map((each) => (Array.isArray(each) ? readNumbers(each) : readOne(each)));
    const wrong = parts.find((part) => !part.ok);
    if (wrong !== undefined && !wrong.ok) return wrong;
    return { ok: true, value: value as ParamWritten };
  },
);

function readOne(value: unknown): Reading<string | number | boolean> {
  if (typeof value === "boolean" || value === "") return { ok: true, value };
  if (typeof value === "number" && Number.isFinite(value)) return { ok: true, value };
  if (typeof value === "string") return readText(value, longest);
  return misread(
    "MU-A216",
    `Expected a value or a list, found ${shown(value)}.`,
    "Write what the metric takes.",
  );
}

function readNumbers(row: readonly unknown[]): Reading<readonly number[]> {
  const numbers = row.filter((one): one is number => typeof one === "number" && Number.isFinite(one));
  return numbers.length === row.length && row.length <= mostEntries
    ? { ok: true, value: numbers }
    : misread("MU-A216", "A list within a list holds numbers only.", "Write a row of the matrix.");
}

export const metricParams: z.ZodType<MetricParams> = named(
  {
    description:
      "The metric's own parameters, by the names that muster measure --param takes; which they are is listed below.",
    examples: [{ alpha: 0.9 }, { tokenize: "intl", lowercase: true }],
  },
  written,
  30,
);

/** Options that stand beside the metric, and are parameters of the same names. */
const beside = ["k", "beta", "average", "scale", "sql", "per"];

/** Which keys `params` may have: a further keyword of JSON Schema, defined in `metric-params-schema.ts`. */
export const paramsOfMetric: { readonly allOf: readonly unknown[] } = {
  allOf: [{ $ref: "#/$defs/MetricParams" }],
};

/** A parameter that the metric does not take, or not so, would change the number or be ignored. */
export function paramsFit(
  { metric, params, judge, ...options }: Raw,
  report: (report: Report) => void,
): void {
  const own = typeof metric === "string" ? paramsOf(metric) : null;
  if (own === null) return;
  const under = isMap(params) ? params : {};
  // What a judge gives only bears the metric's name.
  const flat = judge === undefined ? beside.filter((key) => options[key] !== undefined) : [];
  for (const key of flat) {
    const found = misfitOf(String(metric), own, key, options[key]);
    // What is not even a value of that key has been told already.
    if (found !== null && (found.code === "MU-A236" || isOfKey(key, options[key])))
      report({ path: [key], ...found });
  }
  for (const [key, value] of Object.entries(under)) {
    const found = misfitOf(String(metric), own, key, value);
    if (found !== null) report({ path: ["params", key], ...found });
    else if (flat.includes(key)) {
      report({
        path: ["params", key],
        code: "MU-A226",
        message: `${key} stands beside the metric and under params.`,
        hint: "Keep one of the two.",
        on: "key",
        related: { message: "the other one", path: [key] },
      });
    }
  }
}

/** Whether a value is one that the key beside the metric may have, whatever the metric. */
function isOfKey(key: string, value: unknown): boolean {
  if (key === "k" || key === "beta") return typeof value === "number";
  return typeof value === "string" && (key === "sql" || key === "per" || choices.includes(value));
}

const choices = ["binary", "macro", "micro", "weighted", "0-1", "0-100"];

/** What is wrong with one parameter of a metric, or null. */
function misfitOf(
  metric: string,
  own: ParamsOfMetric,
  key: string,
  value: unknown,
): Omit<Report, "path"> | null {
  const spec = Object.hasOwn(own, key) ? own[key] : undefined;
  if (spec === undefined) {
    const known = Object.keys(own).sort();
    const all = known.length === 0 ? "It takes none." : `It takes ${known.join(", ")}.`;
    const near = suggest(key, known);
    const guess = near === null ? "" : ` Did you mean ${near}?`;
    const positive = "The positive class is named under data.label.positive.";
    return {
      code: "MU-A236",
      message: `${shown(key)} is not a parameter of ${metric}.${guess}`,
      hint: key === "pos_label" ? `${all} ${positive}` : all,
      on: "key",
    };
  }
  if (isQuoted(spec, value)) {
    return {
      code: "MU-A237",
      message: `${key} of ${metric} is no text, found ${shownValue(value)}.`,
      hint: `${allowed(spec)} Write it without quotes.`,
    };
  }
  if (readParam(spec, value) !== undefined) return null;
  return {
    code: "MU-A237",
    message: `${metric} cannot take ${shownValue(value)} as ${key}.`,
    hint: `${allowed(spec)} ${spec.says}`,
  };
}

/** A command line has texts only; a spec has kinds of values, and editors check them. */
function isQuoted({ kind }: MetricParam, value: unknown): boolean {
  return typeof value === "string" && ["number", "integer", "flag", "matrix"].includes(kind);
}
