import { sourceFile } from "../source/source-file.ts";
import { answerParts } from "../spec/metric-part.ts";
import { findPlace, keyOrValue, type Path } from "../spec/places.ts";
import { readYaml } from "../spec/read-yaml.ts";
import { nodeAt } from "./yaml-node.ts";

/** A stretch of the text by offsets. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

export interface Definition {
  /** The value that names something. */
  readonly from: Stretch;
  readonly to: Stretch;
}

/**
 * Where the thing is defined that the value at the offset names: a risk's control, a role, a signal, an input. Null
 * where it names nothing, and in a text that is no YAML.
 */
export function definition(text: string, offset: number): Definition | null {
  const node = nodeAt(text, offset);
  if (node === null || node.on !== "value") return null;
  const { data, root } = readYaml(sourceFile("", text));
  const value = node.path.reduce<unknown>(entry, data);
  if (typeof value !== "string" && typeof value !== "number") return null;
  const wanted = wantedPath(node.path, String(value));
  const target = wanted === null ? null : resolvePath(data, wanted, []);
  const from = findPlace(root, node.path);
  const to = target === null ? null : findPlace(root, target);
  if (to === null || !to.exists || !from.exists) return null;
  const { start, end } = keyOrValue(to.place);
  return { from: { start: from.place.start, end: from.place.end }, to: { start, end } };
}

/** The path that a value at `path` names, as a control writes it. */
function wantedPath(path: Path, value: string): readonly string[] | null {
  const [section, second] = path;
  const key = path[path.length - 1];
  const list = path[path.length - 2];
  const input = ["contract", "inputs", value];
  if (section === "risks" && list === "controls") return value.split(".").slice(0, 32);
  if (key === "owner" || list === "approvers") return ["owners", value];
  if (path.join(".") === "retraining.triggers.drift") return ["monitoring", value];
  if (section === "evaluation" && second === "subgroups" && (key === "by" || key === "from")) return input;
  const columns = path.indexOf("columns");
  if (section === "evaluation" && columns > 0) {
    const answers = answerParts.some((part) => part === path[columns + 1]);
    return answers ? ["contract", "outputs", value.replace(/\[\d+\]$/, "")] : input;
  }
  if (list === "keys" || (section === "data" && second === "time" && key === "column")) return input;
  return null;
}

const nameKeys = ["name", "id", "metric", "by", "who"];

/** A path by names as one by positions; `*` is the first entry that fits. List entries go by their name. */
function resolvePath(node: unknown, [step, ...rest]: readonly string[], path: Path): Path | null {
  if (step === undefined) return path;
  if (node === null || typeof node !== "object") return null;
  const steps: readonly (string | number)[] = Array.isArray(node) ? [...node.keys()] : Object.keys(node);
  for (const own of steps) {
    const child = entry(node, own);
    const fits = step === "*" || (Array.isArray(node) ? nameOf(child) === step : own === step);
    const found = fits ? resolvePath(child, rest, [...path, own]) : null;
    if (found !== null) return found;
  }
  return null;
}

function nameOf(node: unknown): string | null {
  const key = nameKeys.find((one) => entry(node, one) !== undefined);
  return key === undefined ? null : String(entry(node, key));
}

function entry(node: unknown, step: string | number): unknown {
  if (node === null || typeof node !== "object" || !Object.hasOwn(node, step)) return undefined;
  return Reflect.get(node, step);
}
