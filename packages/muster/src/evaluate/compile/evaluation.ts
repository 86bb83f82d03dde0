import { metricNamed } from "../../checks/metrics/registry.ts";
import { type MetricPromise, metricHolds } from "../../checks/release/metric-holds.ts";
import { type MetricSubject, metricInput } from "../../checks/release/metric-subject.ts";
import { type Dimension, other } from "../../query/aggregate.ts";
import { binLabel } from "../../query/labels.ts";
import type {
  EvaluationSection,
  MetricOptions,
  PrimaryMetric,
  SecondaryMetric,
  Spec,
  Subgroup,
} from "../../spec/spec.ts";
import type { ClaimWriter } from "./claim-writer.ts";
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
  };
}

/** Section 4. The primary metric's threshold is one claim in aggregate and one for each declared subgroup. */
export function compileEvaluation(spec: Spec, writer: ClaimWriter): void {
  const { evaluation } = spec;
  if (evaluation?.primary !== undefined) compilePrimary(spec, evaluation.primary, writer);
  evaluation?.secondary?.forEach((secondary, i) => {
    compileSecondary(spec, evaluation, secondary, i, writer);
  });
  compileBeside(spec, writer);
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
      path: `evaluation.secondary.${metric}${both ? `.${key}` : ""}`,
      says: `${named(secondary)} ${says} (an alert, never ship or no-ship)`,
    }) as const;
  const subject = metricSubject(spec, secondary);
  const add = (sense: "at_least" | "at_most", limit: number | undefined, key: string): void => {
    if (limit === undefined) return;
    const here = line(`stays ${words(sense)} ${limit}`, key);
    if (typeof subject === "string") writer.open(here, subject);
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
  if (evaluation?.intersections !== undefined) {
    const crossed = evaluation.intersections.map((names) => names.join(" x ")).join(", ");
    writer.open(line("intersections", `${crossed} are looked at crossed`), "no check crosses subgroups yet");
  }
  if (evaluation?.workload !== undefined) {
    const { cases, capacity } = evaluation.workload;
    const says = `Of ${cases.text} cases at most ${capacity.text} are called positive`;
    writer.open(line("workload", says), "nothing counts what is called positive yet");
  }
  if (evaluation?.human_rating !== undefined) {
    const says = `People rate outputs: ${evaluation.human_rating}`;
    writer.open(line("human_rating", says), "nothing collects ratings yet");
  }
}

function compilePrimary(spec: Spec, metric: PrimaryMetric, writer: ClaimWriter): void {
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
      says: `${named(metric)} ${required}${where}`,
    } as const;
    if (typeof primary === "string") writer.open(line, primary);
    // The engine's name for all rows outside of the declared groups: the claim would be measured on them.
    else if (group?.key === other) writer.open(line, `a group cannot be told apart by the name ${other}`);
    else {
      const { subject, ...promise } = primary;
      const by = group === null ? {} : { dimension: group.dimension, by: group.by, key: group.key };
      writer.decided(line, metricHolds, { ...subject, ...by }, promise);
    }
  };
  add(null);
  spec.evaluation?.subgroups?.forEach((subgroup, i) => {
    for (const group of groupsOf(subgroup, i)) add(group);
  });
}

interface Group {
  readonly by: string;
  readonly dimension: Dimension;
  /** Null: every group that the dimension finds. */
  readonly key: string | null;
  readonly at: readonly (string | number)[];
  readonly path: string;
  readonly says: string;
}

export function groupsOf(subgroup: Subgroup, i: number): readonly Group[] {
  const { by, from, values, hours, bins } = subgroup;
  const column = from ?? by;
  const at = ["evaluation", "subgroups", i];
  const group = (
    dimension: Dimension,
    key: string,
    rest: readonly (string | number)[],
    says: string,
  ): Group => ({
    by,
    dimension,
    key,
    at: [...at, ...rest],
    path: `[${by}=${key}]`,
    says,
  });
  if (values !== undefined) {
    const dimension: Dimension = { kind: "listed", column, values };
    return values.map((v, k) => group(dimension, String(v), ["values", k], `where ${by} is ${v}`));
  }
  if (hours !== undefined) {
    const ranges = Object.entries(hours).map(([name, [start, end]]) => ({ name, from: start, to: end }));
    const dimension: Dimension = { kind: "hours", column, ranges };
    return ranges.map(({ name, from: start, to }) =>
      group(dimension, name, ["hours", name], `where ${by} is ${name} (${start} to ${to} h)`),
    );
  }
  if (bins !== undefined) {
    const dimension: Dimension = { kind: "bins", column, edges: bins };
    return bins.slice(1).map((_, k) => {
      const key = binLabel(bins, k);
      return group(dimension, key, ["bins", k], `where ${by} is in ${key}`);
    });
  }
  return [
    {
      by,
      dimension: { kind: "values", column },
      key: null,
      at,
      path: `[${by}]`,
      says: `for every ${by} in the data`,
    },
  ];
}

/** What to measure on the evaluation data, or in a sentence why it cannot be. */
function metricSubject(
  spec: Spec,
  { metric: name, k, beta, average, scale, sql, per, judge }: MetricOptions & { readonly metric: string },
): MetricSubject | string {
  if (judge !== undefined) return `no check asks a judging model (${judge.model}) yet`;
  if (spec.data?.evaluation === undefined) return "the data section names no evaluation table";
  const label = spec.data.label;
  if (label === undefined) return "the data section names no label column";
  const metric = metricNamed(name);
  if (metric === null) return `Muster does not know the metric ${name}`;
  const output = spec.contract?.outputs.find(({ type }) => metric.outputs.includes(type));
  if (output === undefined) {
    const [last = "", ...others] = [...metric.outputs].reverse();
    const kinds = others.length === 0 ? last : `${others.reverse().join(", ")} or ${last}`;
    return `${name} judges an output of type ${kinds}, and the contract has none`;
  }
  const column = modelColumn(output.name);
  const scored = output.type === "probability" || output.type === "score";
  const params = {
    ...(k === undefined ? {} : { k }),
    ...(beta === undefined ? {} : { beta }),
    ...(average === undefined ? {} : { average }),
    ...(scale === undefined ? {} : { scale }),
    ...(sql === undefined ? {} : { sql }),
    ...(per === undefined ? {} : { per }),
  };
  const subject: MetricSubject = {
    metric: name,
    table: tables.scored,
    label: label.column,
    ...(label.positive === undefined ? {} : { positive: label.positive }),
    ...(scored ? { score: column } : { prediction: column }),
    ...(scored && output.decide !== undefined ? { threshold: output.decide.at } : {}),
    ...(Object.keys(params).length === 0 ? {} : { params }),
  };
  const sound = metricInput(subject);
  return typeof sound === "string" ? sound : subject;
}

const words = (sense: "at_least" | "at_most"): string => sense.replace("_", " ");

/** The metric with what its name leaves open: `fbeta (beta 2)`. */
function named(options: MetricOptions & { readonly metric: string }): string {
  const { metric, k, beta, average, scale, sql, per } = options;
  const given = Object.entries({ k, beta, average, scale, sql, per }).filter(
    ([, value]) => value !== undefined,
  );
  return given.length === 0
    ? metric
    : `${metric} (${given.map(([key, value]) => `${key} ${value}`).join(", ")})`;
}
