import { isRawMap, type Raw } from "../raw.ts";
import { nameOf } from "../words.ts";

/** A step of preprocessing in a cell: its name, or with parameters as JSON, which is YAML too. */
export const stepWords = (step: Raw): string => (isRawMap(step) ? JSON.stringify(step) : String(step));

/** The steps of a cell, or null when one of them is neither a name nor a step with parameters. */
export function stepsIn(text: string): readonly Raw[] | null {
  const steps = parts(text).map((part): Raw => {
    if (!part.startsWith("{")) return nameOf(part);
    try {
      const value: unknown = JSON.parse(part);
      return isRawMap(value) ? value : null;
    } catch {
      return null;
    }
  });
  return steps.includes(null) ? null : steps;
}

/** Cut at commas and semicolons that stand in no brackets. */
function parts(text: string): readonly string[] {
  const found: string[] = [];
  let from = 0;
  let depth = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const letter = text[at];
    if (letter === "{" || letter === "[") depth += 1;
    else if (letter === "}" || letter === "]") depth -= 1;
    else if (letter === undefined || (depth <= 0 && (letter === "," || letter === ";"))) {
      found.push(text.slice(from, at).trim());
      from = at + 1;
    }
  }
  return found;
}
