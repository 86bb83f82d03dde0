import { flagParam, type ParamSpec, textParam } from "../params.ts";
import { type JsonSchema, readJsonSchema } from "./json-schema.ts";
import type { CountTexts, TextCounter, TextMetric } from "./text-deriver.ts";
import { textShare } from "./text-share.ts";

const fenced: Readonly<Record<string, ParamSpec>> = {
  code_fence: { kind: "flag", default: false, says: "JSON may stand in a Markdown fence, ```json to ```." },
};

/** The value of a text that is JSON as a whole; undefined for any other. */
function jsonOf(text: string, mayBeFenced: boolean): { readonly value: unknown } | undefined {
  const inner = mayBeFenced ? /^\s*```(?:json)?[ \t]*\n([\s\S]*?)\n[ \t]*```\s*$/.exec(text)?.[1] : undefined;
  try {
    return { value: JSON.parse(inner ?? text) };
  } catch {
    return undefined;
  }
}

export const jsonValid: TextMetric = textShare(
  { name: "json_valid", aliases: [], direction: "higher", params: fenced },
  {
    name: "json_valid",
    revision: 1,
    params: ["code_fence"],
    alone: true,
    names: () => ["valid"],
    open:
      (given): CountTexts =>
      (text) => [jsonOf(text, flagParam(given, "code_fence")) === undefined ? 0 : 1],
  },
  "valid",
);

const schemaParams: Readonly<Record<string, ParamSpec>> = {
  schema: {
    kind: "text",
    most: 200_000,
    default: null,
    example: '{"type": "object", "required": ["answer"]}',
    says: "The JSON Schema, draft 2020-12, as JSON.",
  },
  draft: { kind: "choice", of: ["2020-12"], default: "2020-12", says: "Of JSON Schema." },
  ...fenced,
};

const schemas: TextCounter = {
  name: "json_schema_valid",
  revision: 1,
  params: ["schema", "code_fence"],
  alone: true,
  names: () => ["valid"],
  open(given): CountTexts {
    const schema = readJsonSchema(textParam(given, "schema") ?? "");
    return (text) => {
      if (typeof schema === "string") return null;
      const found = jsonOf(text, flagParam(given, "code_fence"));
      if (found === undefined) return [0];
      const valid = check(schema, found.value);
      return valid === null ? null : [valid ? 1 : 0];
    };
  },
};

/** Null when the value stands deeper in itself than a check can follow. */
function check(schema: JsonSchema, value: unknown): boolean | null {
  try {
    return schema(value);
  } catch (caught) {
    if (caught instanceof RangeError) return null;
    throw caught;
  }
}

export const jsonSchemaValid: TextMetric = textShare(
  {
    name: "json_schema_valid",
    aliases: [],
    direction: "higher",
    params: schemaParams,
    unmet({ params: given }) {
      const text = textParam(given, "schema");
      if (text === null) return "it needs the schema";
      const read = readJsonSchema(text);
      return typeof read === "string" ? read : null;
    },
  },
  schemas,
  "valid",
);
