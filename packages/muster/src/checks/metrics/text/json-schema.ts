import { Ajv2020 } from "ajv/dist/2020.js";
import { Pattern, PatternError } from "../../../source/pattern/pattern.ts";

/** Whether a value is valid. */
export type JsonSchema = (value: unknown) => boolean;

/** Its patterns run in linear time, as neither schema nor texts are trusted. Ajv tells patterns apart by their text. */
const linearPattern = Object.assign(
  (source: string) => {
    const pattern = new Pattern(source);
    return { test: (text: string) => pattern.canSearch(text) && pattern.test(text), toString: () => source };
  },
  { code: "linearPattern" },
);

/**
 * Reads a JSON Schema of draft 2020-12, by Ajv; in words what is wrong with it, when it is none. `format` is a note, as
 * the draft has it by default. References to other documents are refused: nothing is fetched.
 */
export function readJsonSchema(text: string): JsonSchema | string {
  let schema: unknown;
  try {
    schema = JSON.parse(text);
  } catch {
    return "the schema is no JSON";
  }
  if (typeof schema === "boolean") return () => schema as boolean;
  if (typeof schema !== "object" || schema === null || Array.isArray(schema)) {
    return "the schema is neither an object nor true or false";
  }
  try {
    const ajv = new Ajv2020({
      strict: false,
      validateFormats: false,
      addUsedSchema: false,
      logger: false,
      code: { regExp: linearPattern },
    });
    return ajv.compile(schema);
  } catch (caught) {
    if (caught instanceof PatternError) return `a pattern of the schema cannot be used: ${caught.message}`;
    return `the schema cannot be used: ${firstLine(caught)}`;
  }
}

function firstLine(caught: unknown): string {
  const message = caught instanceof Error ? caught.message : String(caught);
  return (message.split("\n")[0] ?? "").slice(0, 200);
}
