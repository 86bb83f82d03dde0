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
  const lacking = unsupported(keysOf(schema));
  if (lacking !== null) return `the schema uses ${lacking}, which cannot be checked`;
  try {
    const ajv = new Ajv2020({
      // Else a text without "toString" has one, by its prototype.
      ownProperties: true,
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

/** What Ajv 8 has no true answer to in every case, by the draft's own test suite. Better none than a wrong one. */
function unsupported(keys: ReadonlySet<string>): string | null {
  const never = ["$dynamicRef", "$recursiveRef", "unevaluatedItems", "__proto__"].find((key) =>
    keys.has(key),
  );
  if (never !== undefined) return never;
  return keys.has("unevaluatedProperties") && keys.has("if") ? "unevaluatedProperties with if" : null;
}

function keysOf(schema: object): ReadonlySet<string> {
  const keys = new Set<string>();
  const open: unknown[] = [schema];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (typeof one !== "object" || one === null) continue;
    for (const [key, value] of Object.entries(one)) {
      if (!Array.isArray(one)) keys.add(key);
      open.push(value);
    }
  }
  return keys;
}

function firstLine(caught: unknown): string {
  const message = caught instanceof Error ? caught.message : String(caught);
  return (message.split("\n")[0] ?? "").slice(0, 200);
}
