import { metricNamed } from "../../checks/metrics/registry.ts";
import { type MetricPromise, metricHolds } from "../../checks/release/metric-holds.ts";
import type { MetricSubject } from "../../checks/release/metric-subject.ts";
import { positiveWorkload } from "../../checks/release/positive-workload.ts";
import { other } from "../../query/aggregate.ts";
import type { EvaluationSection, PrimaryMetric, SecondaryMetric } from "../../spec/evaluation-section.ts";
import type { Spec } from "../../spec/spec.ts";
import type { ClaimWriter } from "./claim-writer.ts";
import { crossedGroups, type Group, groupsOf, isNamedOther, undeclaredOf } from "./groups.ts";
import { compileJudged, compileJudgedAlert } from "./judged.ts";
import { metricSubject } from "./measured-subject.ts";
import { columnsPath, named, words } from "./metric-words.ts";
import { modelColumn, tables } from "./tables.ts";

const section = "evaluation";

/** The primary metric as the checks see it, or in a sentence why it cannot be measured. */
export function primaryMetric(spec: Spec): (MetricPromise & { readonly subject: MetricSubject }) | string {
  const primary = spec.evaluation?.primary;
  if (spec.evaluation === undefined || primary === undefined)
    return "the evaluation section names no primary metric";
  const limit = primary.at_least ?? primary.at_most;
  if (limit === undefined) return "the primary metric has no threshold";
  const subject = metricSubject(spec, primary);
  if (typeof subject === "string") return subject;
  const better = metricNamed(primary.metric)?.direction;
  if (better === (primary.at_least === undefined ? "higher" : "lower")) {
    const right = better === "higher" ? "at_least" : "at_most";
    return `${primary.metric} is better the ${better} it is, so only ${right} promises something`;
  }
  return {
    subject,
    metric: primary.metric,
    sense: primary.at_least === undefined ? "at_most" : "at_least",
    limit,
    decideBy: spec.evaluation.decide_by,
    confidence: spec.evaluation.confidence.value,
    ...(spec.evaluation.plan === undefined
      ? {}
      : { plan: { expected: spec.evaluation.plan.expected, power: spec.evaluation.plan.power.value } }),
    ...(spec.evaluation.reuse === undefined ? {} : { reuse: spec.evaluation.reuse }),
  };
}

/** Section 4. The primary metric's threshold is one claim in aggregate and one for each declared subgroup. */
export function compileEvaluation(spec: Spec, writer: ClaimWriter): void {
  const { evaluation } = spec;
  if (evaluation?.primary !== undefined) compilePrimary(spec, evaluation.primary, writer);
  evaluation?.secondary?.forEach((secondary, i) => {
    compileSecondary(spec, evaluation, secondary, i, writer);
  });
  compileWorkload(spec, writer);
  compileBeside(spec, writer);
}

/** Of so many cases no more are called positive than people can look at. */
function compileWorkload(spec: Spec, writer: ClaimWriter): void {
  const { evaluation, data, contract } = spec;
  if (evaluation?.workload === undefined) return;
  const { cases, capacity } = evaluation.workload;
  const line = {
    section,
    stage: "release",
    at: ["evaluation", "workload"],
    path: "evaluation.workload",
    says: `Of ${cases.text} cases at most ${capacity.text} are called positive`,
  } as const;
  const positive = data?.label?.positive;
  const decided = contract?.outputs.find(({ decide }) => decide !== undefined);
  const named = contract?.outputs.find(({ type }) => type === "label");
  const answer =
    decided?.decide !== undefined
      ? { score: modelColumn(decided.name), threshold: decided.decide.at }
      : named !== undefined && positive !== undefined
        ? { prediction: modelColumn(named.name), positive }
        : null;
  if (data?.evaluation === undefined) writer.open(line, "the data section names no evaluation table");
  else if (answer === null)
    writer.open(line, "no output of the contract says what is called positive (decide)");
  else {
    const day = 86_400;
    writer.decided(
      line,
      positiveWorkload,
      { table: tables.scored, ...answer },
      {
        cases: cases.perSecond * day,
        capacity: capacity.perSecond * day,
        confidence: evaluation.confidence.value,
        decideBy: evaluation.decide_by,
      },
    );
  }
}

/** Each alert is a claim of its own. It fires on what was seen, not on what is certain; the interval stands beside it. */
function compileSecondary(
  spec: Spec,
  { confidence }: EvaluationSection,
  secondary: SecondaryMetric,
  i: number,
  writer: ClaimWriter,
): void {
  const { metric, alert_below: below, alert_above: above } = secondary;
  const both = below !== undefined && above !== undefined;
  const line = (says: string, key: string) =>
    ({
      section,
      stage: "live",
      at: ["evaluation", "secondary", i],
      path: `evaluation.secondary.${metric}${columnsPath(secondary)}${both ? `.${key}` : ""}`,
      says: `${named(spec, secondary)} ${says} (an alert, never ship or no-ship)`,
    }) as const;
  const subject = metricSubject(spec, secondary);
  const add = (sense: "at_least" | "at_most", limit: number | undefined, key: string): void => {
    if (limit === undefined) return;
    const here = line(`stays ${words(sense)} ${limit}`, key);
    if (secondary.judge !== undefined) {
      const promise = { sense, limit, decideBy: "point", confidence: confidence.value } as const;
      compileJudgedAlert(spec, secondary, here, promise, writer);
    } else if (typeof subject === "string") writer.open(here, subject);
    else {
      const promise = { metric, sense, limit, decideBy: "point", confidence: confidence.value } as const;
      writer.decided(here, metricHolds, subject, promise);
    }
  };
  add("at_least", below, "alert_below");
  add("at_most", above, "alert_above");
  if (below === undefined && above === undefined)
    writer.open(line("is watched", ""), "it has no alert threshold");
}

/** Looked at by people, or by nothing yet: open, and never before serving. */
function compileBeside({ evaluation }: Spec, writer: ClaimWriter): void {
  const line = (key: string, says: string) =>
    ({ section, stage: "live", at: ["evaluation", key], path: `evaluation.${key}`, says }) as const;
  if (evaluation?.human_rating !== undefined) {
    const says = `People rate outputs: ${evaluation.human_rating}`;
    writer.open(line("human_rating", says), "nothing collects ratings yet");
  }
}

function compilePrimary(spec: Spec, metric: PrimaryMetric, writer: ClaimWriter): void {
  if (metric.judge !== undefined) {
    compileJudged(spec, metric, writer);
    return;
  }
  const primary = primaryMetric(spec);
  const required =
    typeof primary === "string" ? "meets its threshold" : `is ${words(primary.sense)} ${primary.limit}`;
  const add = (group: Group | null): void => {
    const where = group === null ? " in aggregate" : ` ${group.says}`;
    const line = {
      section,
      stage: "release",
      at: group?.at ?? ["evaluation", "primary"],
      path: `evaluation.primary${group?.path ?? ""}`,
      says: `${named(spec, metric)} ${required}${where}`,
    } as const;
    if (typeof primary === "string") writer.open(line, primary);
    else if (group !== null && isNamedOther(group))
      writer.open(line, `a group cannot be told apart by the name ${other}`);
    else {
      const { subject, ...promise } = primary;
      const rows = group === null ? {} : { group: group.parts };
      writer.decided(line, metricHolds, { ...subject, ...rows }, promise);
    }
  };
  add(null);
  const { subgroups = [], intersections = [] } = spec.evaluation ?? {};
  for (const [i, subgroup] of subgroups.entries()) for (const group of groupsOf(subgroup, i)) add(group);
  for (const [i, names] of intersections.entries()) {
    const groups = spec.evaluation === undefined ? [] : crossedGroups(spec.evaluation, i);
    if (typeof groups !== "string") for (const group of groups) add(group);
    else {
      const path = `evaluation.intersections.${names.join(" x ")}`;
      const says = `${named(spec, metric)} ${required} where ${names.join(" and ")} cross`;
      writer.open({ section, stage: "release", at: ["evaluation", "intersections", i], path, says }, groups);
    }
  }
  for (const [i, subgroup] of subgroups.entries()) {
    const rest = undeclaredOf(subgroup, i);
    if (rest === null) continue;
    const line = {
      section,
      stage: "live",
      at: rest.at,
      path: `evaluation.subgroups.${subgroup.by}`,
      says: `${named(spec, metric)} ${required} ${rest.says} (reported, never ship or no-ship)`,
    } as const;
    if (typeof primary === "string") writer.open(line, primary);
    else {
      const { subject, ...promise } = primary;
      writer.decided(line, metricHolds, { ...subject, group: rest.parts }, { ...promise, absent: "kept" });
    }
  }
}
