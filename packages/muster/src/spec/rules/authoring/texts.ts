import type { Path } from "../../places.ts";
import type { Spec } from "../../spec.ts";

export interface SpecText {
  readonly at: Path;
  readonly text: string;
}

/** Values as they stand in the data, and names of columns: what looks like a placeholder there may well be a value. */
const data: ReadonlySet<string> = new Set([
  "values",
  "classes",
  "positive",
  "negative",
  "constant",
  "default",
  "column",
  "keys",
  "preprocessing",
  "redact",
]);

/** All words of the spec that people wrote for people, with their places; quantities, values of the data and columns are left out. */
export function textsOf(spec: Spec): readonly SpecText[] {
  const found: SpecText[] = [];
  collect(spec, [], found);
  return found;
}

function collect(node: unknown, at: Path, found: SpecText[]): void {
  if (typeof node === "string") found.push({ at, text: node });
  else if (Array.isArray(node)) {
    for (const [i, entry] of node.entries()) collect(entry, [...at, i], found);
  } else if (typeof node === "object" && node !== null && !isQuantity(node)) {
    for (const [key, value] of Object.entries(node)) if (!data.has(key)) collect(value, [...at, key], found);
  }
}

const isQuantity = (node: object): boolean => "kind" in node && "text" in node;
