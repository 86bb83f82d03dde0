import type { Measurement } from "../../claims/evidence.ts";
import type { Observation } from "../../claims/verdict.ts";
import { binomialTest } from "../../stats/binomial-test.ts";
import type { Check } from "../check.ts";
import { bounds } from "../metrics/bounds.ts";
import type { Metric } from "../metrics/metric.ts";
import { metricNamed } from "../metrics/registry.ts";
import { numberText } from "../number-text.ts";
import { nothingMeasured } from "../outcome.ts";
import { type MetricSubject, measureMetric, metricReads } from "./metric-subject.ts";
import { measurePairing, type Pairing, pairingOf, pairingReads } from "./pairing.ts";

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
 * The model is better than the baseline on the same rows. Where the two can be paired the gain itself is bounded: an
 * AUC's by DeLong, a share's by McNemar's exact test, any other by drawing the same units for both. Otherwise the bound
 * of the difference d = m - b is MOVER's, d - sqrt((m - l)² + (u - b)²), from the one-sided bounds l of the model and u of the
 * baseline (Zou & Donner, Statistics in Medicine 27, 2008, eq. 4), which takes the two as independent and so
 * never favours the model.
 */
export const beatsBaseline: Check<BaselineSubject, BaselinePromise> = {
  id: "evaluation/beats-baseline",
  revision: 3,

  reads(subject, effort) {
    const pairing = pairingFor(subject);
    return [
      ...metricReads(subject.model, effort),
      ...metricReads(baselineOf(subject), "exact"),
      ...(pairing === null ? [] : pairingReads(pairing, effort)),
    ];
  },

  measure(subject, answers, effort) {
    const pairing = pairingFor(subject);
    const own = metricReads(subject.model, effort).length;
    const both = own + metricReads(baselineOf(subject), "exact").length;
    const [model] = measureMetric(subject.model, answers.slice(0, own), effort);
    const [baseline] = measureMetric(baselineOf(subject), answers.slice(own, both), "exact");
    return [
      ...(model === undefined ? [] : [{ ...model, label: "model" }]),
      ...(baseline === undefined ? [] : [{ ...baseline, label: "baseline" }]),
      ...(pairing === null ? [] : [measurePairing(pairing, answers.slice(both), effort)]),
    ];
  },

  judge({ metric: name, confidence, decideBy }, [model, baseline, gain]) {
    const metric = metricNamed(name);
    if (metric === null || model === undefined || baseline === undefined) {
      return nothingMeasured("the model and the baseline were not measured");
    }
    const observe = (outcome: Observation["outcome"]) =>
      observations(metric, confidence, outcome, [model, baseline, gain]);
    const undecided = (because: string) =>
      ({ outcome: { kind: "undecided", because }, observations: observe("undecided") }) as const;
    for (const m of [model, baseline]) {
      if (m.value === null) return undecided(`${name} of the ${m.label} is undefined: ${m.undefinedBecause}`);
    }
    const [m, b] = [model.value ?? 0, baseline.value ?? 0];
    const higher = metric.direction === "higher";
    const ahead = higher ? m - b : b - m;
    const words = `${name} of the model is ${numberText(m, b)}, of the baseline ${numberText(b, m)}`;
    // Rounded scores leave the model's value open by as much; what is undecided for that is read again, exactly.
    const open = model.facts.half_width ?? 0;
    if (open > 0 && Math.abs(ahead) <= open)
      return undecided(`${words}, give or take ${open}: too near each other`);
    if (ahead <= 0) return { outcome: { kind: "broken", because: words }, observations: observe("broken") };
    if (decideBy === "point") return { outcome: { kind: "kept" }, observations: observe("kept") };
    const shown = isShown(metric, { model, baseline, gain }, confidence, ahead);
    if (shown === null) return undecided(`${words}, and the difference has no bound`);
    if (shown) return { outcome: { kind: "kept" }, observations: observe("kept") };
    return undecided(`${words}; so few rows cannot tell the two apart`);
  },
};

interface Compared {
  readonly model: Measurement;
  readonly baseline: Measurement;
  readonly gain: Measurement | undefined;
}

/** Whether the rows show, at this confidence, that the model is ahead; null where nothing bounds the difference. */
function isShown(
  metric: Metric,
  { model, baseline, gain }: Compared,
  confidence: number,
  ahead: number,
): boolean | null {
  const facts = gain?.facts ?? {};
  if (facts.only_model !== undefined && facts.only_baseline !== undefined) {
    const differing = facts.only_model + facts.only_baseline;
    return binomialTest(facts.only_model, differing, 0.5, "greater") <= 1 - confidence;
  }
  const paired = gain?.value == null ? null : bounds.bound(facts, confidence, "lower");
  if (paired?.kind === "value") return paired.value > 0;
  const higher = metric.direction === "higher";
  const bad = metric.bound(model.facts, confidence, higher ? "lower" : "upper");
  const good = metric.bound(baseline.facts, confidence, higher ? "upper" : "lower");
  if (bad.kind === "undefined" || good.kind === "undefined") return null;
  return ahead - Math.hypot((model.value ?? 0) - bad.value, good.value - (baseline.value ?? 0)) > 0;
}

function observations(
  metric: Metric,
  confidence: number,
  outcome: Observation["outcome"],
  [model, baseline, gain]: readonly [Measurement, Measurement, Measurement | undefined],
): Observation[] {
  const sense = metric.direction === "higher" ? "at_least" : "at_most";
  const both = [model, baseline].map(
    (m, i): Observation => ({
      label: m.label,
      value: m.value,
      interval: m.value === null ? null : metric.interval(m.facts, confidence),
      rows: m.rows,
      outcome: i === 0 ? outcome : "kept",
      ...(i === 0 && baseline.value !== null
        ? { limit: { sense, value: shortLimit(baseline.value, model.value) } as const }
        : {}),
    }),
  );
  if (gain === undefined || gain.value === null) return both;
  const interval = bounds.interval(gain.facts, confidence);
  return [...both, { label: gain.label, value: gain.value, interval, rows: gain.rows, outcome: "kept" }];
}

function pairingFor(subject: BaselineSubject): Pairing | null {
  const metric = metricNamed(subject.model.metric);
  return metric === null ? null : pairingOf(metric, subject.model, baselineOf(subject));
}

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
