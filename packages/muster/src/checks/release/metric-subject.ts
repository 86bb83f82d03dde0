import type { Measurement } from "../../claims/evidence.ts";
import type { Aggregate, Dimension, Groups } from "../../query/aggregate.ts";
import type { Read } from "../../query/read.ts";
import type { Scalar } from "../../query/scalar.ts";
import { invariant } from "../../source/muster-error.ts";
import { answerOf, numberIn } from "../answers.ts";
import type { Answer, Effort } from "../check.ts";
import { type Part, splitGroups } from "../metrics/groups.ts";
import type { Metric, MetricInput, Resolution } from "../metrics/metric.ts";
import { readParams } from "../metrics/params.ts";
import { metricNamed } from "../metrics/registry.ts";
import { isNegative, isPositive } from "../metrics/row-conditions.ts";
import { rowsText } from "../number-text.ts";

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
  /** Only these groups are read, beside which `key` finds nothing. */
  readonly only?: readonly (string | null)[];
}

/**
 * Cells of scores for `quick`: an AUC of all rows is off by less than 0.0001 then. A dimension has that many cells for
 * each of its groups, so there they are wider; what that leaves open is read exactly.
 */
const cellsPerUnit = { all: 16_384, groups: 1024 };

/** The metric and its input, or in words what the subject lacks. */
export function metricInput(
  subject: MetricSubject,
  effort: Effort = "exact",
): { metric: Metric; input: MetricInput } | string {
  const { metric: name, params = {}, dimension, by: _by, key: _key, only: _only, ...columns } = subject;
  const metric = metricNamed(name);
  if (metric === null) return `Muster does not know the metric ${name}`;
  const read = readParams(metric, params);
  if (read.kind === "wrong") return `${read.because}. ${read.hint}`;
  const resolution: Resolution =
    effort === "exact"
      ? { kind: "exact" }
      : { kind: "cells", per: cellsPerUnit[dimension === undefined ? "all" : "groups"] };
  const input: MetricInput = { columns, params: read.params, resolution };
  const unmet = metric.unmet(input);
  return unmet ?? { metric, input };
}

/** What to read for the subject. */
export function metricAggregate(subject: MetricSubject, effort: Effort): Aggregate {
  const { metric, input } = sound(subject, effort);
  const { dimension, only } = subject;
  if (dimension === undefined) return metric.aggregate(input, []);
  const aggregate = metric.aggregate(input, [dimension]);
  return only === undefined ? aggregate : { ...aggregate, among: [{ dimension, keys: only }] };
}

/** What files of text write where a value is missing. Beside other labels none of them is a class. */
const marks: readonly string[] = ["", " ", "NA", "N/A", "#N/A", "<NA>", "NaN", "nan", "?"];

/**
 * Counts the whole table's rows of either class; null where there are no two classes. A positive label that is misspelt
 * occurs nowhere, and a model that answers no on every row then has a splendid accuracy and log loss.
 */
function bothClassesAggregate({ metric: name, table, label, positive }: MetricSubject): Aggregate | null {
  if (positive === undefined || metricNamed(name)?.outputs.every((type) => type === "number")) return null;
  const columns = { table, label, positive };
  return {
    table,
    by: [],
    values: {
      positives: { fn: "count", where: isPositive(columns) },
      negatives: { fn: "count", where: isNegative(columns) },
      marks: { fn: "count", where: { kind: "one_of", column: label, values: marks } },
    },
  };
}

/** What is wrong with the labels of the whole table, from the answer to `bothClassesAggregate`; null when nothing. */
function oneClassOnly({ label, positive }: MetricSubject, groups: Groups): string | null {
  const positives = numberIn(groups, "positives");
  const negatives = numberIn(groups, "negatives");
  const marked = numberIn(groups, "marks");
  if (positives === 0 && negatives > 0)
    return `no row of the data has ${label} = ${positive}, the positive label`;
  if (negatives === 0 && positives > 0)
    return `every row of the data has ${label} = ${positive}, the positive label`;
  if (marked > 0 && marked < negatives && !marks.includes(String(positive))) {
    return `${rowsText(marked)} of the data ${marked === 1 ? "has" : "have"} a mark for nothing as ${label}, which would count as negative`;
  }
  return null;
}

/** The reads of a metric: its own and, where there are two classes, the rows of each. */
export function metricReads(subject: MetricSubject, effort: Effort): readonly Read[] {
  const { metric, input } = sound(subject, effort);
  const derive = metric.derive?.(input) ?? [];
  const own: Read = {
    kind: "aggregate",
    aggregate: metricAggregate(subject, effort),
    ...(derive.length === 0 ? {} : { derive }),
  };
  const classes = bothClassesAggregate(subject);
  return classes === null ? [own] : [own, { kind: "aggregate", aggregate: classes }];
}

/**
 * The metric of the subject's group, or of each group, from the answers to `metricReads`; a group that does not occur
 * is measured as no rows, and labels of one class only leave it undefined.
 */
export function measureMetric(
  subject: MetricSubject,
  answers: readonly Answer[],
  effort: Effort,
): Measurement[] {
  const measured = measureGroups(subject, answerOf(answers, 0, "aggregate").groups, effort);
  if (bothClassesAggregate(subject) === null) return measured;
  const because = oneClassOnly(subject, answerOf(answers, 1, "aggregate").groups);
  if (because === null) return measured;
  return measured.map((m) =>
    m.rows === 0 ? m : { ...m, value: null, undefinedBecause: because, facts: {} },
  );
}

function measureGroups(subject: MetricSubject, groups: Groups, effort: Effort): Measurement[] {
  const { metric, input } = sound(subject, effort);
  const { dimension, key } = subject;
  if (dimension === undefined) {
    const [all] = splitGroups(groups, 0);
    return [all === undefined ? noRows("overall") : finish(metric, input, "overall", all)];
  }
  const label = (k: Part["keys"][number] | undefined): string => groupLabel(subject, k ?? null);
  const parts = partsOf(groups);
  if (key === undefined || key === null) return parts.map((p) => finish(metric, input, label(p.keys[0]), p));
  const part = parts.find((p) => p.keys[0] === key);
  return [part === undefined ? noRows(label(key)) : finish(metric, input, label(key), part)];
}

/** What a group of the subject's dimension is called in evidence. */
export function groupLabel({ by, dimension }: MetricSubject, key: string | number | null): string {
  return `${by ?? dimension?.kind}=${key ?? "(missing)"}`;
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
