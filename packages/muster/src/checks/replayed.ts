import type { Told } from "../query/question.ts";

/** What one call gave for an output: `width` values a row, row after row. NaN where the model gave no number. */
export interface OutputRun {
  readonly width: number;
  readonly values: Float64Array | readonly string[];
}

/** One call of every input, by output. */
export type ReplayRun = ReadonlyMap<string, OutputRun>;

/** The answers of one model or two to a fixed set of inputs, asked several times. */
export interface Replayed {
  readonly kind: "replay";
  /** Inputs that were asked; those that the contract refuses were not. */
  readonly count: number;
  /** Inputs that the contract refuses. */
  readonly refused: number;
  /** Of the drawn keys and inputs: equal digests mean that the same was asked. */
  readonly digest: string;
  readonly candidate: readonly ReplayRun[];
  /** `none` where no release is live yet, `same` where the candidate is the live one. */
  readonly live: readonly ReplayRun[] | "none" | "same" | "not asked";
  /** The labels, where they were asked for. */
  readonly truth: readonly Told[];
  /** For each dimension that was asked for, the group of each input. */
  readonly groups: readonly (readonly Told[])[];
}
