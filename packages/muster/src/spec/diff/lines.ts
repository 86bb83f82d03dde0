import type { Path } from "../places.ts";
import type { Spec } from "../spec.ts";

/** A node of a spec for comparing: a leaf with its plain value, or named children. */
export type Line =
  | { readonly kind: "leaf"; readonly at: Path; readonly value: unknown; readonly text: string }
  | {
      readonly kind: "branch";
      readonly at: Path;
      readonly children: ReadonlyMap<string, Line>;
      readonly text: string;
    };

const nameKeys = ["name", "id", "metric", "by", "who"] as const;
const quantityKinds = new Set(["duration", "share", "rate", "size", "count", "day"]);

/** The whole spec as named lines. Keys that are not part of the language's meaning (`muster`) stay in. */
export const linesOf = (spec: Spec): Line => lineOf(spec, []);

function lineOf(node: unknown, at: Path): Line {
  if (isQuantity(node)) return { kind: "leaf", at, value: baseOf(node), text: String(node.text) };
  if (Array.isArray(node)) {
    const named = node.map(nameOf);
    if (node.length === 0 || named.some((name) => name === null)) {
      const plain = node.map((entry) => (isQuantity(entry) ? baseOf(entry) : entry));
      return { kind: "leaf", at, value: plain, text: textOf(node) };
    }
    const children = new Map<string, Line>();
    node.forEach((entry, i) => {
      const name = named[i] ?? String(i);
      // Two subgroups may share `by`; the second one goes by its place among them.
      const free = children.has(name) ? `${name}#${i}` : name;
      children.set(free, lineOf(entry, [...at, i]));
    });
    return { kind: "branch", at, children, text: textOf(node) };
  }
  if (node !== null && typeof node === "object") {
    const children = new Map<string, Line>();
    for (const [key, value] of Object.entries(node)) {
      if (value !== undefined) children.set(key, lineOf(value, [...at, key]));
    }
    return { kind: "branch", at, children, text: textOf(node) };
  }
  return { kind: "leaf", at, value: node, text: textOf(node) };
}

function nameOf(entry: unknown): string | null {
  if (entry === null || typeof entry !== "object" || Array.isArray(entry)) return null;
  for (const key of nameKeys) {
    if (Object.hasOwn(entry, key)) return String((entry as Record<string, unknown>)[key]);
  }
  return null;
}

interface AnyQuantity {
  readonly kind: string;
  readonly text: string;
}

function isQuantity(node: unknown): node is AnyQuantity {
  return (
    node !== null &&
    typeof node === "object" &&
    Object.hasOwn(node, "kind") &&
    Object.hasOwn(node, "text") &&
    quantityKinds.has(String((node as AnyQuantity).kind))
  );
}

/** The number in its base unit: 50ms and 0.05s are the same line. A count keeps its unit beside it. */
function baseOf(quantity: AnyQuantity): unknown {
  const { kind, text: _text, ...rest } = quantity as AnyQuantity & Record<string, unknown>;
  const values = Object.entries(rest).filter(([, value]) => value !== null);
  const [only] = values;
  return values.length === 1 && only !== undefined ? only[1] : { kind, ...rest };
}

/** A value as a person would read it in one line. */
export function textOf(value: unknown): string {
  if (value === undefined) return "";
  if (isQuantity(value)) return value.text;
  if (Array.isArray(value)) return `[${value.map(textOf).join(", ")}]`;
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value).filter(([, v]) => v !== undefined);
    return `{${entries.map(([key, v]) => `${key}: ${textOf(v)}`).join(", ")}}`;
  }
  return String(value);
}
