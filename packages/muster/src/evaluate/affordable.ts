import type { Aggregate } from "../query/aggregate.ts";
import { MusterError } from "../source/muster-error.ts";
import type { Case } from "./cases.ts";
import { isTotal, mostCells, type Planning } from "./planning.ts";
import type { Readings } from "./readings.ts";

/** The cases with wider cells where their quick reads together would have more than `mostCells`. */
export async function affordable(
  cases: readonly Case[],
  readings: Pick<Readings, "table">,
  planning: Planning,
): Promise<readonly Case[]> {
  const quick: { readonly of: Case; readonly aggregate: Aggregate }[] = [];
  for (const one of cases) {
    if (one.effort !== "quick") continue;
    for (const read of one.reads) {
      if (read.kind !== "aggregate" || (await readings.table(read.aggregate.table)) instanceof MusterError)
        continue;
      quick.push({ of: one, aggregate: read.aggregate });
    }
  }
  if (quick.every(({ aggregate }) => isTotal(aggregate))) return cases;
  const { plan, costs } = await planning.costs(quick.map(({ aggregate }) => aggregate));
  const heavy = new Set(
    quick.flatMap(({ of }, i) =>
      (costs[plan.projections[i]?.statement ?? -1]?.cells ?? 0) > mostCells ? [of] : [],
    ),
  );
  return cases.map((one) => (heavy.has(one) ? coarser(one) : one));
}

/** The same case with wider cells; as it is where it has none. */
export function coarser(one: Case): Case {
  return { ...one, effort: "coarse", reads: one.check.reads(one.claim.subject, "coarse") };
}
