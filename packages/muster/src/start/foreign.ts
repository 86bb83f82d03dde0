import { MusterError } from "../source/muster-error.ts";
import type { SourceFile } from "../source/source-file.ts";
import { readYaml } from "../spec/read-yaml.ts";
import { isRawMap, type Raw, type RawMap, rawMap } from "./raw.ts";

/** Foreign documents are held to the bounds of a spec: 2 Mi characters, 100,000 values, 32 levels. */
const mostDepth = 64;
const mostValues = 100_000;

/** A YAML map of a foreign file, or why there is none. Aliases, tags and merge keys are refused, as in a spec. */
export function foreignYaml(source: SourceFile): { data: RawMap | null; because: string | null } {
  const { data, troubles } = readYaml(source);
  const [first] = troubles.filter((t) => t.severity === undefined || t.severity === "error");
  if (!isRawMap(data)) return { data: null, because: first?.message ?? "it is no map of keys" };
  return { data: asMap(copied(data)), because: first?.message ?? null };
}

/** A JSON object of a foreign file. Throws `call/bad-argument` where it is none. */
export function foreignJson(source: SourceFile): RawMap {
  let parsed: unknown;
  try {
    parsed = JSON.parse(source.text.replace(/^\ufeff/, ""));
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new MusterError("call/bad-argument", `${source.name} is no JSON: ${message}`, { cause });
  }
  const data = copied(parsed);
  if (isRawMap(data)) return data;
  throw new MusterError("call/bad-argument", `${source.name} holds no JSON object.`);
}

/** A deep copy without prototypes; deeper or larger than a spec may be is an error of the call. */
function copied(given: unknown): Raw {
  let values = 0;
  const copy = (value: unknown, depth: number): Raw => {
    values += 1;
    if (depth > mostDepth || values > mostValues) {
      throw new MusterError("call/bad-argument", "The document is too large or too deep to be read.", {
        hint: `At most ${mostValues.toLocaleString("en")} values and ${mostDepth} levels are read.`,
      });
    }
    if (Array.isArray(value)) return value.map((each) => copy(each, depth + 1));
    if (typeof value === "object" && value !== null) {
      return rawMap(Object.entries(value).map(([key, each]) => [key, copy(each, depth + 1)]));
    }
    if (typeof value === "string" || typeof value === "boolean") return value;
    return typeof value === "number" && Number.isFinite(value) ? value : null;
  };
  return copy(given, 0);
}

const asMap = (value: Raw): RawMap | null => (isRawMap(value) ? value : null);

/** Reads into foreign data without believing in it. */
export const mapAt = (value: Raw | undefined, ...keys: readonly string[]): RawMap | null => {
  const found = at(value, keys);
  return isRawMap(found) ? found : null;
};

export const listAt = (value: Raw | undefined, ...keys: readonly string[]): readonly Raw[] => {
  const found = at(value, keys);
  return Array.isArray(found) ? (found as readonly Raw[]) : [];
};

/** A text, or a number or truth value as its text; null for anything else and for blanks. */
export const textAt = (value: Raw | undefined, ...keys: readonly string[]): string | null => {
  const found = at(value, keys);
  if (typeof found === "number" || typeof found === "boolean") return String(found);
  return typeof found === "string" && found.trim() !== "" ? found.trim() : null;
};

export const numberAt = (value: Raw | undefined, ...keys: readonly string[]): number | null => {
  const found = at(value, keys);
  return typeof found === "number" ? found : null;
};

function at(value: Raw | undefined, keys: readonly string[]): Raw | undefined {
  let found = value;
  for (const key of keys) found = isRawMap(found) ? found[key] : undefined;
  return found;
}
