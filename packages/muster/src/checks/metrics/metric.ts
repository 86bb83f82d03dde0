import type { Aggregate, Dimension, Groups } from "../../query/aggregate.ts";
import type { Derivation } from "../../query/derivation.ts";
import type { Scalar } from "../../query/scalar.ts";
import type { OutputType } from "../../spec/contract-section.ts";
import type { MetricParts } from "../../spec/metric-part.ts";
import type { Interval, Side } from "../../stats/interval.ts";
import type { ParamSpec, Params } from "./params.ts";

/** A class (or output) with the column that says something of it. */
export interface ClassColumn {
  readonly class: Scalar;
  readonly column: string;
}

/** Which columns of a table play which part. */
export interface MetricColumns {
  readonly table: string;
  /** The truth. */
  readonly label: string;
  /** The label's value that counts as positive; all other labels count as negative then. */
  readonly positive?: Scalar;
  /** A number that ranks rows, or the probability of the positive class (of the predicted one, for top labels). */
  readonly score?: string;
  /** For more than two classes, or several labels a row: the column of each class's probability or score. */
  readonly scores?: readonly ClassColumn[];
  /**
   * Several labels a row: the column of each class, which is 1 where the row has it and 0 where it has not. Of
   * predicted numbers: the true column of each output. `label` is not read then.
   */
  readonly labels?: readonly ClassColumn[];
  /** The predicted counterparts of `labels`, by the same classes (or outputs). */
  readonly predictions?: readonly ClassColumn[];
  /** The predicted class or number. */
  readonly prediction?: string;
  /** Predicts positive where `score >= threshold`, in place of a prediction column. */
  readonly threshold?: number;
  /** What the score has to beat: another score of the same rows. */
  readonly baseline?: string;
  /** The ends of each row's predicted interval. */
  readonly lower?: string;
  readonly upper?: string;
  /** When a row was: a date or time. */
  readonly time?: string;
  /** Which event a row belongs to; missing for rows outside of all events. */
  readonly event?: string;
  /** How much each row counts: a number from 0 up. */
  readonly weight?: string;
  /** For ranked lists: which query the row answers. */
  readonly query?: string;
  /** For ranked lists: the id of the document, which orders results of equal score. */
  readonly document?: string;
}

/**
 * How finely scores are read: each distinct score by itself, or equal-width cells of 1/per. Cells cost the same for
 * any number of rows, and the metric then says how far it may be off (`half_width` among its facts).
 */
export type Resolution = { readonly kind: "exact" } | { readonly kind: "cells"; readonly per: number };

/** All that a metric is measured by. `params` come from `readParams` of the same metric. */
export interface MetricInput {
  readonly columns: MetricColumns;
  readonly params: Params;
  readonly resolution: Resolution;
}

/** Sufficient statistics, all finite, so that they can be stored and bounds be taken from them at any confidence. */
export type Facts = Readonly<Record<string, number>>;

export interface MetricValue {
  readonly kind: "value";
  readonly value: number;
  /** Rows that the value was computed from: those with a label. */
  readonly rows: number;
  readonly facts: Facts;
}

export interface MetricUndefined {
  readonly kind: "undefined";
  readonly because: string;
  readonly rows: number;
  readonly facts: Facts;
  /** What the formula is in floating point, where somebody asked for it; never held against a limit. */
  readonly as?: "Infinity" | "-Infinity" | "NaN";
}

/** One result for each class, for `average: none`. It cannot be held against one limit. */
export interface MetricByClass {
  readonly kind: "classes";
  readonly classes: readonly { readonly class: string; readonly result: MetricValue | MetricUndefined }[];
  readonly rows: number;
}

export type MetricResult = MetricValue | MetricUndefined | MetricByClass;

/** A bound, or why there is none; a claim that needed it stays undecided then. */
export type Bound =
  | { readonly kind: "value"; readonly value: number }
  | { readonly kind: "undefined"; readonly because: string };

/**
 * A number that says how good predictions are. It names what to read as data and finishes the cells of any one
 * group, so that the whole table, each subgroup and each window of time are the same code on other cells.
 */
export interface Metric {
  /** As scikit-learn calls it, where it has it. */
  readonly name: string;
  readonly aliases: readonly string[];
  /** Which way is better. */
  readonly direction: "higher" | "lower";
  /** The least and the most that it can be. */
  readonly range: Interval;
  /** It says something of predictions alone: `columns.label` is not read, and may be empty. */
  readonly unlabelled?: true;
  /** Kinds of model output that it can judge. */
  readonly outputs: readonly OutputType[];
  readonly params: Readonly<Record<string, ParamSpec>>;
  /** Which columns it reads; a test holds `unmet`, `derive` and `aggregate` to it. */
  readonly parts: MetricParts;
  /** Reads several labels or outputs a row, too (`labels`); every other metric refuses them. */
  readonly several?: true;
  /** What is sampled, and counts as a row of the result: without it, a row of the table. */
  readonly unit?: "query";

  /** Everything that somebody else has to know to get the same number, in one line of a form that the field knows. */
  signature?(input: Omit<MetricInput, "resolution">): string;

  /** What is missing or contradicts itself in the input, in words for the person who wrote it; null when nothing. */
  unmet(input: Omit<MetricInput, "resolution">): string | null;

  /** Columns that have to be derived from the rows before `aggregate` can be answered; none without it. */
  derive?(input: Omit<MetricInput, "resolution">): readonly Derivation[];

  /** What to read. The keys are `by` first, then the metric's own. Call only when nothing is unmet. */
  aggregate(input: MetricInput, by: readonly Dimension[]): Aggregate;

  /**
   * The metric of one group, from its cells: the answer to `aggregate` without the keys of `by`. Cells may repeat a
   * key, they add up then: the cells of several windows, joined, give the metric of all of them.
   */
  finish(input: MetricInput, cells: Groups): MetricResult;

  /** Whether its bound comes from resampling units, as no formula is sound; false without it. */
  resampled?(input: Omit<MetricInput, "resolution">): boolean;

  /** The two-sided interval for showing, or null where none is known. */
  interval(facts: Facts, confidence: number): Interval | null;

  /**
   * The one-sided bound for deciding: the truth is to lie beyond it with a probability of 1 - confidence. Exact for
   * proportions of unweighted rows, an approximation elsewhere; the docs page says how good.
   */
  bound(facts: Facts, confidence: number, side: Side): Bound;
}

/** Facts without those that are not finite: evidence is stored as JSON, which knows no NaN. */
export function finiteFacts(facts: Readonly<Record<string, number>>): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => Number.isFinite(value)));
}
