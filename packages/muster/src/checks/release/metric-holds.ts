import type { Measurement } from "../../claims/evidence.ts";
import type { Observation } from "../../claims/verdict.ts";
import { answerOf } from "../answers.ts";
import type { Check } from "../check.ts";
import type { Metric } from "../metrics/metric.ts";
import { metricNamed } from "../metrics/registry.ts";
import { numberText } from "../number-text.ts";
import { nothingMeasured, together } from "../outcome.ts";
import { type MetricSubject, measureMetric, metricAggregate } from "./metric-subject.ts";

export type { MetricSubject } from "./metric-subject.ts";

export interface MetricPromise {
  readonly metric: string;
  readonly sense: "at_least" | "at_most";
  readonly limit: number;
  /** `lower_bound`: the one-sided bound on the bad side has to be within the limit; `point`: the value itself. */
  readonly decideBy: "lower_bound" | "point";
  /** Of the bound and of the interval shown, as a fraction. */
  readonly confidence: number;
}

/**
 * A metric is within its limit, three-way: kept when even the pessimistic one-sided bound is within, broken when even
 * the optimistic one is not, and undecided in between, because the rows cannot tell. A declared group without a row
 * is broken: nothing was shown where something was promised.
 */
export const metricHolds: Check<MetricSubject, MetricPromise> = {
  id: "evaluation/metric",
  revision: 1,

  reads: (subject, effort) => [{ kind: "aggregate", aggregate: metricAggregate(subject, effort) }],

  measure: (subject, answers, effort) =>
    measureMetric(subject, answerOf(answers, 0, "aggregate").groups, effort),

  judge(promise, measurements) {
    const metric = metricNamed(promise.metric);
    if (metric === null) return nothingMeasured(`Muster does not know the metric ${promise.metric}`);
    const reasons = new Map<Observation, string>();
    const observations = measurements.map((m): Observation => {
      const { outcome, because } = judgeOne(promise, metric, m);
      const observation: Observation = {
        label: m.label,
        value: m.value,
        interval: m.value === null ? null : metric.interval(m.facts, promise.confidence),
        rows: m.rows,
        outcome,
        limit: { sense: promise.sense, value: promise.limit },
      };
      reasons.set(observation, measurements.length === 1 ? because : `${m.label}: ${because}`);
      return observation;
    });
    return together(observations, reasons);
  },
};

function judgeOne(
  { metric: name, sense, limit, decideBy, confidence }: MetricPromise,
  metric: Metric,
  m: Measurement,
): { outcome: Observation["outcome"]; because: string } {
  const higher = sense === "at_least";
  const within = (x: number): boolean => (higher ? x >= limit : x <= limit);
  const beyond = `${higher ? "below" : "above"} ${limit}`;
  if (m.rows === 0) return { outcome: "broken", because: m.undefinedBecause ?? "it has no rows" };
  if (m.value === null) {
    return {
      outcome: "undecided",
      because: `${name} is undefined on its ${m.rows} rows: ${m.undefinedBecause}`,
    };
  }
  const value = `${name} is ${numberText(m.value, limit)} on ${m.rows} rows`;
  if (decideBy === "point") {
    return within(m.value)
      ? { outcome: "kept", because: "" }
      : { outcome: "broken", because: `${value}, ${beyond}` };
  }
  const pessimistic = metric.bound(m.facts, confidence, higher ? "lower" : "upper");
  const optimistic = metric.bound(m.facts, confidence, higher ? "upper" : "lower");
  if (pessimistic.kind === "undefined") {
    return { outcome: "undecided", because: `${value}, and has no bound: ${pessimistic.because}` };
  }
  if (within(pessimistic.value)) return { outcome: "kept", because: "" };
  if (optimistic.kind === "value" && !within(optimistic.value)) {
    return { outcome: "broken", because: `${value}, ${beyond}` };
  }
  const bound = `${higher ? "lower" : "upper"} bound is ${numberText(pessimistic.value, limit)}`;
  return { outcome: "undecided", because: `${value}, but its ${100 * confidence} % ${bound}, ${beyond}` };
}
