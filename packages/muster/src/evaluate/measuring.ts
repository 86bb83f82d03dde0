import type { Derivers } from "../checks/metrics/deriver.ts";
import type { MetricColumns, Resolution } from "../checks/metrics/metric.ts";
import { readParams } from "../checks/metrics/params.ts";
import { metricNamed, metricNames } from "../checks/metrics/registry.ts";
import type { Unit } from "../checks/metrics/unit-facts.ts";
import type { Dimension } from "../query/aggregate.ts";
import { MusterError } from "../source/muster-error.ts";
import { suggest } from "../source/suggest.ts";
import type { Measuring } from "./measure.ts";

export interface MeasuringOptions {
  /** The metric's parameters by their names; those that are not given have their defaults. */
  readonly params?: Readonly<Record<string, unknown>>;
  /** Columns by whose values rows are grouped, or dimensions; all of it together. */
  readonly by?: readonly (string | Dimension)[];
  readonly unit?: Unit;
  /** Exact unless said otherwise. */
  readonly resolution?: Resolution;
  readonly derivers?: Derivers;
}

/**
 * What `measure` is to measure, by the metric's name or alias. Throws `call/bad-argument` for a metric that there is
 * not, parameters that it does not take, and columns that it cannot do with; the table is not looked at.
 */
export function measuring(name: string, columns: MetricColumns, options: MeasuringOptions = {}): Measuring {
  const metric = metricNamed(name);
  if (metric === null) {
    const near = suggest(name, metricNames());
    throw new MusterError("call/bad-argument", `There is no metric ${JSON.stringify(name)}.`, {
      hint: near === null ? "metricNames() lists them." : `Did you mean ${near}?`,
    });
  }
  const read = readParams(metric, options.params ?? {});
  if (read.kind === "wrong") {
    throw new MusterError("call/bad-argument", `${read.because}.`, { hint: read.hint });
  }
  const unmet = metric.unmet({ columns, params: read.params });
  if (unmet !== null)
    throw new MusterError("call/bad-argument", `${metric.name} cannot be measured: ${unmet}.`);
  return {
    metric,
    input: { columns, params: read.params, resolution: options.resolution ?? { kind: "exact" } },
    by: (options.by ?? []).map((one) => (typeof one === "string" ? { kind: "values", column: one } : one)),
    ...(options.unit === undefined ? {} : { unit: options.unit }),
    ...(options.derivers === undefined ? {} : { derivers: options.derivers }),
  };
}
