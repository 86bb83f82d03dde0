import type { Observation } from "../../claims/verdict.ts";
import type { Check } from "../check.ts";
import { metricNamed } from "../metrics/registry.ts";
import { numberText } from "../number-text.ts";
import { nothingMeasured } from "../outcome.ts";
import { type MetricSubject, measureMetric, metricReads } from "./metric-subject.ts";

export interface BaselineSubject {
  readonly model: MetricSubject;
  /** The column that holds the baseline's own score or prediction for the same rows. */
  readonly baselineColumn: string;
}

export interface BaselinePromise {
  readonly metric: string;
  readonly confidence: number;
  readonly decideBy: "lower_bound" | "point";
}

/**
 * The model is better than the baseline, both measured on the same rows. The bound of the difference d = m - b is
 * MOVER's, d - sqrt((m - l)^2 + (u - b)^2), from the one-sided bounds l of the model and u of the baseline
 * (Zou and Donner, Statistics in Medicine 27, 2008, eq. 4). It takes the two as independent; as both rank the same
 * rows they agree in part, so the true bound lies further from zero and this one never favours the model.
 */
export const beatsBaseline: Check<BaselineSubject, BaselinePromise> = {
  id: "evaluation/beats-baseline",
  revision: 2,

  reads: (subject, effort) => [
    ...metricReads(subject.model, effort),
    ...metricReads(baselineOf(subject), "exact"),
  ],

  measure(subject, answers, effort) {
    const own = metricReads(subject.model, effort).length;
    return [
      ...measureMetric(subject.model, answers.slice(0, own), effort).map((m) => ({ ...m, label: "model" })),
      ...measureMetric(baselineOf(subject), answers.slice(own), "exact").map((m) => ({
        ...m,
        label: "baseline",
      })),
    ];
  },

  judge({ metric: name, confidence, decideBy }, [model, baseline]) {
    const metric = metricNamed(name);
    if (metric === null || model === undefined || baseline === undefined) {
      return nothingMeasured("the model and the baseline were not measured");
    }
    const observe = (outcome: Observation["outcome"]): Observation[] =>
      [model, baseline].map((m, i) => ({
        label: m.label,
        value: m.value,
        interval: m.value === null ? null : metric.interval(m.facts, confidence),
        rows: m.rows,
        outcome: i === 0 ? outcome : "kept",
        ...(i === 0 && baseline.value !== null
          ? {
              limit: {
                sense: metric.direction === "higher" ? "at_least" : "at_most",
                value: shortLimit(baseline.value, model.value),
              } as const,
            }
          : {}),
      }));
    for (const m of [model, baseline]) {
      if (m.value === null) {
        const because = `${name} of the ${m.label} is undefined: ${m.undefinedBecause}`;
        return { outcome: { kind: "undecided", because }, observations: observe("undecided") };
      }
    }
    const [m, b] = [model.value ?? 0, baseline.value ?? 0];
    const higher = metric.direction === "higher";
    const gain = higher ? m - b : b - m;
    const words = `${name} of the model is ${numberText(m, b)}, of the baseline ${numberText(b, m)}`;
    // Rounded scores leave the model's value open by as much; what is undecided for that is read again, exactly.
    const open = model.facts.half_width ?? 0;
    if (open > 0 && Math.abs(gain) <= open) {
      const because = `${words}, give or take ${open}: too near each other`;
      return { outcome: { kind: "undecided", because }, observations: observe("undecided") };
    }
    if (gain <= 0) return { outcome: { kind: "broken", because: words }, observations: observe("broken") };
    if (decideBy === "point") return { outcome: { kind: "kept" }, observations: observe("kept") };
    const bad = metric.bound(model.facts, confidence, higher ? "lower" : "upper");
    const good = metric.bound(baseline.facts, confidence, higher ? "upper" : "lower");
    if (bad.kind === "undefined" || good.kind === "undefined") {
      const because = `${words}, and the difference has no bound`;
      return { outcome: { kind: "undecided", because }, observations: observe("undecided") };
    }
    if (gain - Math.hypot(m - bad.value, good.value - b) > 0) {
      return { outcome: { kind: "kept" }, observations: observe("kept") };
    }
    const because = `${words}; so few rows cannot tell the two apart`;
    return { outcome: { kind: "undecided", because }, observations: observe("undecided") };
  },
};

/** The baseline's number as a limit that a person can read, if it lies on the same side of the model's then. */
function shortLimit(baseline: number, model: number | null): number {
  const short = Number(baseline.toPrecision(4));
  return model === null || Math.sign(model - short) === Math.sign(model - baseline) ? short : baseline;
}

/** The same metric on the same rows, with the baseline's column in the model's place. */
function baselineOf({ model, baselineColumn }: BaselineSubject): MetricSubject {
  return model.score === undefined
    ? { ...model, prediction: baselineColumn }
    : { ...model, score: baselineColumn };
}
