import { metricNamed, metricNames } from "../checks/metrics/registry.ts";
import { allParams, paramsOf, partsOf } from "../spec/metric-params.ts";
import { answerParts } from "../spec/metric-part.ts";
import { columnsOf } from "../spec/rules/near-column.ts";
import type { Spec } from "../spec/spec.ts";
import type { Analysis } from "./analysis.ts";
import { type Cursor, cursorAt } from "./cursor.ts";
import { schemasAt } from "./schema-at.ts";

export interface Suggestion {
  readonly label: string;
  readonly kind: "key" | "value" | "unit";
  readonly detail?: string;
  /** What is written in place of `start` to `end`, offsets of the text. */
  readonly insert: string;
  readonly start: number;
  readonly end: number;
}

type Offer = Pick<Suggestion, "label" | "kind" | "detail">;

/** Units by the title of a quantity in the schema. */
const units: ReadonlyMap<string, readonly string[]> = new Map([
  ["duration", ["ms", "s", "m", "h", "d", "w"]],
  ["share", ["%"]],
  ["number or share", ["%"]],
  ["rate", ["/s", "/m", "/h", "/d"]],
  ["size", ["KiB", "MiB", "GiB", "kB", "MB", "GB"]],
]);

/** Keys and values that fit at the offset, those of this very spec first. */
export function complete({ text, lastSpec }: Analysis, offset: number): readonly Suggestion[] {
  const cursor = cursorAt(text, offset);
  if (cursor === null) return [];
  const own = cursor.on === "key" ? [...keys(cursor, lastSpec), ...params(cursor, lastSpec)] : [];
  // A line of its own may also be a value under its key, or a list's entry.
  const offers = own.length > 0 ? own : [...named(cursor, lastSpec), ...values(cursor)];
  const unique = new Map<string, Offer>();
  for (const offer of offers) if (!unique.has(offer.label)) unique.set(offer.label, offer);
  const { start, end } = cursor.word;
  const colon = /^["']?[ \t]*:/.test(text.slice(end, end + 16));
  const before = text[start - 1] === ":" ? " " : "";
  return [...unique.values()].map((offer) => ({
    ...offer,
    insert: offer.kind === "key" ? `${offer.label}${colon ? "" : ": "}` : `${before}${offer.label}`,
    start,
    end,
  }));
}

function keys({ path, siblings }: Cursor, spec: Spec | null): readonly Offer[] {
  const parts = path.at(-1) === "columns" ? lineAt(path, spec) : undefined;
  const read = parts === undefined ? null : partsOf(parts.metric);
  const classes = columnRole(path)?.endsWith("s") === true ? (spec?.data?.label?.classes ?? []) : [];
  const named = classes.map(String).filter((label) => !siblings.includes(label));
  return [
    ...named.map((label): Offer => ({ label, kind: "key", detail: "class" })),
    ...schemaKeys(path, siblings).filter(({ label }) => read === null || Object.hasOwn(read, label)),
  ];
}

function schemaKeys(path: Cursor["path"], siblings: Cursor["siblings"]): readonly Offer[] {
  return schemasAt(path).flatMap(({ properties = {} }) =>
    Object.entries(properties)
      .filter(([label]) => !siblings.includes(label))
      .map(
        ([label, { description }]): Offer => ({
          label,
          kind: "key",
          ...(description === undefined ? {} : { detail: description }),
        }),
      ),
  );
}

/** The parameters of the line's own metric; of all metrics where none is known yet. */
function params({ path, siblings }: Cursor, spec: Spec | null): readonly Offer[] {
  if (path[0] !== "evaluation" || path.at(-1) !== "params") return [];
  const line = lineAt(path, spec);
  const known = line === undefined ? null : paramsOf(line.metric);
  const all = [...allParams()].map(([label, [way]]) => [label, way?.spec.says ?? ""] as const);
  const own = known === null ? all : Object.entries(known).map(([label, { says }]) => [label, says] as const);
  return own
    .filter(([label]) => !siblings.includes(label))
    .map(([label, detail]): Offer => ({ label, kind: "key", detail }));
}

/** The line of the evaluation in which the path lies. */
function lineAt([section, part, i]: Cursor["path"], spec: Spec | null) {
  if (section !== "evaluation") return undefined;
  if (part === "primary") return spec?.evaluation?.primary;
  return part === "secondary" ? spec?.evaluation?.secondary?.[Number(i)] : undefined;
}

/** The part that a path under some `columns` of the evaluation speaks of. */
function columnRole(path: Cursor["path"]): string | null {
  const at = path.indexOf("columns");
  const part = path[at + 1];
  return path[0] === "evaluation" && at > 0 && typeof part === "string" ? part : null;
}

function values({ path, typed }: Cursor): readonly Offer[] {
  const amount = /^\d[\d_]*(\.\d+)?/.exec(typed)?.[0];
  return schemasAt(path).flatMap((node): readonly Offer[] => {
    const words = [...(node.enum ?? []), ...(node.const === undefined ? [] : [node.const])];
    const fixed = words.map((one): Offer => ({ label: String(one), kind: "value" }));
    const own = units.get(node.title ?? "");
    if (own !== undefined && amount !== undefined) {
      return [...fixed, ...own.map((unit): Offer => ({ label: `${amount}${unit}`, kind: "unit" }))];
    }
    const examples = (node.examples ?? []).filter((one) => typeof one !== "object");
    return [
      ...fixed,
      ...examples.map((one): Offer => ({ label: String(one), kind: "value", detail: "for example" })),
    ];
  });
}

/** What this spec names: inputs, outputs, roles, signals, lines that can be a control, metrics that suit its output. */
function named({ path }: Cursor, spec: Spec | null): readonly Offer[] {
  const key = path.at(-1);
  const list = path.at(-2);
  const all = (labels: readonly string[], detail: string): readonly Offer[] =>
    labels.map((label) => ({ label, kind: "value", detail }));
  if (key === "metric" && path[0] === "evaluation") return all(suitedMetrics(spec), "metric");
  if (spec === null) return [];
  const role = columnRole(path);
  if (role !== null) {
    return answerParts.some((part) => part === role)
      ? all(spec.contract?.outputs.map(({ name }) => name) ?? [], "output")
      : all([...columnsOf(spec)], "column");
  }
  const inputs = spec.contract?.inputs.map((input) => input.name) ?? [];
  if (path[0] === "evaluation" && (key === "by" || key === "from")) return all(inputs, "input");
  if (list === "keys") return all(inputs, "input");
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
