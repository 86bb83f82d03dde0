import type { Aggregate } from "./aggregate.ts";
import { identity } from "./identity.ts";
import {
  costOf,
  costOfMeasures,
  Draft,
  type Load,
  localCosts,
  type MergeCosts,
  type Named,
  named,
  weightOf,
} from "./merge-draft.ts";
import type { MergePlan, Projection } from "./merge-plan.ts";
import type { Predicate } from "./predicate.ts";

/** Merges aggregates into as few scans as the cost rule allows. Pure: equal input gives an equal plan. */
export function mergeAggregates(aggregates: readonly Aggregate[], costs: MergeCosts = localCosts): MergePlan {
  const drafts: Draft[] = [];
  const known = new Map<string, Projection>();
  const keyed = aggregates.map((aggregate) => ({ aggregate, key: identity(aggregate) }));
  // Finer groups come first, so that coarser ones find them and are added up from them.
  const sorted = [...new Map(keyed.map((each) => [each.key, each] as const)).values()]
    .sort((a, b) => b.aggregate.by.length - a.aggregate.by.length)
    .map(({ aggregate, key }) => ({ key, of: named(withoutIdleWhere(aggregate)) }));
  const isTotal = ({ of }: { readonly of: Named }): boolean => of.by.length === 0;
  for (const { key, of } of sorted.filter((each) => !isTotal(each))) known.set(key, place(drafts, of, costs));
  const totals = sorted.filter(isTotal);
  partTotals(
    drafts,
    totals.map(({ of }) => of),
    costs,
  );
  for (const { key, of } of totals) known.set(key, place(drafts, of, costs));
  const projections = keyed.map(({ key }) => {
    const projection = known.get(key);
    if (projection === undefined) throw new RangeError("every aggregate was placed");
    return projection;
  });
  return { statements: drafts.map((draft) => draft.finish()), projections };
}

/**
 * An aggregate without keys can read every row and filter in its measures instead, so that all of them share one
 * scan whatever their conditions. With keys it cannot: groups without a matching row would appear. A distinct
 * count has no filter of its own.
 */
function withoutIdleWhere(aggregate: Aggregate): Aggregate {
  const { where, ...rest } = aggregate;
  if (where === undefined) return aggregate;
  if (where.kind === "all" && where.of.length === 0) return rest;
  if (aggregate.by.length > 0 || Object.values(aggregate.values).some((m) => m.fn === "count_distinct")) {
    return aggregate;
  }
  const values = Object.entries(aggregate.values).map(([name, measure]) => {
    if (measure.fn === "count_distinct") return [name, measure] as const;
    const both: Predicate = measure.where === undefined ? where : { kind: "all", of: [where, measure.where] };
    return [name, { ...measure, where: both }] as const;
  });
  return { ...rest, values: Object.fromEntries(values) };
}

/**
 * Begins a statement for the totals of the same rows where all of them together are worth a scan of their own: one by one each
 * would seem cheaper among groups that are read anyway, which then compute it for every group.
 */
function partTotals(drafts: Draft[], totals: readonly Named[], costs: MergeCosts): void {
  for (const rows of new Set(totals.map((total) => total.rows))) {
    const own = totals.filter((total) => total.rows === rows);
    const together = added(own);
    // One alone is placed as well without.
    if (together === undefined || own.length === 1) continue;
    const among = drafts.flatMap((draft) => draft.costOfAdding(together, costs) ?? []);
    const load = {
      hasKeys: false,
      weight: 1,
      measures: costOfMeasures(together.values.map((v) => v.measure)),
    };
    if (among.length > 0 && costOf(load, costs) < Math.min(...among)) drafts.push(new Draft(together));
  }
}

/** One aggregate of all these measures, each once. */
function added(totals: readonly Named[]): Named | undefined {
  const [first] = totals;
  if (first === undefined) return undefined;
  const measures = new Map(totals.flatMap(({ values }) => values.map((value) => [value.id, value] as const)));
  const values = [...measures.values()];
  const all = Object.fromEntries(values.map(({ measure }, i) => [`m${i}`, measure]));
  return { ...first, aggregate: { ...first.aggregate, values: all }, values };
}

function place(drafts: Draft[], of: Named, costs: MergeCosts): Projection {
  const { aggregate } = of;
  let best: { readonly index: number; readonly cost: number } | undefined;
  for (const [index, draft] of drafts.entries()) {
    const cost = draft.costOfAdding(of, costs);
    if (cost !== undefined && (best === undefined || cost < best.cost)) best = { index, cost };
  }
  const measures = new Map(of.values.map(({ id, measure }) => [id, measure]));
  const alone: Load = {
    hasKeys: aggregate.by.length > 0,
    weight: weightOf(aggregate.by),
    measures: costOfMeasures(measures.values()),
  };
  if (best === undefined || best.cost > costOf(alone, costs)) {
    const draft = new Draft(of);
    best = { index: drafts.length, cost: 0 };
    drafts.push(draft);
  }
  const draft = drafts[best.index];
  if (draft === undefined) throw new RangeError("a placed aggregate has a statement");
  return { statement: best.index, ...draft.add(of) };
}
