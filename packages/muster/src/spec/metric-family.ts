import { type OutputType, outputTypes } from "./contract-section.ts";
import type { OutputKind } from "./problem-section.ts";

/**
 * What the linter has to know of a metric to hold a spec's lines against each other, without measuring anything.
 * Of metrics that can be measured a test holds these facts against the metrics themselves.
 */
export interface MetricFacts {
  /** As in the docs of the metrics, else as its field calls it. */
  readonly name: string;
  readonly aliases: readonly string[];
  readonly direction: "higher" | "lower";
  readonly range: readonly [low: number, high: number];
  /** Kinds of product that it can be asked of. */
  readonly kinds: readonly OutputKind[];
  /** Outputs that it can be computed from. */
  readonly outputs: readonly OutputType[];
  /** Of rows that this share is taken of; null where it is no plain share of rows. */
  readonly shareOf: "rows" | "positives" | "negatives" | "predicted_positives" | "predicted_negatives" | null;
  /** Options without which two people compute two numbers. */
  readonly requires: readonly ("k" | "beta" | "scale")[];
  /** Has an average over classes. */
  readonly averages: boolean;
  /** 1 minus that metric. */
  readonly complement?: string;
  /** Best for a model that calls everything, or nothing, positive: by itself it decides nothing. */
  readonly gamed?: "all_positive" | "all_negative" | "few_positive" | "no_discrimination" | "abstaining";
}

type Row = Pick<MetricFacts, "name"> & Partial<MetricFacts>;

export const infinity: number = Number.POSITIVE_INFINITY;
export const share: readonly [number, number] = [0, 1];
export const error: readonly [number, number] = [0, infinity];
export const classes: readonly OutputKind[] = ["classification", "anomaly_detection"];
export const classesAndLists: readonly OutputKind[] = ["classification", "anomaly_detection", "ranking"];
export const answers: readonly OutputKind[] = [
  "classification",
  "anomaly_detection",
  "ranking",
  "generation",
];
export const listsAndTexts: readonly OutputKind[] = ["ranking", "generation"];
export const everyKind: readonly OutputKind[] = [...answers, "regression"];
export const scores: readonly OutputType[] = ["probability", "score"];
export const anyClass: readonly OutputType[] = ["label", "probability", "score"];
export const any: readonly OutputType[] = outputTypes;

/** Rows that have some facts in common. */
export const family = (common: Partial<MetricFacts>, rows: readonly Row[]): readonly MetricFacts[] =>
  rows.map((row) => ({
    aliases: [],
    kinds: [],
    direction: "higher",
    range: share,
    outputs: any,
    shareOf: null,
    requires: [],
    averages: false,
    ...common,
    ...row,
  }));
