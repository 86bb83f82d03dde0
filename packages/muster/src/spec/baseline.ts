import type { Diagnostic } from "../source/diagnostic.ts";
import { digestOfText } from "../source/digest.ts";
import type { Path } from "./places.ts";
import type { Spec } from "./spec.ts";

/**
 * Names a finding across versions of a spec: twelve hex digits of the SHA-256 of its code, its path and its message.
 * Lines do not count, so that a text added above changes nothing; the message's numbers do, so that a mistake
 * that grew is a new one.
 */
export function fingerprintOf(code: string, path: string, message: string): string {
  return digestOfText(`${code}\n${path}\n${message}`).slice("sha256:".length, "sha256:".length + 12);
}

/** Of a diagnostic without a path (the text did not parse): the text that it marks stands in. */
export function fingerprintOfDiagnostic({ code, message, at }: Diagnostic, text: string): string {
  const marked =
    at === null ? "" : text.slice(at.start.offset, Math.min(at.end.offset, at.start.offset + 200));
  return fingerprintOf(code, marked, message);
}

/** Keys that name an entry of a list, the best first. */
const naming = ["name", "id", "by", "metric", "who"] as const;

/**
 * A path as people name it, `contract.inputs.distance.range`: entries of a list go by their name, so that an entry put
 * in before them changes nothing; by their index only when two have the same name or none has any.
 */
export function namedPath(spec: Spec, path: Path): string {
  let value: unknown = spec;
  const steps: string[] = [];
  for (const step of path) {
    steps.push(Array.isArray(value) && typeof step === "number" ? nameOf(value, step) : String(step));
    value = typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined;
  }
  return steps.join(".");
}

function nameOf(list: readonly unknown[], index: number): string {
  const own = keyOf(list[index]);
  if (own === null) return String(index);
  const same = list.slice(0, index).filter((entry) => keyOf(entry) === own).length;
  return same === 0 ? own : `${own}#${same + 1}`;
}

function keyOf(entry: unknown): string | null {
  if (typeof entry === "string") return entry;
  if (typeof entry !== "object" || entry === null) return null;
  for (const key of naming) {
    const name: unknown = Object.hasOwn(entry, key) ? Reflect.get(entry, key) : undefined;
    if (typeof name === "string") return name;
  }
  return null;
}
