import type { Scalar } from "../query/scalar.ts";
import type { PrimaryMetric } from "./evaluation-section.ts";
import type { PreprocessingStep } from "./operation.ts";
import type { Count, Duration, Rate, Share } from "./quantity.ts";

export type InputType = "string" | "integer" | "float" | "boolean" | "datetime" | "text" | "image" | "json";

export const outputTypes = [
  "probability",
  "label",
  "score",
  "number",
  "ranking",
  "text",
  "embedding",
] as const;
export type OutputType = (typeof outputTypes)[number];

export interface ContractSection {
  readonly inputs: readonly InputSpec[];
  readonly outputs: readonly OutputSpec[];
  readonly edge_cases?: {
    readonly missing_required?: "default" | "null" | "reject";
    readonly out_of_distribution?: "review" | "fallback" | "uncertainty";
    /** What tells that a request lies outside of the training data; the inputs' ranges and values when absent. */
    readonly detector?: OutlierDetector;
    readonly latency_exceeded?: "cached" | "fallback" | "error";
  };
  readonly fallback?: Fallback;
  readonly cache?: AnswerCacheSpec;
  readonly review?: ReviewQueue;
  readonly variance?: {
    /** The evaluation rows that are asked again, drawn by the seed. */
    readonly replay?: { readonly size?: Count; readonly seed?: Count };
    readonly repeat?: { readonly calls: Count; readonly max_difference: number };
    readonly between_versions?: { readonly max_label_changes?: Share; readonly max_negative_flips?: Share };
  };
}

/** `by: output` reads an output of the model, `by: distance` measures how far a request is from the training data. */
export interface OutlierDetector {
  readonly by: "contract" | "output" | "distance";
  readonly output?: string;
  readonly above?: number;
}

/** For `latency_exceeded: cached`. Without `key` all inputs together are the key. */
export interface AnswerCacheSpec {
  readonly key?: readonly string[];
  readonly ttl?: Duration;
  readonly on_miss?: "fallback" | "error";
}

/** The people who look at what is flagged for review. */
export interface ReviewQueue {
  readonly capacity?: Rate;
  readonly within?: Duration;
  readonly owner?: string;
}

export interface InputSpec {
  readonly name: string;
  readonly type: InputType;
  /** The system and field that it comes from: `routes.distance`. */
  readonly source?: string;
  readonly unit?: string;
  readonly required: boolean;
  readonly range?: readonly [low: number, high: number];
  /** The closed set of values, or `profile`: those seen in the training data when the release was made. */
  readonly values?: "profile" | readonly Scalar[];
  readonly preprocessing?: readonly PreprocessingStep[];
  /** What stands in for a missing value of an input that is not required. */
  readonly missing?: "null" | "reject" | { readonly default: Scalar };
  /** When its value is known, told from the decision. */
  readonly available_at?: "before_decision" | "at_decision" | "after_decision";
  /** How old the value may be when it is sent. */
  readonly staleness?: Duration;
  /** Whether it says something about a person who can be told from it. */
  readonly pii?: boolean;
}

export interface OutputSpec {
  readonly name: string;
  readonly type: OutputType;
  readonly range?: readonly [low: number, high: number];
  readonly values?: readonly Scalar[];
  readonly interpretation?: string;
  readonly decide?: { readonly at: number; readonly positive: string; readonly negative: string };
  readonly surface_above?: number;
  /** What stretches of its numbers mean: [low, high), and the last one with its high end. */
  readonly bands?: readonly OutputBand[];
  /** How many items a ranked list has at most. */
  readonly items?: Count;
}

export interface OutputBand {
  readonly means: string;
  readonly range: readonly [low: number, high: number];
}

/** Exactly one of `constant`, `version` and `rule`. */
export interface Fallback {
  readonly constant?: Readonly<Record<string, Scalar>>;
  readonly version?: string;
  readonly rule?: string;
  /** How good its answers are. */
  readonly quality?: PrimaryMetric;
  /** Sources and services without which it cannot answer. */
  readonly needs?: readonly string[];
}
