import type { Measurement } from "../../claims/evidence.ts";
import type { Observation } from "../../claims/verdict.ts";
import { spentAlpha } from "../../stats/alpha-spending.ts";
import type { Side } from "../../stats/interval.ts";
import type { Check } from "../check.ts";
import type { Metric } from "../metrics/metric.ts";
import { metricNamed } from "../metrics/registry.ts";
import { countText, numberText, percentText, rowsText } from "../number-text.ts";
import { kept, nothingMeasured, together } from "../outcome.ts";
import { type MetricSubject, measureMetric, metricReads } from "./metric-subject.ts";
import { narrowed } from "./narrowed.ts";
import { rowsNeeded } from "./rows-needed.ts";

export type { MetricSubject } from "./metric-subject.ts";

export interface MetricPromise {
  readonly metric: string;
  readonly sense: "at_least" | "at_most";
  readonly limit: number;
  /** `lower_bound`: the one-sided bound on the bad side has to be within the limit; `point`: the value itself. */
  readonly decideBy: "lower_bound" | "point";
  /** Of the bound and of the interval shown, as a fraction. */
  readonly confidence: number;
  /** What the evaluation was planned for: how good the model is expected to be, and how surely that is to show. */
  readonly plan?: { readonly expected: number; readonly power: number };
  /** Whether each further model on the same data has less error to spend. */
  readonly reuse?: "count" | "spend";
  /** What a group without a row is: `broken` where it was declared, `kept` where it is only looked for. */
  readonly absent?: "kept";
}

/**
 * A metric is within its limit, three-way: kept when even the pessimistic one-sided bound is within, broken when even
 * the optimistic one is not, and undecided in between, because the rows cannot tell. A declared group without a row
 * is broken: nothing was shown where something was promised.
 */
export const metricHolds: Check<MetricSubject, MetricPromise> = {
  id: "evaluation/metric",
  revision: 3,

  reads: metricReads,
  measure: measureMetric,

  refine(rounded) {
    const open = rounded.map(({ promise, measurements }) =>
      measurements.filter((m) => roundingMatters(promise, m)).map((m) => m.label),
    );
    return narrowed(
      rounded.map(({ subject }) => subject),
      open,
    );
  },

  judge(written, measurements, { attempt }) {
    const metric = metricNamed(written.metric);
    if (metric === null) return nothingMeasured(`Muster does not know the metric ${written.metric}`);
    const promise = spending(written, attempt);
    const notes = attemptNotes(written, promise, attempt);
    if (measurements.length === 0 && promise.absent === "kept") return { outcome: kept, observations: [] };
    const reasons = new Map<Observation, string>();
    const observations = measurements.map((m): Observation => {
      const { outcome, because, bound } = judgeOne(promise, metric, m, measurements.length > 1);
      const observation: Observation = {
        label: m.label,
        value: m.value,
        interval: m.value === null ? null : metric.interval(m.facts, promise.confidence),
        rows: m.rows,
        outcome,
        limit: { sense: promise.sense, value: promise.limit },
        ...(bound === undefined ? {} : { bound }),
        ...(notes.length === 0 ? {} : { notes }),
      };
      reasons.set(observation, because);
      return observation;
    });
    return together(observations, reasons);
  },
};

/** The promise as this attempt has to keep it. */
function spending(promise: MetricPromise, attempt: number | undefined): MetricPromise {
  if (promise.reuse !== "spend" || attempt === undefined) return promise;
  return { ...promise, confidence: 1 - spentAlpha(1 - promise.confidence, attempt) };
}

function attemptNotes(
  { reuse, decideBy }: MetricPromise,
  { confidence }: MetricPromise,
  attempt: number | undefined,
): readonly string[] {
  if (attempt === undefined || attempt < 2 || (reuse === undefined && decideBy === "point")) return [];
  const spent = reuse === "spend" ? `, so judged at ${percentText(Number(confidence.toPrecision(6)))}` : "";
  return [`attempt ${attempt} on this data${spent}`];
}

/** A group below these sizes has no verdict but that it is too small: its bounds are mostly those of its method. */
const fewestRows = 30;
const fewestOfClass = 10;

function tooSmall({ label, rows, facts }: Measurement): string | null {
  if (label === "overall") return null;
  if (rows < fewestRows) return `a group is judged from ${fewestRows} rows on`;
  if ((facts.rarer_class ?? fewestOfClass) < fewestOfClass) {
    return `a group is judged from ${fewestOfClass} rows of each class on, and one has ${countText(facts.rarer_class ?? 0)}`;
  }
  return null;
}

/** How many rows would decide, for a model as good as planned, or else as good as it looks. */
function wouldTake(promise: MetricPromise, { value, rows, facts }: Measurement): string {
  const { sense, limit, confidence, plan } = promise;
  const better = (a: number, b: number): boolean => (sense === "at_least" ? a > b : a < b);
  const truth = plan !== undefined && better(plan.expected, limit) ? plan.expected : (value ?? Number.NaN);
  const needed = rowsNeeded(facts, rows, {
    sense,
    limit,
    confidence,
    truth,
    power: plan?.power ?? usualPower,
  });
  if (needed === null || needed <= rows) return "";
  const showing = `${sense === "at_least" ? "at least" : "at most"} ${limit} when the truth is ${numberText(truth, limit)}`;
  return `; to show ${showing} takes about ${rowsText(needed)}`;
}

const usualPower = 0.8;

interface Judgement {
  readonly outcome: Observation["outcome"];
  readonly because: string;
  readonly bound?: NonNullable<Observation["bound"]>;
}

function judgeOne(promise: MetricPromise, metric: Metric, m: Measurement, oneOfMany: boolean): Judgement {
  const { metric: name, sense, limit, decideBy, confidence } = promise;
  const higher = sense === "at_least";
  const within = (x: number): boolean => (higher ? x >= limit : x <= limit);
  const beyond = `${higher ? "below" : "above"} ${limit}`;
  const where = whereText(m.label);
  if (m.rows === 0) {
    const because = m.undefinedBecause ?? "it has no rows";
    return { outcome: "broken", because: oneOfMany ? `${because} (${m.label})` : because };
  }
  if (m.value === null) {
    return {
      outcome: "undecided",
      because: `${name} is undefined${where} (${rowsText(m.rows)}): ${m.undefinedBecause}`,
    };
  }
  const value = `${name} is ${numberText(m.value, limit)}${where} (${rowsText(m.rows)})`;
  if (decideBy === "point") return judgePoint(m.value, m.facts.half_width ?? 0, within, value, beyond);
  const small = tooSmall(m);
  if (small !== null) {
    return { outcome: "undecided", because: `${value}: ${small}${wouldTake(promise, m)}` };
  }
  const pessimistic = metric.bound(m.facts, confidence, higher ? "lower" : "upper");
  const optimistic = metric.bound(m.facts, confidence, higher ? "upper" : "lower");
  if (pessimistic.kind === "undefined") {
    return { outcome: "undecided", because: `${value} and has no bound: ${pessimistic.because}` };
  }
  const bound = { side: higher ? "lower" : "upper", value: pessimistic.value, confidence } as const;
  if (within(pessimistic.value)) return { outcome: "kept", because: "", bound };
  if (optimistic.kind === "value" && !within(optimistic.value)) {
    const other = { side: higher ? "upper" : "lower", value: optimistic.value, confidence } as const;
    return { outcome: "broken", because: `${value}, ${beyond}`, bound: other };
  }
  const said = `${bound.side} bound is ${numberText(pessimistic.value, limit)}`;
  return {
    outcome: "undecided",
    because: `${value}, but its ${percentText(confidence)} ${said}, ${beyond}${wouldTake(promise, m)}`,
    bound,
  };
}

/** Smaller groups cost next to nothing to read exactly, and wider rounding moves a bound by more than its own width. */
const fewestToSkip = 1000;
const widestToSkip = 0.005;

/**
 * Whether the exact value could have another outcome than the rounded one. Many rows with little rounding are left
 * undecided where even a bound twice as far off as the rounding moves it would be.
 */
function roundingMatters(promise: MetricPromise, m: Measurement): boolean {
  const metric = metricNamed(promise.metric);
  if (metric === null || m.value === null || !((m.facts.half_width ?? 0) > 0)) return false;
  // How much error this attempt may make is not known here, so that nothing can be left out.
  if (promise.reuse === "spend") return true;
  if (judgeOne(promise, metric, m, false).outcome !== "undecided") return false;
  if (promise.decideBy === "point" || m.rows < fewestToSkip) return true;
  if ((m.facts.half_width ?? 0) > widestToSkip) return true;
  const higher = promise.sense === "at_least";
  const within = (x: number): boolean => (higher ? x >= promise.limit : x <= promise.limit);
  const centre = { ...m.facts, half_width: 0 };
  const farthest = (side: Side): number => {
    const [rounded, unrounded] = [m.facts, centre].map((facts) =>
      metric.bound(facts, promise.confidence, side),
    );
    if (rounded?.kind !== "value" || unrounded?.kind !== "value") return Number.NaN;
    return unrounded.value + 2 * (unrounded.value - rounded.value);
  };
  const best = farthest(higher ? "lower" : "upper");
  const worst = farthest(higher ? "upper" : "lower");
  if (Number.isNaN(best)) return false;
  return within(best) || (!Number.isNaN(worst) && !within(worst));
}

/** Rounded scores leave the value open by `halfWidth` to either side; where the limit lies in there, nobody knows. */
function judgePoint(
  value: number,
  halfWidth: number,
  within: (x: number) => boolean,
  words: string,
  beyond: string,
): Judgement {
  const sure = [value - halfWidth, value + halfWidth].every((end) => within(end) === within(value));
  if (!sure)
    return { outcome: "undecided", because: `${words}, give or take ${halfWidth}: too near the limit` };
  return within(value)
    ? { outcome: "kept", because: "" }
    : { outcome: "broken", because: `${words}, ${beyond}` };
}

/** The group of a label in words: `origin=ORD` is " where origin is ORD", all rows together are "". */
function whereText(label: string): string {
  const parts = label.split(/ & (?=[^&]*=)/).flatMap((part) => {
    const split = part.indexOf("=");
    if (split < 0) return [];
    const key = part.slice(split + 1);
    return `${part.slice(0, split)} is ${key.startsWith("[") ? `in ${key}` : key}`;
  });
  return parts.length === 0 ? "" : ` where ${parts.join(" and ")}`;
}
