import type { Duration } from "./quantity.ts";

export type OutputKind = "classification" | "regression" | "ranking" | "generation" | "anomaly_detection";

export interface ProblemSection {
  readonly statement: string;
  readonly decision?: {
    readonly what: string;
    readonly mode: "enables" | "automates";
    /** Which decisions a person sees before they take effect. */
    readonly oversight?: "none" | "exceptions" | "every_decision";
  };
  /** What the business wants to move; `moved_by` names metrics of this spec. */
  readonly goal?: { readonly what: string; readonly moved_by?: readonly string[] };
  /** Whether the author takes the use for one that a law on AI regulates. */
  readonly regulated?: boolean;
  readonly output: OutputKind;
  /** What is reached without the model: a column of the evaluation data holding the baseline's own score. */
  readonly baseline?: {
    readonly description: string;
    readonly column?: string;
    /** What it reached when somebody last measured it, in the primary metric: for the linter, never for a verdict. */
    readonly reaches?: number;
  };
  readonly consumers?: readonly Consumer[];
}

export interface Consumer {
  readonly who: string;
  readonly use: "shown_to_users" | "internal_team" | "automated_decision";
  readonly budget?: Duration;
  readonly explanation?: "required" | "optional" | "none";
}
