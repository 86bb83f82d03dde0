import { metricNamed, metricNames } from "../checks/metrics/registry.ts";
import type { Spec } from "../spec/spec.ts";
import type { Analysis } from "./analysis.ts";
import { type Cursor, cursorAt } from "./cursor.ts";
import { schemasAt } from "./schema-at.ts";

export interface Suggestion {
  readonly label: string;
  readonly kind: "key" | "value" | "unit";
  /** What is written in place of the word so far. */
  readonly insert: string;
  readonly detail?: string;
}

/** Units by the title of a quantity in the schema. */
const units: Readonly<Record<string, readonly string[]>> = {
  duration: ["ms", "s", "m", "h", "d", "w"],
  share: ["%"],
  rate: ["/s", "/m", "/h"],
  size: ["KiB", "MiB", "GiB", "kB", "MB", "GB"],
};

/** Keys and values that fit where the cursor stands, those of this very spec first. */
export function complete(analysis: Analysis, offset: number): readonly Suggestion[] {
  const cursor = cursorAt(analysis.text, offset);
  if (cursor === null) return [];
  return cursor.on === "key" ? keys(cursor) : [...named(cursor, analysis.lastSpec), ...values(cursor)];
}

function keys({ path, siblings }: Cursor): readonly Suggestion[] {
  const found = new Map<string, Suggestion>();
  for (const node of schemasAt(path)) {
    for (const [label, property] of Object.entries(node.properties ?? {})) {
      if (siblings.includes(label) || found.has(label)) continue;
      const detail = property.description;
      found.set(label, {
        label,
        kind: "key",
        insert: `${label}: `,
        ...(detail === undefined ? {} : { detail }),
      });
    }
  }
  return [...found.values()];
}

function values({ path, typed }: Cursor): readonly Suggestion[] {
  const found = new Map<string, Suggestion>();
  for (const node of schemasAt(path)) {
    for (const one of [...(node.enum ?? []), ...(node.const === undefined ? [] : [node.const])]) {
      const label = String(one);
      found.set(label, { label, kind: "value", insert: label });
    }
    const own = node.title === undefined ? undefined : units[node.title];
    if (own !== undefined && /^\d[\d_.]*$/.test(typed)) {
      for (const unit of own)
        found.set(`${typed}${unit}`, { label: `${typed}${unit}`, kind: "unit", insert: `${typed}${unit}` });
    } else {
      for (const example of node.examples ?? []) {
        if (typeof example === "object") continue;
        const label = String(example);
        if (!found.has(label))
          found.set(label, { label, kind: "value", insert: label, detail: "for example" });
      }
    }
  }
  return [...found.values()];
}

/** What this spec names: inputs, outputs, roles, signals, lines that can be a control, metrics that suit its output. */
function named({ path }: Cursor, spec: Spec | null): readonly Suggestion[] {
  const key = path.at(-1);
  const list = path.at(-2);
  const all = (labels: readonly string[], detail: string): readonly Suggestion[] =>
    labels.map((label) => ({ label, kind: "value", insert: label, detail }));
  if (key === "metric" && path[0] === "evaluation") return all(suitedMetrics(spec), "metric");
  if (spec === null) return [];
  const inputs = spec.contract?.inputs.map((input) => input.name) ?? [];
  if (key === "by" || key === "from" || list === "keys") return all(inputs, "input");
  if (key === "owner" || list === "approvers") return all(Object.keys(spec.owners), "role");
  if (path.join(".") === "retraining.triggers.drift")
    return all(["input_drift", "prediction_drift"], "signal");
  if (path[0] === "risks" && list === "controls") return all(controlPaths(spec), "line of this spec");
  return [];
}

function suitedMetrics(spec: Spec | null): readonly string[] {
  const types = new Set(spec?.contract?.outputs.map((output) => output.type) ?? []);
  const suited = metricNames().filter((name) => metricNamed(name)?.outputs.some((type) => types.has(type)));
  return suited.length > 0 ? suited : metricNames();
}

/** Paths that can carry a mitigation out. */
function controlPaths(spec: Spec): readonly string[] {
  const under = (section: keyof Spec, prefix: string): readonly string[] =>
    Object.keys(spec[section] ?? {}).map((key) => `${prefix}.${key}`);
  return [
    "contract.inputs",
    ...(spec.contract?.inputs.map((input) => `contract.inputs.${input.name}`) ?? []),
    ...(spec.contract?.outputs.flatMap((o) => [
      `contract.outputs.${o.name}`,
      ...(o.surface_above === undefined ? [] : [`contract.outputs.${o.name}.surface_above`]),
    ]) ?? []),
    ...Object.keys(spec.contract?.edge_cases ?? {}).map((key) => `contract.edge_cases.${key}`),
    ...under("deployment", "deployment"),
    ...under("monitoring", "monitoring"),
    ...Object.keys(spec.retraining?.triggers ?? {}).map((key) => `retraining.triggers.${key}`),
  ];
}
