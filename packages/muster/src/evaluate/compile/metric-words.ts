import { columnsRead, type MetricLine } from "../../spec/columns-read.ts";
import type {
  ClassColumnName,
  MetricColumnNames,
  MetricOptions,
  MetricParams,
  ParamWritten,
} from "../../spec/evaluation-section.ts";
import type { Spec } from "../../spec/spec.ts";

export const words = (sense: "at_least" | "at_most"): string => sense.replace("_", " ");

/** All parameters that the line gives the metric, those beside it and those under `params`. */
export function paramsIn({ k, beta, average, scale, sql, per, params = {} }: MetricOptions): MetricParams {
  const beside = Object.entries({ k, beta, average, scale, sql, per }).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  );
  return Object.fromEntries([...beside, ...Object.entries(params)]);
}

/** The metric with what its name leaves open: `fbeta (beta 2, weight seats)`. */
export function named(spec: Spec, line: MetricLine): string {
  const given = [...Object.entries(paramsIn(line)).map(([key, value]) => `${key} ${valueText(value)}`)];
  const columns = line.judge === undefined ? columnTexts(columnsRead(spec, line)) : [];
  const all = [...given, ...columns.map(([part, text]) => `${part} ${text}`)];
  return all.length === 0 ? line.metric : `${line.metric} (${all.join(", ")})`;
}

/** Behind the metric in a path: `[weight=seats]`, and nothing where the line names no column itself. */
export function columnsPath({ columns = {} }: MetricOptions): string {
  const texts = columnTexts(columns).map(([part, text]) => `${part}=${text}`);
  return texts.length === 0 ? "" : `[${texts.join(",")}]`;
}

function columnTexts(columns: MetricColumnNames): readonly (readonly [part: string, text: string])[] {
  return Object.entries(columns).map(([part, written]: [string, string | readonly ClassColumnName[]]) => [
    part,
    typeof written === "string"
      ? written
      : short(written.map(({ class: name, column }) => `${name}: ${column}`).join(" ")),
  ]);
}

function valueText(value: ParamWritten): string {
  return short(typeof value === "object" ? JSON.stringify(value) : String(value));
}

/** One line of few characters: a JSON Schema is no part of a sentence. */
function short(written: string): string {
  const text = written.replace(/\s+/g, " ").trim();
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
