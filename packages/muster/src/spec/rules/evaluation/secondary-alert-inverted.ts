import type { Spec } from "../../spec.ts";
import { percent, primaryThreshold, printed, secondaryThresholds, type Threshold } from "../metric-terms.ts";
import type { Rule, RuleFinding } from "../rule.ts";

/** Alerts when the metric gets better: an alert on one side only, on the good one. */
function inverted(spec: Spec, { at, key, metric, facts, limit }: Threshold): readonly RuleFinding[] {
  const wrong = facts.direction === "higher" ? "alert_above" : "alert_below";
  const right = facts.direction === "higher" ? "alert_below" : "alert_above";
  const index = at[2];
  const entry = typeof index === "number" ? spec.evaluation?.secondary?.[index] : undefined;
  if (key !== wrong || entry?.[right] !== undefined || ["bias", "coverage"].includes(facts.name)) return [];
  return [
    {
      at: [...at, key],
      mark: "key",
      message: `Of ${metric} ${facts.direction === "higher" ? "more" : "less"} is better, but ${key}: ${limit} alerts when it gets better and is silent when it gets worse.`,
      hint: `Write ${right}: ${limit}, or add it beside this one.`,
      allowed: [right],
    },
  ];
}

/** The same metric as the gate, or 1 minus it: with a stricter alert what ships alerts at once. With a looser one of the same name nothing ever does. */
function unlikeGate(
  spec: Spec,
  { at, key, metric, facts, limit, k, beta, average }: Threshold,
): readonly RuleFinding[] {
  const primary = primaryThreshold(spec);
  if (primary === null || primary.k !== k || primary.beta !== beta || primary.average !== average) return [];
  const mirrored = facts.complement === primary.facts.name;
  if (facts.name !== primary.facts.name && !mirrored) return [];
  const higher = primary.facts.direction === "higher";
  const alertSide = (facts.direction === "higher") === (key === "alert_below");
  if (!alertSide || (primary.sense === "at_least") !== higher) return [];
  const alert = mirrored ? Number((1 - limit).toPrecision(12)) : limit;
  if (alert === primary.limit) return [];
  const stricter = higher ? alert > primary.limit : alert < primary.limit;
  const same = mirrored ? ` (${primary.metric} of ${printed(alert)})` : "";
  const related = [{ at: [...primary.at, primary.key], message: `ships at ${primary.limit}` }];
  // The other side of the same coin may be watched for its own sake, with a limit of its own.
  if (!stricter && mirrored) return [];
  if (!stricter) {
    return [
      {
        at: [...at, key],
        message: `${key}: ${limit} of ${metric}${same} is looser than the gate of ${primary.limit}: a model that it would warn of has not shipped.`,
        hint: "Take the alert away, or watch another metric. A looser alert for production stands in monitoring.performance.",
        related,
      },
    ];
  }
  return [
    {
      at: [...at, key],
      message: `${key}: ${limit} of ${metric}${same} is stricter than the gate of ${primary.limit}: a model that just ships alerts from its first day.`,
      hint: "Let the alert be no stricter than the gate.",
      related,
    },
  ];
}

/** Recall alone sets how many cases are called positive at the least: those found, were there no false alarm. */
function moreThanCapacity(
  spec: Spec,
  { at, key, metric, facts, limit, sense }: Threshold,
): readonly RuleFinding[] {
  const prevalence = spec.data?.label?.prevalence;
  const work = spec.evaluation?.workload;
  if (prevalence === undefined || work === undefined) return [];
  const recall =
    facts.name === "recall" && sense === "at_least"
      ? limit
      : facts.name === "false_negative_rate" && sense === "at_most"
        ? 1 - limit
        : null;
  if (recall === null) return [];
  const rate = recall * prevalence.value;
  const capacity = work.capacity.perSecond / work.cases.perSecond;
  if (rate <= capacity + 1e-12) return [];
  return [
    {
      at: [...at, key],
      message: `With ${percent(prevalence.value)} positives, ${metric} of ${limit} calls at least ${percent(rate)} of the cases positive, even without a false alarm; ${work.capacity.text} of ${work.cases.text} is ${percent(capacity)}.`,
      hint: "Ask for less recall, or provide for more capacity.",
      related: [
        { at: ["evaluation", "workload", "capacity"], message: `${work.capacity.text} can be looked at` },
        { at: ["data", "label", "prevalence"], message: `${prevalence.text} are positive` },
      ],
    },
  ];
}

/** Alerts that contradict their metric, the gate, or the capacity. */
export const secondaryAlertInverted: Rule = {
  code: "MU-E118",
  slug: "secondary-alert-inverted",
  title: "An alert that contradicts another line",
  severity: "error",
  preset: "recommended",
  section: "evaluation",
  needs: "spec",
  fix: "none",
  why: "An alert on the good side of its metric never warns. One that is stricter than the gate warns of a model that was just allowed to ship, a looser one never warns, and one whose recall calls more cases positive than anybody can look at is kept by no model at all. Whoever reads such alerts learns to ignore them.",
  formula: "share called positive = recall x prevalence / precision >= recall x prevalence",
  example: {
    base: "classification",
    fails: [["{metric: recall, alert_below: 0.45}", "{metric: recall, alert_above: 0.45}"]],
    passes: [],
  },
  check({ spec }) {
    const primary = primaryThreshold(spec);
    const secondary = secondaryThresholds(spec);
    return [
      ...secondary.flatMap((threshold) => [...inverted(spec, threshold), ...unlikeGate(spec, threshold)]),
      ...[...(primary === null ? [] : [primary]), ...secondary].flatMap((t) => moreThanCapacity(spec, t)),
    ];
  },
  explain({ spec }) {
    const prevalence = spec.data?.label?.prevalence?.value;
    const recall = secondaryThresholds(spec).find((t) => t.facts.name === "recall" && t.sense === "at_least");
    if (prevalence === undefined || recall === undefined) return null;
    return `${recall.limit} x ${prevalence} = ${printed(recall.limit * prevalence)} of the cases are called positive at the least`;
  },
};
