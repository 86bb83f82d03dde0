import type { Measurement } from "../../claims/evidence.ts";
import type { Aggregate, Dimension, Groups } from "../../query/aggregate.ts";
import type { Scalar } from "../../query/scalar.ts";
import { invariant } from "../../source/muster-error.ts";
import type { Effort } from "../check.ts";
import { type Part, splitGroups } from "../metrics/groups.ts";
import type { Metric, MetricInput, Resolution } from "../metrics/metric.ts";
import { readParams } from "../metrics/params.ts";
import { metricNamed } from "../metrics/registry.ts";

/** One metric of one model on one table, in aggregate or for a group. */
export interface MetricSubject {
  readonly metric: string;
  readonly table: string;
  readonly label: string;
  readonly positive?: Scalar;
  /** A number that ranks rows, or the probability of the positive class. */
  readonly score?: string;
  readonly prediction?: string;
  /** With `score`: what is predicted positive. */
  readonly threshold?: number;
  /** The metric's own parameters, where the spec gives any. */
  readonly params?: Readonly<Record<string, string | number>>;
  /** What the rows are grouped by, and its name in the spec; absent for all rows together. */
  readonly dimension?: Dimension;
  readonly by?: string;
  /** Which group; null for every group that occurs. */
  readonly key?: string | null;
}

/** Cells of scores for `quick`: an AUC is off by less than 0.0001 then, at a tenth of the cells. */
const cellsPerUnit = 16_384;

/** The metric and its input, or in words what the subject lacks. */
export function metricInput(
  subject: MetricSubject,
  effort: Effort = "exact",
): { metric: Metric; input: MetricInput } | string {
  const { metric: name, params = {}, dimension: _dimension, by: _by, key: _key, ...columns } = subject;
  const metric = metricNamed(name);
  if (metric === null) return `Muster does not know the metric ${name}`;
  const read = readParams(metric, params);
  if (read.kind === "wrong") return `${read.because}. ${read.hint}`;
  const resolution: Resolution =
    effort === "exact" ? { kind: "exact" } : { kind: "cells", per: cellsPerUnit };
  const input: MetricInput = { columns, params: read.params, resolution };
  const unmet = metric.unmet(input);
  return unmet ?? { metric, input };
}

/** What to read for the subject. */
export function metricAggregate(subject: MetricSubject, effort: Effort): Aggregate {
  const { metric, input } = sound(subject, effort);
  return metric.aggregate(input, subject.dimension === undefined ? [] : [subject.dimension]);
}

/** The metric of the subject's group, or of each group; a group that does not occur is measured as no rows. */
export function measureMetric(subject: MetricSubject, groups: Groups, effort: Effort): Measurement[] {
  const { metric, input } = sound(subject, effort);
  const { dimension, key } = subject;
  if (dimension === undefined) {
    const [all] = splitGroups(groups, 0);
    return [all === undefined ? noRows("overall") : finish(metric, input, "overall", all)];
  }
  const label = (k: Part["keys"][number] | undefined): string =>
    `${subject.by ?? dimension.kind}=${k ?? "(missing)"}`;
  const parts = partsOf(groups);
  if (key === undefined || key === null) return parts.map((p) => finish(metric, input, label(p.keys[0]), p));
  const part = parts.find((p) => p.keys[0] === key);
  return [part === undefined ? noRows(label(key)) : finish(metric, input, label(key), part)];
}

const split = new WeakMap<Groups, readonly Part[]>();

/** Claims on groups of one dimension share one answer; it is split once for all of them. */
function partsOf(groups: Groups): readonly Part[] {
  const known = split.get(groups);
  if (known !== undefined) return known;
  const parts = splitGroups(groups, 1);
  split.set(groups, parts);
  return parts;
}

function finish(metric: Metric, input: MetricInput, label: string, part: Part): Measurement {
  const result = metric.finish(input, part.cells);
  if (result.kind === "classes") {
    return { label, value: null, undefinedBecause: "it has one value a class", rows: result.rows, facts: {} };
  }
  const { rows, facts } = result;
  if (result.kind === "value") return { label, value: result.value, rows, facts };
  return { label, value: null, undefinedBecause: result.because, rows, facts };
}

const noRows = (label: string): Measurement => ({
  label,
  value: null,
  undefinedBecause: "no row of the data falls into it",
  rows: 0,
  facts: {},
});

function sound(subject: MetricSubject, effort: Effort): { metric: Metric; input: MetricInput } {
  const found = metricInput(subject, effort);
  invariant(typeof found !== "string", `compile let an unsound metric through: ${found}`);
  return found;
}
