import { z } from "zod";
import { metricParamsSchema } from "./metric-params-schema.ts";
import { specSchema } from "./schema/spec.ts";

export type JsonSchema = { [keyword: string]: unknown };

/**
 * The spec language as JSON Schema (draft 2020-12), for completion, hover texts and checks in editors. It says what
 * one key may hold; rules between keys are only told by `parse`.
 */
export function specJsonSchema(): JsonSchema {
  const exported = z.toJSONSchema(specSchema, {
    io: "input",
    target: "draft-2020-12",
    unrepresentable: "any",
    override: ({ jsonSchema }) => tidy(jsonSchema),
  });
  const { $schema, $defs, ...rest } = exported;
  return {
    $schema,
    title: "Muster spec",
    ...rest,
    $defs: { ...$defs, MetricParams: metricParamsSchema() },
  };
}

/** What zod exports in a way that editors show badly. */
function tidy(schema: JsonSchema): void {
  if (Array.isArray(schema.prefixItems)) {
    // Without bounds [1] and [1, 2, 3] would be fine for a pair.
    schema.minItems = schema.prefixItems.length;
    schema.maxItems = schema.prefixItems.length;
  }
  const { samples, preset } = schema;
  delete schema.samples;
  delete schema.preset;
  if (samples !== undefined) schema.examples = samples;
  if (preset !== undefined) schema.default = preset;
  if (schema.minItems === 0) delete schema.minItems;
  const value = schema.default;
  if (typeof value === "object" && value !== null && "text" in value) schema.default = value.text;
  if (Array.isArray(schema.enum)) delete schema.examples;
}
