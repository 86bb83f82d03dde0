import type { Measurement } from "../../claims/evidence.ts";
import type { Aggregate, Dimension, Groups } from "../../query/aggregate.ts";
import { groupLabels } from "../../query/labels.ts";
import type { Read } from "../../query/read.ts";
import type { Scalar } from "../../query/scalar.ts";
import { invariant } from "../../source/muster-error.ts";
import type { MetricParams } from "../../spec/evaluation-section.ts";
import { answerOf, numberIn } from "../answers.ts";
import type { Answer, Effort } from "../check.ts";
import { sumOf } from "../metrics/cells.ts";
import { type Part, splitGroups } from "../metrics/groups.ts";
import type { ClassColumn, Facts, Metric, MetricInput, Resolution } from "../metrics/metric.ts";
import { readParams } from "../metrics/params.ts";
import { metricNamed } from "../metrics/registry.ts";
import { noUnitBound } from "../metrics/resample.ts";
import { isNegative, isPositive } from "../metrics/row-conditions.ts";
import { bucketOf, type Unit, unitFacts, unitInput } from "../metrics/unit-facts.ts";
import { rowsText } from "../number-text.ts";
import { type GroupPart, groupLabel, meantParts, partOf } from "./group-part.ts";

/** One metric of one model on one table, in aggregate or for a group. */
export interface MetricSubject {
  readonly metric: string;
  readonly table: string;
  readonly label: string;
  readonly positive?: Scalar;
  /** A number that ranks rows, or the probability of the positive class. */
  readonly score?: string;
  readonly prediction?: string;
  /** Another score of the same rows, for metrics that compare two. */
  readonly baseline?: string;
  /** With `score`: what is predicted positive. */
  readonly threshold?: number;
  /** Of several classes, labels or outputs a row: the columns of each. */
  readonly scores?: readonly ClassColumn[];
  readonly labels?: readonly ClassColumn[];
  readonly predictions?: readonly ClassColumn[];
  /** The ends of each row's predicted interval. */
  readonly lower?: string;
  readonly upper?: string;
  /** How much each row counts. */
  readonly weight?: string;
  readonly time?: string;
  readonly event?: string;
  /** For ranked lists: which query a row answers, and with which document. */
  readonly query?: string;
  readonly document?: string;
  /** The metric's own parameters, where the spec gives any. */
  readonly params?: MetricParams;
  /** Which rows are of one unit, where the spec says it. */
  readonly unit?: Unit;
  /** Which rows: the groups of one subgroup, or of several crossed; absent for all rows together. */
  readonly group?: readonly GroupPart[];
  /** Only these groups are read, for each part of `group` in its order; beside them nothing is found. */
  readonly only?: readonly (readonly (string | null)[])[];
}

/**
 * Cells of scores for `quick`: an AUC of all rows is off by less than 0.0001 then. A dimension has that many cells for
 * each of its groups, so with many of them they are wider, and of pairs of scores there are as many as the square; what
 * that leaves open is read exactly.
 */
const cellsPerUnit = {
  quick: { all: 16_384, few: 16_384, pairs: 4096, groups: 1024 },
  /** With very many groups; the wider bounds leave more of them to be read exactly, and only them. */
  coarse: { all: 16_384, few: 16_384, pairs: 4096, groups: 128 },
};
/** So many groups that are known beforehand cost little more than one. */
const fewGroups = 64;

function fineness({ group = [], baseline }: MetricSubject): keyof typeof cellsPerUnit.quick {
  if (group.length === 0) return baseline === undefined ? "all" : "pairs";
  const groups = group.reduce((all, { dimension }) => all * sizeOf(dimension), 1);
  return groups <= fewGroups && baseline === undefined ? "few" : "groups";
}

/** How many groups a dimension has at most, with those of all other values and of none. */
function sizeOf(dimension: Dimension): number {
  const named = dimension.kind === "listed" || dimension.kind === "hours" || dimension.kind === "bins";
  return named ? groupLabels(dimension).length + 2 : Number.POSITIVE_INFINITY;
}

/** The metric and its input, or in words what the subject lacks. */
export function metricInput(
  subject: MetricSubject,
  effort: Effort = "exact",
): { metric: Metric; input: MetricInput } | string {
  const { metric: name, params = {}, group: _group, only: _only, unit: _unit, ...columns } = subject;
  const metric = metricNamed(name);
  if (metric === null) return `Muster does not know the metric ${name}`;
  const read = readParams(metric, params);
  if (read.kind === "wrong") return `${read.because}. ${read.hint}`;
  const resolution: Resolution =
    effort === "exact" ? { kind: "exact" } : { kind: "cells", per: cellsPerUnit[effort][fineness(subject)] };
  const input: MetricInput = { columns, params: read.params, resolution };
  const unmet = metric.unmet(input);
  return unmet ?? { metric, input };
}

/** What to read for the subject. */
export function metricAggregate(subject: MetricSubject, effort: Effort): Aggregate {
  const { metric, input } = sound(subject, effort);
  return amongOnly(subject, metric.aggregate(input, dimensionsOf(subject)));
}

function amongOnly({ group = [], only = [] }: MetricSubject, aggregate: Aggregate): Aggregate {
  const among = group.flatMap(({ dimension }, i) => {
    const keys = only[i];
    return keys === undefined ? [] : { dimension, keys };
  });
  return among.length === 0 ? aggregate : { ...aggregate, among };
}

const dimensionsOf = ({ group = [] }: MetricSubject): readonly Dimension[] =>
  group.map(({ dimension }) => dimension);

/** What files of text write where a value is missing. Beside other labels none of them is a class. */
const marks: readonly string[] = ["", " ", "NA", "N/A", "#N/A", "<NA>", "NaN", "nan", "?"];

/**
 * Counts the whole table's rows of either class; null where there are no two classes. A positive label that is misspelt
 * occurs nowhere, and a model that answers no on every row then has a splendid accuracy and log loss.
 */
function bothClassesAggregate({ metric: name, table, label, positive }: MetricSubject): Aggregate | null {
  // The label of an event is that it is one.
  if (label === "") return null;
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
  const byUnit = unitInput(metric, input, subject.unit);
  return [
    own,
    ...(classes === null ? [] : [{ kind: "aggregate", aggregate: classes } as const]),
    ...(byUnit === null || subject.unit === undefined
      ? []
      : [
          {
            ...own,
            aggregate: amongOnly(
              subject,
              metric.aggregate(byUnit, [...dimensionsOf(subject), bucketOf(subject.unit)]),
            ),
          },
        ]),
  ];
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
  const twoClasses = bothClassesAggregate(subject) !== null;
  const unitAnswer = answers[twoClasses ? 2 : 1];
  const byUnit = unitAnswer === undefined ? null : answerOf(answers, twoClasses ? 2 : 1, "aggregate").groups;
  const measured = measureGroups(subject, answerOf(answers, 0, "aggregate").groups, byUnit, effort);
  const because = twoClasses ? oneClassOnly(subject, answerOf(answers, 1, "aggregate").groups) : null;
  if (because === null) return measured;
  return measured.map((m) =>
    m.rows === 0 ? m : { ...m, value: null, undefinedBecause: because, facts: {} },
  );
}

function measureGroups(
  subject: MetricSubject,
  groups: Groups,
  byUnit: Groups | null,
  effort: Effort,
): Measurement[] {
  const { metric, input } = sound(subject, effort);
  const { group = [], unit } = subject;
  const ofUnits = byUnit === null ? [] : partsOf(byUnit, group.length);
  const facts = (keys: Part["keys"]): Facts => {
    const own = unitInput(metric, input, unit);
    if (own === null || unit === undefined) {
      return metric.resampled?.(input) === true
        ? noUnitBound("it needs the units to resample by (data.evaluation.unit_id)")
        : {};
    }
    return unitFacts(metric, own, unit, partOf(ofUnits, keys)?.cells ?? null);
  };
  if (group.length === 0) return [finish(metric, input, "overall", { keys: [], cells: groups }, facts)];
  return meantParts(group, partsOf(groups, group.length)).map(({ keys, part }) => {
    const label = groupLabel(group, keys);
    return part === null ? noRows(label) : finish(metric, input, label, part, facts);
  });
}

const split = new WeakMap<Groups, readonly Part[]>();

/** Claims on groups of one dimension share one answer; it is split once for all of them. */
function partsOf(groups: Groups, depth: number): readonly Part[] {
  const known = split.get(groups);
  if (known !== undefined) return known;
  const parts = splitGroups(groups, depth);
  split.set(groups, parts);
  return parts;
}

function finish(
  metric: Metric,
  input: MetricInput,
  label: string,
  part: Part,
  more: (keys: Part["keys"]) => Facts,
): Measurement {
  const result = metric.finish(input, part.cells);
  if (result.kind === "classes") {
    return { label, value: null, undefinedBecause: "it has one value a class", rows: result.rows, facts: {} };
  }
  const { rows, facts } = result;
  if (result.kind === "value") {
    const all = { ...facts, ...classRows(part.cells, facts), ...more(part.keys) };
    return { label, value: result.value, rows, facts: all };
  }
  return { label, value: null, undefinedBecause: result.because, rows, facts };
}

/** Rows of the rarer of two classes, where cells or facts tell them; what a group needs some of to be judged. */
function classRows(cells: Groups, facts: Facts): Facts {
  const isTable = Object.hasOwn(cells.values, "tp");
  const positives = isTable ? sumOf(cells, "tp") + sumOf(cells, "fn") : facts.positives;
  const negatives = isTable ? sumOf(cells, "fp") + sumOf(cells, "tn") : facts.negatives;
  return positives === undefined || negatives === undefined
    ? {}
    : { rarer_class: Math.min(positives, negatives) };
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
