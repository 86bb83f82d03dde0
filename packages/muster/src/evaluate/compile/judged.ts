import { type JudgedPromise, type JudgedSubject, judgedHolds } from "../../checks/release/judged-holds.ts";
import { judgeId } from "../../judge/rubric.ts";
import type { JudgedGroup } from "../../query/read.ts";
import type { Judge, MetricOptions, PrimaryMetric } from "../../spec/evaluation-section.ts";
import type { Spec } from "../../spec/spec.ts";
import type { ClaimWriter } from "./claim-writer.ts";
import { crossedGroups, type Group, groupsOf } from "./groups.ts";
import { named, words } from "./metric-words.ts";
import { modelColumn, tables } from "./tables.ts";

type JudgedMetric = MetricOptions & { readonly metric: string };

/** All that it takes to ask a judge; what stands in the way in words, where something is not said. */
export interface CompleteJudge {
  readonly id: string;
  /** As its address calls it. */
  readonly model: string;
  readonly address: string;
  readonly key?: string;
  readonly rubric: string;
  readonly scale: readonly number[];
  readonly passAt: number;
  readonly rated: NonNullable<Judge["rated"]>;
}

export function completeJudge(judge: Judge): CompleteJudge | string {
  const { address, rubric, scale, pass_at: passAt, rated, key } = judge;
  if (
    address === undefined ||
    rubric === undefined ||
    scale === undefined ||
    passAt === undefined ||
    rated === undefined
  ) {
    const lacking = Object.entries({ address, rubric, scale, pass_at: passAt, rated })
      .filter(([, value]) => value === undefined)
      .map(([name]) => `judge.${name}`);
    return `nobody can ask ${judge.model} without ${lacking.join(", ")}`;
  }
  const model =
    judge.called ?? (judge.version === undefined ? judge.model : `${judge.model}-${judge.version}`);
  const id = judgeId({ model, rubric, scale });
  return { id, model, address, rubric, scale, passAt, rated, ...(key === undefined ? {} : { key }) };
}

/**
 * What a metric that a judge model gives is measured on, for all groups of rows at once so that the judge is asked once
 * about each row; in words why it cannot be.
 */
function judgedSubject(
  spec: Spec,
  { metric, judge }: JudgedMetric,
  groups: readonly Group[],
): ((group: Group | null) => JudgedSubject | string) | string {
  if (judge === undefined) return `${metric} is given by no judge`;
  const complete = completeJudge(judge);
  if (typeof complete === "string") return complete;
  if (spec.data?.evaluation === undefined) return "the data section names no evaluation table";
  const output = spec.contract?.outputs.find(({ type }) => type === "text");
  if (output === undefined) return "a judge reads an output of type text, and the contract has none";
  const { question, reference, answer = output.name } = judge.columns ?? {};
  const beside = {
    ...(question === undefined ? {} : { question }),
    ...(reference === undefined ? {} : { reference }),
  };
  const { id, model, scale, passAt, rated } = complete;
  const known = groups.map(judgedGroup).filter((group): group is readonly JudgedGroup[] => group !== null);
  const shared = {
    metric,
    table: tables.scored,
    columns: { answer: modelColumn(output.name), ...beside },
    judge: id,
    model,
    ...(judge.id === undefined ? {} : { pinned: judge.id }),
    scale,
    passAt,
    rated: {
      table: tables.rated(rated.path),
      columns: { answer, ...beside },
      raters: rated.raters,
      by: rated.by ?? [],
    },
    ...(judge.anchors === undefined
      ? {}
      : { anchors: { table: tables.rated(judge.anchors.path), score: judge.anchors.score } }),
    limits: judge.limits ?? {},
    confidence: spec.evaluation?.confidence.value ?? 0.95,
    groups: known,
  };
  return (group) => {
    const own = group === null ? null : judgedGroup(group);
    return group !== null && own === null
      ? "a judge's groups are listed values of a column: of hours, bins, parts of a datetime and whatever occurs there are none yet"
      : { ...shared, group: own };
  };
}

/** A group by listed values of columns; null for any other. */
function judgedGroup({ parts }: Group): readonly JudgedGroup[] | null {
  const found = parts.flatMap(({ dimension, keys }): readonly JudgedGroup[] => {
    const [value] = "only" in keys ? keys.only : [];
    return dimension.kind === "listed" && value !== undefined ? [{ column: dimension.column, value }] : [];
  });
  return found.length === parts.length ? found : null;
}

const section = "evaluation";

/** A threshold on what a judge model says, in aggregate and for each declared group. */
export function compileJudged(spec: Spec, metric: PrimaryMetric, writer: ClaimWriter): void {
  const {
    subgroups = [],
    intersections = [],
    decide_by: decideBy = "lower_bound",
    confidence,
  } = spec.evaluation ?? {};
  const crossed = intersections.flatMap((_, i): readonly Group[] => {
    const found = spec.evaluation === undefined ? [] : crossedGroups(spec.evaluation, i);
    if (typeof found !== "string") return found;
    const at = ["evaluation", "intersections", i];
    const says = `${metric.metric} where ${intersections[i]?.join(" and ")} cross`;
    const path = `evaluation.intersections.${intersections[i]?.join(" x ")}`;
    writer.open({ section, stage: "release", at, path, says }, found);
    return [];
  });
  const groups = [...subgroups.flatMap(groupsOf), ...crossed];
  const promise = judgedPromise(metric, decideBy, confidence?.value ?? 0.95);
  const subjects = judgedSubject(spec, metric, groups);
  const required =
    typeof promise === "string" ? "meets its threshold" : `is ${words(promise.sense)} ${promise.limit}`;
  for (const group of [null, ...groups]) {
    const line = {
      section,
      stage: "release",
      at: group?.at ?? ["evaluation", "primary"],
      path: `evaluation.primary${group?.path ?? ""}`,
      says: `${named(spec, metric)}, as ${metric.judge?.model} judges it, ${required}${group === null ? " in aggregate" : ` ${group.says}`}`,
    } as const;
    const subject = typeof subjects === "string" ? subjects : subjects(group);
    if (typeof promise === "string") writer.open(line, promise);
    else if (typeof subject === "string") writer.open(line, subject);
    else writer.decided(line, judgedHolds, subject, promise);
  }
}

/** The same as an alert on all rows. */
export function compileJudgedAlert(
  spec: Spec,
  metric: JudgedMetric,
  line: Parameters<ClaimWriter["open"]>[0],
  promise: JudgedPromise,
  writer: ClaimWriter,
): void {
  const subjects = judgedSubject(spec, metric, []);
  const subject = typeof subjects === "string" ? subjects : subjects(null);
  if (typeof subject === "string") writer.open(line, subject);
  else writer.decided(line, judgedHolds, subject, promise);
}

/** The threshold as the check sees it, or in words why there is none. */
function judgedPromise(
  { at_least: least, at_most: most }: { readonly at_least?: number; readonly at_most?: number },
  decideBy: JudgedPromise["decideBy"],
  confidence: number,
): JudgedPromise | string {
  const limit = least ?? most;
  if (limit === undefined) return "the metric has no threshold";
  return { sense: least === undefined ? "at_most" : "at_least", limit, decideBy, confidence };
}
