import type { Spec } from "./spec.ts";

/** The sections whose lines the gate, the gateway or the monitor obeys. A risk is no control, nor is an owner's address. */
const controlling = ["contract", "data", "evaluation", "deployment", "monitoring", "retraining"];

/**
 * Whether a path such as `contract.outputs.late.surface_above` or `contract.inputs.*.preprocessing` points at a line
 * of the spec. List entries go by their name or id; `*` is met when at least one entry has the rest of the path. What is switched off
 * (`false`) or empty is no line, and nor is one of a section that controls nothing.
 */
export function hasLine(spec: Spec, path: string): boolean {
  const steps = path.split(".");
  return controlling.includes(steps[0] ?? "") && reaches(spec, steps);
}

function reaches(node: unknown, [step, ...rest]: readonly string[]): boolean {
  if (node === undefined || node === null || node === false) return false;
  if (typeof node === "object" && Object.keys(node).length === 0) return false;
  if (step === undefined) return true;
  if (Array.isArray(node)) {
    if (step === "*") return node.some((entry) => reaches(entry, rest));
    return node.some((entry) => nameOf(entry) === step && reaches(entry, rest));
  }
  if (typeof node !== "object") return false;
  if (step === "*") return Object.values(node).some((entry) => reaches(entry, rest));
  return Object.hasOwn(node, step) && reaches((node as Record<string, unknown>)[step], rest);
}

function nameOf(entry: unknown): string | null {
  if (entry === null || typeof entry !== "object") return null;
  for (const key of ["name", "id", "metric", "by", "who"]) {
    if (Object.hasOwn(entry, key)) return String((entry as Record<string, unknown>)[key]);
  }
  return null;
}
