import { type MetricParam, readParam } from "./metric-param.ts";
import { declaredParams, declaredParts, measurable } from "./metric-params-table.ts";
import type { MetricParts } from "./metric-part.ts";

export type ParamsOfMetric = Readonly<Record<string, MetricParam>>;

const nameOf: ReadonlyMap<string, string> = new Map(
  measurableMetrics().flatMap(({ name, aliases }) => [name, ...aliases].map((each) => [each, name] as const)),
);

const byMetric: ReadonlyMap<string, ParamsOfMetric> = collected();

function collected(): ReadonlyMap<string, ParamsOfMetric> {
  const found = new Map<string, [string, MetricParam][]>();
  for (const { param, metrics, spec } of declaredParams) {
    for (const name of metrics.split(" ")) {
      const own = found.get(name);
      if (own === undefined) found.set(name, [[param, spec]]);
      else own.push([param, spec]);
    }
  }
  return new Map([...found].map(([name, own]) => [name, Object.fromEntries(own)]));
}

/** trec_eval's names that carry a parameter, by the metric that they mean: P_10, iprec_at_recall_0.50. */
const carrying = [
  { named: /^(P|recall|success|ndcg_cut|map_cut|unj)_[1-9][0-9]{0,6}$/, of: { recall: "recall_at_k" } },
  { named: /^(iprec_at_recall)_[01]\.[0-9]{1,6}$/, of: {} },
] as const;

/** The parameters that a metric takes, by the names that `muster measure` knows; null for a metric that nothing measures. */
export function paramsOf(metric: string): ParamsOfMetric | null {
  const name = nameOf.get(metric) ?? trecName(metric);
  return name === undefined ? null : (byMetric.get(name) ?? {});
}

const partsByMetric: ReadonlyMap<string, MetricParts> = new Map(
  declaredParts.flatMap(({ metrics, parts }) => metrics.split(" ").map((name) => [name, parts] as const)),
);

/** The columns that a metric reads; null for a metric that nothing measures. */
export function partsOf(metric: string): MetricParts | null {
  const name = nameOf.get(metric) ?? trecName(metric);
  return name === undefined ? null : (partsByMetric.get(name) ?? {});
}

function trecName(metric: string): string | undefined {
  for (const { named, of } of carrying) {
    const stem = named.exec(metric)?.[1];
    if (stem !== undefined) return nameOf.get(new Map(Object.entries(of)).get(stem) ?? stem);
  }
  return undefined;
}

/** Whether a parameter is set to something else than what it is when nobody says. */
export function isGiven(metric: string, param: string, written: Readonly<Record<string, unknown>>): boolean {
  const value = Object.hasOwn(written, param) ? written[param] : undefined;
  if (value === undefined) return false;
  const own = paramsOf(metric) ?? {};
  const spec = Object.hasOwn(own, param) ? own[param] : undefined;
  return spec === undefined || !("default" in spec) || readParam(spec, value) !== spec.default;
}

/** The metrics that can be measured. */
export function measurableMetrics(): readonly {
  readonly name: string;
  readonly aliases: readonly string[];
}[] {
  return measurable.map((line) => {
    const [name = "", ...aliases] = line.split(" ");
    return { name, aliases };
  });
}

/** Every name of a parameter, with the ways that metrics take it and which do. */
export function allParams(): ReadonlyMap<
  string,
  readonly { readonly spec: MetricParam; readonly metrics: readonly string[] }[]
> {
  const found = new Map<string, { readonly spec: MetricParam; readonly metrics: readonly string[] }[]>();
  for (const { param, metrics, spec } of declaredParams) {
    const way = { spec, metrics: metrics.split(" ") };
    const ways = found.get(param);
    if (ways === undefined) found.set(param, [way]);
    else ways.push(way);
  }
  return found;
}
