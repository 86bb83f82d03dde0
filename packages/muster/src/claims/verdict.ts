import type { Claim } from "./claim.ts";
import type { Evidence } from "./evidence.ts";
import type { Waiver } from "./waiver.ts";

/**
 * `undecided` is not a mild pass: it says that nobody knows, and why. A gate treats it as broken; a report shows
 * it as an open question.
 */
export type Outcome =
  | { readonly kind: "kept" }
  | { readonly kind: "broken"; readonly because: string }
  | { readonly kind: "undecided"; readonly because: string };

/** A measurement as it was judged: with its interval at the spec's confidence and the limit it was held to. */
export interface Observation {
  readonly label: string;
  readonly value: number | null;
  /** Two-sided display interval or null where none applies (a count, a size). */
  readonly interval: readonly [low: number, high: number] | null;
  readonly rows: number;
  readonly outcome: Outcome["kind"];
  /** The limit, for drawing: the value has to be `>=` (or `<=`) it. */
  readonly limit?: { readonly sense: "at_least" | "at_most"; readonly value: number };
  /**
   * The one-sided bound that was held against the limit in place of the value. The interval is two-sided, so its end
   * lies beyond this bound: a claim may be kept though its interval crosses the limit.
   */
  readonly bound?: { readonly side: "lower" | "upper"; readonly value: number; readonly confidence: number };
  /** How to print the numbers. */
  readonly unit?: "share" | "count" | "bytes" | "ms" | "days" | "date";
  readonly text?: string;
  /** What a reader should know beside the numbers: "attempt 3 on this data". */
  readonly notes?: readonly string[];
}

export interface Verdict {
  readonly claim: Claim;
  readonly outcome: Outcome;
  readonly observations: readonly Observation[];
  /** The stored measurement behind the observations; null when nothing was measured. */
  readonly evidence: Evidence | null;
  /** Evidence exists but for another model, other data or another subject; the outcome is then `undecided`. */
  readonly stale: boolean;
  /** The waiver that covers this verdict now, if any. */
  readonly waiver: Waiver | null;
}
