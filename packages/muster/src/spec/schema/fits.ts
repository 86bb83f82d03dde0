import type { Scalar } from "../../query/scalar.ts";
import { numberFromText } from "../quantity-number.ts";

/** `1_000` is a text in YAML; where the input or output is a number, the number is meant. */
export function ofType(type: unknown, value: Scalar): Scalar {
  if (typeof value !== "string" || !isNumeric(type)) return value;
  return numberFromText(value.trim()) ?? value;
}

export function isNumeric(type: unknown): boolean {
  return (
    type === "integer" || type === "float" || type === "probability" || type === "score" || type === "number"
  );
}

/** What a value of the type has to be, when it is not; null when it is, or when nothing can be said. */
export function misfit(type: unknown, value: Scalar): string | null {
  switch (type) {
    case "string":
    case "text":
    case "image":
      return typeof value === "string" ? null : "a text (put it in quotes)";
    case "integer":
      return Number.isSafeInteger(value) ? null : "a whole number";
    case "float":
    case "score":
    case "number":
      return typeof value === "number" ? null : "a number";
    case "probability":
      return typeof value === "number" && value >= 0 && value <= 1 ? null : "a number from 0 to 1";
    case "boolean":
      return typeof value === "boolean" ? null : "true or false";
    case "datetime":
      return typeof value === "string" && isDatetime(value)
        ? null
        : "a datetime such as 2001-01-31T06:00:00Z";
    default:
      return null;
  }
}

function isDatetime(text: string): boolean {
  const shape = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;
  if (!shape.test(text)) return false;
  const day = text.slice(0, 10);
  const startMs = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(startMs) || new Date(startMs).toISOString().slice(0, 10) !== day) return false;
  const time = /[T ](\d{2}):(\d{2})(?::(\d{2}))?/.exec(text);
  return time === null || (Number(time[1]) < 24 && Number(time[2]) < 60 && Number(time[3] ?? 0) < 60);
}

export function isScalar(value: unknown): value is Scalar {
  return typeof value === "string" || Number.isFinite(value) || typeof value === "boolean";
}
