import type { InputType } from "../spec/contract-section.ts";
import type { DatetimePart } from "../spec/operation.ts";

/** An operation with everything that the training data had to say about it. */
export type FittedOperation =
  | { readonly op: "log1p" | "lowercase" | "trim" }
  | { readonly op: "impute"; readonly value: string | number }
  | { readonly op: "clip"; readonly low: number; readonly high: number }
  /** `standard_deviation` of the population (ddof 0), 1 where all values are one. */
  | { readonly op: "standardize"; readonly mean: number; readonly standard_deviation: number }
  | { readonly op: "min_max"; readonly min: number; readonly max: number }
  /** Rising; a value in `[edges[i - 1], edges[i])` is in bin i, what lies outside in the first or the last one. */
  | { readonly op: "bucketize"; readonly edges: readonly number[] }
  | { readonly op: "hash"; readonly buckets: number }
  | { readonly op: "one_hot" | "ordinal"; readonly values: readonly (string | number)[] };

/** One chain: an input, or a part of it, and what is done to it. */
export interface FittedFeature {
  readonly input: string;
  readonly type: InputType;
  readonly part: DatetimePart | null;
  readonly operations: readonly FittedOperation[];
}

/** What preprocessing has learnt from the training data: frozen with a release, and the same for both sides. */
export interface Fitted {
  readonly version: 1;
  /** Rows of the data that it was fitted on. */
  readonly rows: number;
  /** Digest of that data. */
  readonly data: string;
  /** In the order of the contract's inputs; the parts of one datetime stand behind each other. */
  readonly features: readonly FittedFeature[];
}
