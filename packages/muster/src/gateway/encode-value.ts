import type { Datatype, TensorSpec } from "../model/model.ts";
import { farthestMs, parseDatetime } from "./datetime.ts";
import type { ServedType } from "./served-type.ts";
import { show, type ViolationCode } from "./violation.ts";

/** NUL cuts strings short in native runtimes; a lone surrogate has no UTF-8 form and would be replaced silently. */
export const unsuitableText: RegExp = /[\0\ud800-\udfff]/u;

/** The largest magnitude that each numeric datatype takes without overflow. */
const largestOf: Partial<Readonly<Record<Datatype, number>>> = {
  INT32: 2 ** 31 - 1,
  INT64: Number.MAX_SAFE_INTEGER,
  FP32: 3.4028234663852886e38,
};

export interface Refused {
  readonly code: ViolationCode;
  readonly message: string;
}

/**
 * A JSON value as the model's tensor wants it, or why not. Nothing is coerced: "12" is no integer, 1 is no boolean;
 * 1.0 is an integer, as JSON knows one kind of number. Whole numbers beyond 2^53 - 1 are refused, since the parser
 * has already rounded them.
 */
export function encodeValue(
  input: { readonly name: string; readonly type: ServedType; readonly tensor: TensorSpec },
  value: unknown,
): string | number | Refused {
  const { name, type } = input;
  switch (type) {
    case "string":
    case "text":
      if (typeof value !== "string") return wrongType(name, type, value);
      if (unsuitableText.test(value)) {
        return {
          code: "input/bad-text",
          message: `${name} holds a NUL character or half of a surrogate pair`,
        };
      }
      return value;
    case "boolean":
      return typeof value === "boolean" ? Number(value) : wrongType(name, type, value);
    case "datetime":
      return encodeDatetime(name, value);
    case "integer":
      if (typeof value !== "number" || (Number.isFinite(value) && !Number.isInteger(value))) {
        return wrongType(name, type, value);
      }
      return inBounds(name, input.tensor.datatype === "INT32" ? "INT32" : "INT64", value);
    case "float":
      return typeof value === "number"
        ? inBounds(name, input.tensor.datatype, value)
        : wrongType(name, type, value);
    default:
      return type satisfies never;
  }
}

function encodeDatetime(name: string, value: unknown): number | Refused {
  if (typeof value === "number") {
    if (Number.isFinite(value) && !Number.isInteger(value)) return wrongType(name, "datetime", value);
    return Math.abs(value) > farthestMs && Number.isFinite(value)
      ? { code: "input/too-large", message: `${name} is a time beyond the year 275760` }
      : inBounds(name, "INT64", value);
  }
  if (typeof value !== "string") return wrongType(name, "datetime", value);
  const ms = parseDatetime(value);
  return Number.isNaN(ms)
    ? { code: "input/bad-datetime", message: `${name} is not a date or time of ISO 8601` }
    : ms;
}

function inBounds(name: string, datatype: Datatype, value: number): number | Refused {
  if (!Number.isFinite(value)) return { code: "input/not-finite", message: `${name} is not a finite number` };
  const largest = largestOf[datatype];
  if (largest !== undefined && Math.abs(value) > largest) {
    return { code: "input/too-large", message: `${name} is larger than ${datatype} holds exactly` };
  }
  return value === 0 ? 0 : value;
}

function wrongType(name: string, type: ServedType, value: unknown): Refused {
  return { code: "input/wrong-type", message: `${name} is not of type ${type}: ${show(value)}` };
}
