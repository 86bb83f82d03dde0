import type { MetricParam } from "./metric-param.ts";
import { measurableMetrics, type ParamsOfMetric, paramsOf, partsOf } from "./metric-params.ts";

type Schema = Readonly<Record<string, unknown>>;

/** Parameters that may also stand beside the metric. */
const beside = ["k", "beta", "average", "scale", "sql", "per"];

/**
 * Which `params` and `columns` go with which `metric`, as JSON Schema: metrics that take the same share one condition. Of
 * a metric that nothing measures it says nothing.
 */
export function metricParamsSchema(): { allOf: Schema[] } {
  const alike = new Map<string, string[]>();
  for (const { name, aliases } of measurableMetrics()) {
    const key = JSON.stringify({ params: paramsOf(name) ?? {}, parts: Object.keys(partsOf(name) ?? {}) });
    alike.set(key, [...(alike.get(key) ?? []), name, ...aliases]);
  }
  return {
    allOf: [...alike].map(([key, names]) => {
      const { params, parts } = JSON.parse(key) as {
        readonly params: ParamsOfMetric;
        readonly parts: readonly string[];
      };
      const properties = Object.fromEntries(
        Object.entries(params).map(([param, spec]) => [param, schemaOf(spec)]),
      );
      const refused = beside.filter((option) => !Object.hasOwn(params, option));
      return {
        if: { properties: { metric: { description: "One of these.", enum: names } }, required: ["metric"] },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: {
          properties: {
            params: { description: "Its parameters.", properties, additionalProperties: false },
            columns: { description: "The columns that it reads.", propertyNames: { enum: parts } },
            ...Object.fromEntries(refused.map((option) => [option, false])),
          },
        },
      };
    }),
  };
}

function schemaOf(spec: MetricParam): Schema {
  const description = spec.says;
  const preset = "default" in spec && spec.default !== null ? { default: spec.default } : {};
  switch (spec.kind) {
    case "choice":
      return { description, enum: spec.of, ...preset };
    case "flag":
      return { description, type: "boolean", ...preset };
    case "number":
    case "integer":
      return { description, type: spec.kind, minimum: spec.least, maximum: spec.most, ...preset };
    case "classes":
      return {
        description,
        type: ["array", "string"],
        minItems: 1,
        items: { type: ["string", "number", "boolean"] },
      };
    case "matrix":
      return { description, type: "array", minItems: 1, items: { type: "array", items: { type: "number" } } };
    case "text":
      return { description, type: "string", maxLength: spec.most, examples: [spec.example], ...preset };
    case "texts":
      return { description, type: ["string", "array"], maxLength: spec.most, items: { type: "string" } };
  }
}
