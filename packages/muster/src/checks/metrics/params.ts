import {
  allowed,
  type Matrix,
  type MetricParam,
  type ParamValue,
  readParam,
  shownValue,
} from "../../spec/metric-param.ts";

/** What a parameter may be, and what it is when nobody says: the spec says it in the same words. */
export type ParamSpec = MetricParam;

export type Params = ReadonlyMap<string, ParamValue>;

export type ParamsRead =
  | { readonly kind: "params"; readonly params: Params }
  | { readonly kind: "wrong"; readonly because: string; readonly hint: string };

/**
 * The metric's parameters as given, with defaults for the others. Numbers and flags may come as text, from a
 * command line. A name or value that the metric does not know is wrong, never ignored: it would change the number.
 */
export function readParams(
  metric: { readonly name: string; readonly params: Readonly<Record<string, ParamSpec>> },
  given: Readonly<Record<string, unknown>>,
): ParamsRead {
  const params = new Map<string, ParamValue>();
  for (const [name, spec] of Object.entries(metric.params)) {
    params.set(name, "default" in spec ? spec.default : []);
  }
  for (const [name, raw] of Object.entries(given)) {
    if (!Object.hasOwn(metric.params, name)) {
      const known = Object.keys(metric.params);
      return {
        kind: "wrong",
        because: `${metric.name} has no parameter "${name}"`,
        hint: known.length === 0 ? "It takes none." : `It takes ${known.join(", ")}.`,
      };
    }
    const spec = metric.params[name];
    const value = spec === undefined ? undefined : readParam(spec, raw);
    if (spec === undefined || value === undefined) {
      const hint = spec === undefined ? "" : `${allowed(spec)} ${spec.says}`;
      return { kind: "wrong", because: `${metric.name} cannot take ${shownValue(raw)} as "${name}"`, hint };
    }
    params.set(name, value);
  }
  return { kind: "params", params };
}

/** The number, or NaN when it is not set. */
export function numberParam(params: Params, name: string): number {
  const value = params.get(name);
  return typeof value === "number" ? value : Number.NaN;
}

export function flagParam(params: Params, name: string): boolean {
  return params.get(name) === true;
}

/** The classes by name, or an empty list. */
export function classesParam(params: Params, name: string): readonly string[] {
  const value = params.get(name);
  return Array.isArray(value) ? value.map(String) : [];
}

/** The matrix, or an empty list. */
export function matrixParam(params: Params, name: string): Matrix {
  const value = params.get(name);
  return Array.isArray(value) ? (value.filter((row) => Array.isArray(row)) as unknown as Matrix) : [];
}

/** The text, or null when it is not set. */
export function textParam(params: Params, name: string): string | null {
  const value = params.get(name);
  return typeof value === "string" ? value : null;
}

export function textsParam(params: Params, name: string): readonly string[] {
  const value = params.get(name);
  return Array.isArray(value) ? value.map(String) : [];
}
