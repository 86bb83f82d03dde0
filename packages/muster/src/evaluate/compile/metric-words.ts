import type { MetricOptions, MetricParams, ParamWritten } from "../../spec/evaluation-section.ts";

export const words = (sense: "at_least" | "at_most"): string => sense.replace("_", " ");

/** All parameters that the line gives the metric, those beside it and those under `params`. */
export function paramsIn({ k, beta, average, scale, sql, per, params = {} }: MetricOptions): MetricParams {
  const beside = Object.entries({ k, beta, average, scale, sql, per }).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  );
  return Object.fromEntries([...beside, ...Object.entries(params)]);
}

/** The metric with what its name leaves open: `fbeta (beta 2)`. */
export function named(options: MetricOptions & { readonly metric: string }): string {
  const given = Object.entries(paramsIn(options));
  return given.length === 0
    ? options.metric
    : `${options.metric} (${given.map(([key, value]) => `${key} ${valueText(value)}`).join(", ")})`;
}

/** One line of few characters: a JSON Schema is no part of a sentence. */
function valueText(value: ParamWritten): string {
  const text = (typeof value === "object" ? JSON.stringify(value) : String(value))
    .replace(/\s+/g, " ")
    .trim();
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
