import type { MetricOptions, Subgroup } from "../evaluation-section.ts";
import { factsOf } from "../metric-facts.ts";
import type { MetricFacts } from "../metric-family.ts";
import type { Path } from "../places.ts";
import type { Spec } from "../spec.ts";

/** A threshold of the spec, with what is known of its metric. */
export interface Threshold extends MetricOptions {
  readonly part: "primary" | "secondary";
  readonly at: Path;
  readonly metric: string;
  readonly facts: MetricFacts;
  /** The key that the number stands under. */
  readonly key: "at_least" | "at_most" | "alert_below" | "alert_above";
  readonly sense: "at_least" | "at_most";
  readonly limit: number;
}

/** The primary metric's threshold; null where it is missing, or of a metric that the linter does not know. */
export function primaryThreshold(spec: Spec): Threshold | null {
  const written = spec.evaluation?.primary;
  const primary = written === undefined ? undefined : { ...written, ...optionsIn(written) };
  const known = primary === undefined ? null : factsOf(primary.metric);
  const key = primary?.at_least === undefined ? "at_most" : "at_least";
  const limit = primary?.[key];
  if (primary === undefined || known === null || limit === undefined) return null;
  const k = primary.k ?? known.k;
  return {
    ...primary,
    ...(k === null ? {} : { k }),
    part: "primary",
    at: ["evaluation", "primary"],
    facts: known.facts,
    key,
    sense: key,
    limit,
  };
}

/** One for each alert of each secondary metric that the linter knows. */
export function secondaryThresholds(spec: Spec): readonly Threshold[] {
  return (spec.evaluation?.secondary ?? []).flatMap((written, i) => {
    const secondary = { ...written, ...optionsIn(written) };
    const known = factsOf(secondary.metric);
    if (known === null) return [];
    const k = secondary.k ?? known.k;
    return (["alert_below", "alert_above"] as const).flatMap((key) => {
      const limit = secondary[key];
      if (limit === undefined) return [];
      return {
        ...secondary,
        ...(k === null ? {} : { k }),
        part: "secondary" as const,
        at: ["evaluation", "secondary", i],
        facts: known.facts,
        key,
        sense: key === "alert_below" ? ("at_least" as const) : ("at_most" as const),
        limit,
      };
    });
  });
}

/** The options of a metric that stand under `params` in place of beside it. */
function optionsIn({ params = {} }: MetricOptions): Pick<MetricOptions, "k" | "beta" | "average" | "scale"> {
  const number = (key: "k" | "beta") => {
    const value = params[key];
    return value === undefined || !Number.isFinite(Number(value)) ? {} : { [key]: Number(value) };
  };
  const average = averages.find((one) => one === params.average);
  const scale = scales.find((one) => one === params.scale);
  return {
    ...number("k"),
    ...number("beta"),
    ...(average === undefined ? {} : { average }),
    ...(scale === undefined ? {} : { scale }),
  };
}

const averages = ["binary", "macro", "micro", "weighted"] as const;
const scales = ["0-1", "0-100"] as const;

export function allThresholds(spec: Spec): readonly Threshold[] {
  const primary = primaryThreshold(spec);
  return [...(primary === null ? [] : [primary]), ...secondaryThresholds(spec)];
}

/** The secondary metrics' facts, without thresholds. */
export function secondaryFacts(spec: Spec): readonly MetricFacts[] {
  return (spec.evaluation?.secondary ?? []).flatMap(({ metric }) => factsOf(metric)?.facts ?? []);
}

/** Of the positive class alone, as is the rule where nobody asks for an average. */
export function isBinary({ average }: MetricOptions): boolean {
  return average === undefined || average === "binary";
}

/** How many classes the spec names: of the label, else of a label output, else two where one class counts as positive. */
export function classCount(spec: Spec): number | null {
  const listed = spec.data?.label?.classes ?? spec.contract?.outputs.find((o) => o.type === "label")?.values;
  if (listed !== undefined) return listed.length;
  const binary =
    spec.data?.label?.positive !== undefined || spec.contract?.outputs.some((o) => o.decide !== undefined);
  return binary === true ? 2 : null;
}

/** The names of a subgroup's groups, or null where they are those that the data happens to hold. */
export function groupNames({ values, hours, bins }: Subgroup): readonly string[] | null {
  if (values !== undefined) return values.map((value) => (value === null ? "(missing)" : String(value)));
  if (hours !== undefined) return Object.keys(hours);
  if (bins !== undefined) return bins.slice(1).map((to, i) => `${bins[i]} to ${to}`);
  return null;
}

/** Four digits, as people read numbers. */
export function printed(value: number): string {
  return String(Number(value.toPrecision(4)));
}

export function percent(value: number): string {
  return `${Number((100 * value).toPrecision(3))}%`;
}
