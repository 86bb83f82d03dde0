import type { Answer } from "../checks/check.ts";
import { derivers } from "../checks/metrics/derivers.ts";
import type { MetricColumns } from "../checks/metrics/metric.ts";
import { metricNamed } from "../checks/metrics/registry.ts";
import type { Unit } from "../checks/metrics/unit-facts.ts";
import type { MetricSubject } from "../checks/release/metric-subject.ts";
import { measurePairing, pairingOf, pairingReads } from "../checks/release/pairing.ts";
import type { Measurement } from "../claims/evidence.ts";
import type { Engine } from "../engine/engine.ts";
import { DerivedTable } from "./derive-columns.ts";

/** Two predictions of the same rows that are compared by one metric. */
export interface Compared {
  readonly metric: string;
  readonly columns: Pick<
    MetricColumns,
    "table" | "label" | "positive" | "score" | "prediction" | "threshold"
  >;
  /** The column that stands in place of the score, or of the prediction where there is no score. */
  readonly baseline: string;
  readonly params?: Readonly<Record<string, string | number>>;
  readonly unit?: Unit;
}

/**
 * By how much the first is better than the baseline, above 0 where it is, paired row by row as `check` does; null where the
 * metric cannot be paired, as without the units of the rows for most.
 */
export async function measureGain(
  engine: Engine,
  { metric: name, columns, baseline, params, unit }: Compared,
  signal?: AbortSignal,
): Promise<Measurement | null> {
  const metric = metricNamed(name);
  const model: MetricSubject = {
    metric: name,
    ...columns,
    ...(params === undefined ? {} : { params }),
    ...(unit === undefined ? {} : { unit }),
  };
  const other =
    columns.score === undefined ? { ...model, prediction: baseline } : { ...model, score: baseline };
  const pairing = metric === null ? null : pairingOf(metric, model, other);
  if (pairing === null) return null;
  const derived = new DerivedTable(engine, columns.table, derivers);
  const answers: Answer[] = [];
  for (const read of pairingReads(pairing, "exact")) {
    if (read.kind !== "aggregate") continue;
    const table = read.derive === undefined ? columns.table : await derived.with(read.derive, signal);
    const [answer] = await engine.aggregate([{ ...read.aggregate, table }], signal);
    if (answer !== undefined) answers.push({ kind: "aggregate", groups: answer.groups });
  }
  return measurePairing(pairing, answers, "exact");
}
