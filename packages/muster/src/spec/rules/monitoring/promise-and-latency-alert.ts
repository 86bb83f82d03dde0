import type { Signal } from "../../monitoring-section.ts";
import type { Duration } from "../../quantity.ts";
import type { Spec } from "../../spec.ts";
import type { RuleFinding } from "../rule.ts";

/** The latency that is promised and the alert in production, where both are of one percentile. */
export interface PromiseAndAlert {
  readonly signal: Signal;
  readonly key: "mean" | "p50" | "p99";
  readonly promise: Duration;
  readonly alert: Duration;
}

export function promiseAndLatencyAlert(spec: Spec): PromiseAndAlert | null {
  const signal = spec.monitoring?.latency;
  const alert = signal?.alert_above;
  if (signal === undefined || typeof alert !== "object" || !("ms" in alert)) return null;
  const metric = signal.metric.toLowerCase();
  const key = (["mean", "p50", "p99"] as const).find((each) => each === metric);
  const promise = key === undefined ? undefined : spec.deployment?.latency?.[key];
  return key === undefined || promise === undefined ? null : { signal, key, promise, alert };
}

/** A tenth between promise and alert absorbs chance, on either side. */
const slack = 0.1;

export function latencyAlertLooser(spec: Spec): readonly RuleFinding[] {
  const found = promiseAndLatencyAlert(spec);
  if (found === null || found.signal.looser_because !== undefined) return [];
  const { key, promise, alert } = found;
  if (alert.ms <= promise.ms * (1 + slack) * (1 + 1e-9)) return [];
  return [
    {
      at: ["monitoring", "latency", "alert_above"],
      message: `A ${key} latency of ${promise.text} is promised, but nobody is told before it is above ${alert.text}.`,
      hint: "Alert nearer to the promise, or say in looser_because why not.",
      related: [{ at: ["deployment", "latency", key], message: `the promise: ${key} of ${promise.text}` }],
    },
  ];
}

export function latencyAlertTighter(spec: Spec): readonly RuleFinding[] {
  const found = promiseAndLatencyAlert(spec);
  if (found === null) return [];
  const { key, promise, alert } = found;
  if (alert.ms >= promise.ms * (1 - slack) * (1 - 1e-9)) return [];
  const path = ["monitoring", "latency", "alert_above"];
  return [
    {
      at: path,
      message: `A ${key} latency of ${promise.text} keeps the promise, and alerts: the alert is above ${alert.text}.`,
      hint: `Alert above ${promise.text}, or promise less than that.`,
      related: [{ at: ["deployment", "latency", key], message: `the promise: ${key} of ${promise.text}` }],
      fix: [{ kind: "replace", path, yaml: promise.text }],
    },
  ];
}
