import type { Signal } from "../../monitoring-section.ts";
import type { Spec } from "../../spec.ts";

/** The most rows that a window of the signal can hold: at the peak, all the time. Null without a promised peak. */
export function mostWindowRows(spec: Spec, signal: Signal): number | null {
  const peak = spec.deployment?.throughput?.peak;
  return peak === undefined ? null : Math.floor((peak.perSecond * signal.window.ms) / 1000);
}

export const driftKeys = ["input_drift", "prediction_drift"] as const;

export const signalKeys = ["performance", "input_drift", "prediction_drift", "latency"] as const;
