import type { PrimaryMetric } from "../../evaluation-section.ts";
import type { Signal } from "../../monitoring-section.ts";
import type { Spec } from "../../spec.ts";

/** The gate of the release and the alert in production, where both are of one metric. */
export interface GateAndAlert {
  readonly primary: PrimaryMetric;
  readonly signal: Signal;
  /** Which way is better: `at_least` promises that more is. */
  readonly more: boolean;
  readonly gate: number;
  /** On the same side as the gate; null where only the other side alerts. */
  readonly alert: number | null;
}

export function gateAndAlert(spec: Spec): GateAndAlert | null {
  const primary = spec.evaluation?.primary;
  const signal = spec.monitoring?.performance;
  if (primary === undefined || signal === undefined) return null;
  if (signal.metric !== "primary" && signal.metric !== primary.metric) return null;
  const more = primary.at_least !== undefined;
  const gate = primary.at_least ?? primary.at_most;
  if (gate === undefined) return null;
  const above = signal.alert_above;
  const aboveNumber = typeof above === "object" ? ("value" in above ? above.value : null) : (above ?? null);
  return { primary, signal, more, gate, alert: more ? (signal.alert_below ?? null) : aboveNumber };
}
