import type { MetricParam } from "./metric-param.ts";
import { measurableMetrics, paramsOf } from "./metric-params.ts";

type Schema = Readonly<Record<string, unknown>>;

/**
 * Which `params` go with which `metric`, as JSON Schema: metrics that take the same parameters share one condition. Of
 * a metric that nothing measures it says nothing.
 */
export function metricParamsSchema(): { allOf: Schema[] } {
  const alike = new Map<string, string[]>();
  for (const { name, aliases } of measurableMetrics()) {
    const own = paramsOf(name) ?? {};
    const properties = Object.fromEntries(
      Object.entries(own).map(([param, spec]) => [param, schemaOf(spec)]),
    );
    const key = JSON.stringify(properties);
    alike.set(key, [...(alike.get(key) ?? []), name, ...aliases]);
  }
  return {
    allOf: [...alike].map(([properties, names]) => ({
      if: { properties: { metric: { description: "One of these.", enum: names } }, required: ["metric"] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: {
        properties: {
          params: {
            description: "Its parameters.",
            properties: JSON.parse(properties) as Schema,
            additionalProperties: false,
          },
        },
      },
    })),
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
