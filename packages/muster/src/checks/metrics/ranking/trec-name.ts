import type { Metric } from "../metric.ts";
import type { ParamSpec } from "../params.ts";

/** trec_eval's measures that carry their parameter in their name: P_10, iprec_at_recall_0.50. */
const families = [
  { named: /^(P|recall|success|ndcg_cut|map_cut|unj)_([1-9][0-9]{0,6})$/, param: "k" },
  { named: /^(iprec_at_recall)_([01]\.[0-9]{1,6})$/, param: "recall" },
] as const;

/** The metric that such a name means, with the parameter set; null for any other name. */
export function trecMetric(name: string, find: (name: string) => Metric | null): Metric | null {
  for (const { named, param } of families) {
    const [, family, number] = named.exec(name) ?? [];
    if (family === undefined || number === undefined) continue;
    const metric = find(family === "recall" ? "recall_at_k" : family);
    const spec = metric?.params[param];
    if (metric === null || spec === undefined || !("least" in spec)) return null;
    const value = Number(number);
    if (!(value >= spec.least && value <= spec.most)) return null;
    const set: ParamSpec = { ...spec, default: value };
    return { ...metric, name, aliases: [], params: { ...metric.params, [param]: set } };
  }
  return null;
}
