import type { Told } from "../../query/question.ts";
import type { Scalar } from "../../query/scalar.ts";
import { sameValue } from "../data/same-value.ts";
import type { ReplayRun } from "../replayed.ts";

/** How an answer becomes a decision: an output that is one, or a number that is held against a threshold. */
export interface DecidedOutput {
  readonly output: string;
  /** With a threshold: from it on the decision is the positive one. */
  readonly at?: number;
  /** The positive class of the truth, where there is a threshold. */
  readonly positive?: Scalar;
}

/** One decision a row, as text; null where the model gave none. */
export function decisionsOf({ output, at }: DecidedOutput, run: ReplayRun): readonly Told[] | null {
  const found = run.get(output);
  if (found === undefined || found.width !== 1) return null;
  return Array.from<number | string, Told>(found.values, (value) => {
    if (typeof value === "number" && Number.isNaN(value)) return null;
    return at === undefined ? String(value) : String(Number(value) >= at);
  });
}

/** Whether a decision is right; null where the row has no label. */
export function isRight({ at, positive }: DecidedOutput, decision: Told, truth: Told): boolean | null {
  if (truth === null || truth === "NaN") return null;
  if (decision === null) return false;
  if (at !== undefined)
    return (decision === "true") === (positive !== undefined && sameValue(truth, positive));
  const [a, b] = [Number(decision), Number(truth)];
  return decision === truth || (decision.trim() !== "" && truth.trim() !== "" && a === b);
}
