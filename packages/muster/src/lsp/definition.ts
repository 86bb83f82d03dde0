import type { Span } from "../source/span.ts";
import type { Path } from "../spec/places.ts";
import type { Analysis } from "./analysis.ts";
import { cursorAt } from "./cursor.ts";

const nameKeys = ["name", "id", "metric", "by", "who"];

/**
 * Where the thing is defined that the value under the cursor names: a risk's control, a role, a signal, an input. Null
 * where it names nothing.
 */
export function definition(analysis: Analysis, offset: number): Span | null {
  const { spec, places } = analysis.parsed;
  const cursor = cursorAt(analysis.text, offset);
  if (spec === null || cursor === null) return null;
  const value = valueAt(spec, cursor.path);
  if (typeof value !== "string") return null;
  const target = targetOf(cursor.path, value, spec);
  return target === null || !places.has(target) ? null : places.keyAt(target);
}

function targetOf(path: Path, value: string, spec: unknown): Path | null {
  const key = path.at(-1);
  const list = path.at(-2);
  if (path[0] === "risks" && list === "controls") return resolveControl(spec, value.split("."), []);
  if (key === "owner" || list === "approvers") return ["owners", value];
  if (path.join(".") === "retraining.triggers.drift") return ["monitoring", value];
  if (key === "by" || key === "from") {
    return resolveControl(spec, ["contract", "inputs", value], []);
  }
  if (list === "keys" || key === "column") return resolveControl(spec, ["contract", "inputs", value], []);
  return null;
}

/** A control path such as `contract.outputs.late.surface_above`, as a path by position; `*` is the first that fits. */
function resolveControl(node: unknown, [step, ...rest]: readonly string[], path: Path): Path | null {
  if (node === undefined || node === null) return null;
  if (step === undefined) return path;
  if (Array.isArray(node)) {
    for (const [i, entry] of node.entries()) {
      const named = step === "*" || nameKeys.some((k) => (entry as Record<string, unknown>)?.[k] === step);
      const found = named ? resolveControl(entry, rest, [...path, i]) : null;
      if (found !== null) return found;
    }
    return null;
  }
  if (typeof node !== "object") return null;
  const keys = step === "*" ? Object.keys(node) : Object.hasOwn(node, step) ? [step] : [];
  for (const key of keys) {
    const found = resolveControl((node as Record<string, unknown>)[key], rest, [...path, key]);
    if (found !== null) return found;
  }
  return null;
}

function valueAt(node: unknown, path: Path): unknown {
  let here = node;
  for (const step of path) {
    if (here === null || typeof here !== "object" || !Object.hasOwn(here, step)) return undefined;
    here = (here as Record<string | number, unknown>)[step];
  }
  return here;
}
