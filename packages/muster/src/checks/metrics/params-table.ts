import { columnParts } from "../../spec/metric-part.ts";
import type { Metric } from "./metric.ts";
import { metricNamed, metricNames } from "./registry.ts";

/**
 * The text of `spec/metric-params-table.ts`: what every metric declares of its parameters and columns, for the layer that reads
 * specs and may not look up at the metrics. The metrics are the source; a test holds the file against them.
 */
export function metricParamsTable(): string {
  const metrics = metricNames().flatMap((name) => metricNamed(name) ?? []);
  const names = metrics.map(({ name, aliases }) => [name, ...aliases].join(" "));
  return `// biome-ignore-all format: a parameter a line
// Written by scripts/write-metric-params.mjs from the metrics' own declarations: change them there.
import type { MetricParam } from "./metric-param.ts";
import type { MetricParts } from "./metric-part.ts";

/** Names and aliases of every metric that can be measured, the name first. */
export const measurable: readonly string[] = [
${names.map((each) => `  ${JSON.stringify(each)},\n`).join("")}];

/** A parameter, and the metrics that take it so. */
export const declaredParams: readonly {
  readonly param: string;
  readonly metrics: string;
  readonly spec: MetricParam;
}[] = [
${declared(metrics).join("")}];

/** Which columns metrics read. */
export const declaredParts: readonly { readonly metrics: string; readonly parts: MetricParts }[] = [
${parts(metrics).join("")}];
`;
}

function declared(metrics: readonly Metric[]): readonly string[] {
  const found = new Map<string, { param: string; spec: string; metrics: string[] }>();
  for (const { name, params } of metrics) {
    for (const [param, declaration] of Object.entries(params)) {
      const spec = JSON.stringify(declaration);
      const same = found.get(`${param} ${spec}`);
      if (same === undefined) found.set(`${param} ${spec}`, { param, spec, metrics: [name] });
      else same.metrics.push(name);
    }
  }
  return [...found.values()].map(
    ({ param, spec, metrics: of }) =>
      `  {"param":${JSON.stringify(param)},"metrics":${JSON.stringify(of.join(" "))},"spec":${spec}},\n`,
  );
}

function parts(metrics: readonly Metric[]): readonly string[] {
  const found = new Map<string, string[]>();
  for (const { name, parts: own } of metrics) {
    const key = JSON.stringify(
      Object.fromEntries(columnParts.flatMap((part) => (own[part] === undefined ? [] : [[part, own[part]]]))),
    );
    found.set(key, [...(found.get(key) ?? []), name]);
  }
  return [...found].map(
    ([key, names]) => `  {"metrics":${JSON.stringify(names.join(" "))},"parts":${key}},\n`,
  );
}
