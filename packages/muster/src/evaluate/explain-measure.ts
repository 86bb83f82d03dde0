import { derivers } from "../checks/metrics/derivers.ts";
import type { Engine } from "../engine/engine.ts";
import { checkColumns, type Measuring, readsOf } from "./measure.ts";
import type { Plan } from "./plan.ts";
import { planAggregates } from "./plan-aggregates.ts";
import { Planning } from "./planning.ts";

/** What `measure` would read, without reading it. Throws MusterError where it could not. */
export async function explainMeasure(engine: Engine, what: Measuring, signal?: AbortSignal): Promise<Plan> {
  const { table: name } = what.input.columns;
  const { derive, aggregates } = readsOf(what);
  checkColumns(engine, name, derive, aggregates);
  const reads = aggregates.map((aggregate) => ({
    read: { kind: "aggregate", aggregate, ...(derive.length === 0 ? {} : { derive }) } as const,
    answers: [what.metric.name],
  }));
  const known = new Map([...derivers, ...(what.derivers ?? [])]);
  const table = { name, info: engine.info(name) };
  const planning = new Planning(engine, signal);
  const steps = await planAggregates(engine, table, reads, known, planning, signal);
  return { steps, atHand: [], open: [], notes: [] };
}
