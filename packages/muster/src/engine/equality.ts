import type { Scalar } from "../query/scalar.ts";
import { epochOfText } from "../query/time.ts";
import type { Column } from "./engine.ts";

/**
 * A scalar in the terms of a column's type, so that `positive: 1` means the same for an integer, a boolean and a
 * text column: text is compared as text, numbers by value (true is 1, "1.50" is 1.5), times by their millisecond.
 * Undefined when nothing of that type can be equal.
 */
export function equalityTarget(type: Column["type"], value: Scalar): Scalar | undefined {
  switch (type) {
    case "string":
      // Half of a character outside of the basic plane is no text that a file can hold.
      return /\p{Surrogate}/u.test(String(value)) ? undefined : String(value);
    case "boolean": {
      const text = String(value);
      if (text === "true" || text === "1") return true;
      return text === "false" || text === "0" ? false : undefined;
    }
    case "integer": {
      const number = numberOf(value);
      return Number.isSafeInteger(number) ? number : undefined;
    }
    case "float": {
      const number = numberOf(value);
      return Number.isNaN(number) ? undefined : number;
    }
    case "datetime": {
      const epoch = typeof value === "string" ? epochOfText(value) : typeof value === "number" ? value : null;
      return epoch !== null && Number.isSafeInteger(epoch) ? epoch : undefined;
    }
    case "list":
    case "unknown":
      return undefined;
  }
}

function numberOf(value: Scalar): number {
  return typeof value === "string" && value.trim() === "" ? Number.NaN : Number(value);
}
