import { parse } from "yaml";
import type { Scalar } from "../../query/scalar.ts";

/** A value of a cell as people list it: a number, true or false where it reads as one, in quotes a text. */
export function scalarIn(text: string): Scalar {
  const trimmed = text.trim();
  if (/^"(?:[^"\\]|\\.)*"$/.test(trimmed)) {
    try {
      return String(JSON.parse(trimmed));
    } catch {
      return trimmed;
    }
  }
  if (trimmed === "true" || trimmed === "false") return trimmed === "true";
  return /^[-+]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?$/.test(trimmed) ? Number(parse(trimmed)) : trimmed;
}

/** The same the other way: in quotes only where it would be read as something else or divides the list. */
export function scalarText(value: Scalar): string {
  if (typeof value !== "string") return String(value);
  const plain =
    value === value.trim() && value !== "" && !/[,;/"{}[\]|\n]/.test(value) && scalarIn(value) === value;
  return plain ? value : JSON.stringify(value);
}

/** Divides at commas outside of quotes. */
export function splitList(text: string): string[] {
  return (text.match(/"(?:[^"\\]|\\.)*"|[^,]+/g) ?? [])
    .map((each) => each.trim())
    .filter((each) => each !== "");
}
