import type { Scalar } from "../../query/scalar.ts";
import { listAt, numberAt, textAt } from "../foreign.ts";
import { isRawMap, type Raw, type RawMap } from "../raw.ts";

/** The spec's type of a JSON Schema type (or an ODCS logical type) with its format. */
export function inputTypeOf(type: string | null, format: string | null): string | null {
  if (format !== null && /^date/.test(format)) return "datetime";
  switch (type) {
    case "string":
      return format !== null && /binary|byte|image/.test(format) ? "image" : "string";
    case "integer":
      return "integer";
    case "number":
      return "float";
    case "boolean":
      return "boolean";
    case "date":
    case "timestamp":
    case "time":
      return "datetime";
    case "object":
    case "array":
    case "map":
    case "vector":
      return "json";
    default:
      return null;
  }
}

/** Both ends, when both are there and rise. */
export function rangeOf(map: RawMap | null): readonly [number, number] | null {
  const low = numberAt(map, "minimum") ?? numberAt(map, "exclusiveMinimum");
  const high = numberAt(map, "maximum") ?? numberAt(map, "exclusiveMaximum");
  return low !== null && high !== null && low < high ? [low, high] : null;
}

/** The closed set of values of `enum` or `const`, as far as they are values of cells. */
export function valuesOf(schema: RawMap): readonly Scalar[] | null {
  const one = schema.const;
  const all = isScalar(one) ? [one] : listAt(schema, "enum").filter(isScalar);
  const distinct = [...new Set(all)];
  return distinct.length === 0 || distinct.length > 10_000 ? null : distinct;
}

export const isScalar = (value: Raw | undefined): value is Scalar =>
  (typeof value === "string" && value.length <= 1_000) ||
  typeof value === "number" ||
  typeof value === "boolean";

/** `type` may be a list with "null" in it: the type beside it, and whether null is allowed. */
export function typesOf(schema: RawMap): { readonly type: string | null; readonly nullable: boolean } {
  const types = [schema.type].flat().flatMap((each) => (typeof each === "string" ? [each] : []));
  const nullable = types.includes("null") || schema.nullable === true;
  const [type] = types.filter((each) => each !== "null");
  if (type !== undefined) return { type, nullable };
  const first = listAt(schema, "enum").find((each) => each !== null);
  if (typeof first === "string") return { type: "string", nullable };
  if (typeof first === "number") return { type: Number.isInteger(first) ? "integer" : "number", nullable };
  return { type: isRawMap(schema.properties) ? "object" : textAt(schema, "type"), nullable };
}
