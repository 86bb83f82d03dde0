import type { OutputPlan, OutputValue } from "./output-plan.ts";
import type { RowNotes } from "./row-check.ts";
import type { Repair } from "./violation.ts";

/** Who answered: the model, the spec's fallback, or the model earlier. */
export type AnswerPolicy = "model" | "fallback" | "cached";

/** Why it was not (or not only) the model's plain answer. */
export type Reason = "out_of_distribution" | "late" | "model_failed" | "output_broken";

export interface RowAnswer {
  readonly policy: AnswerPolicy;
  readonly reason: Reason | null;
  /** In the order of the contract's outputs. */
  readonly outputs: readonly OutputValue[];
  /** What the outputs with a `decide` line come to, by the output's name; null where there is none. */
  readonly decisions: Readonly<Record<string, string>> | null;
  /** Whether a consumer who is shown answers may see this one (`surface_above`); null where no output says so. */
  readonly surface: boolean | null;
  /** Someone is to look at it: it is flagged in the journal. */
  readonly review: boolean;
  /** The input lies outside of the training distribution and the answer is to be read with that in mind. */
  readonly uncertain: boolean;
  /** For a cached answer: milliseconds since 1970 when the model gave it. */
  readonly cachedAt: number | null;
  readonly notes: RowNotes | null;
}

/** `value >= at` decides for `positive`. */
export function decide(
  plans: readonly OutputPlan[],
  outputs: readonly OutputValue[],
): Readonly<Record<string, string>> | null {
  let decisions: Record<string, string> | null = null;
  for (const [index, plan] of plans.entries()) {
    const value = outputs[index];
    if (plan.decide === null || typeof value !== "number") continue;
    decisions ??= Object.create(null) as Record<string, string>;
    decisions[plan.name] = value >= plan.decide.at ? plan.decide.positive : plan.decide.negative;
  }
  return decisions;
}

/**
 * Whether every output with a `surface_above` is that confident. A probability that decides is as confident as the
 * side it decided for; one that does not, as its likelier side; any other number as its value. What the model did
 * not say just now is never surfaced.
 */
export function surfaces(
  plans: readonly OutputPlan[],
  outputs: readonly OutputValue[],
  policy: AnswerPolicy,
): boolean | null {
  let surface: boolean | null = null;
  for (const [index, plan] of plans.entries()) {
    if (plan.surfaceAbove === null) continue;
    const value = outputs[index];
    const confident = typeof value === "number" && confidence(plan, value) >= plan.surfaceAbove;
    surface = (surface ?? true) && confident && policy === "model";
  }
  return surface;
}

function confidence(plan: OutputPlan, value: number): number {
  if (plan.type !== "probability") return value;
  if (plan.decide === null) return Math.max(value, 1 - value);
  return value >= plan.decide.at ? value : 1 - value;
}

/** The notes of a row's check, with what was put right in the model's answer to it. */
export function withRepairs(notes: RowNotes | null, repairs: readonly Repair[]): RowNotes | null {
  if (repairs.length === 0) return notes;
  return notes === null
    ? { violations: [], outside: [], repairs }
    : { ...notes, repairs: [...notes.repairs, ...repairs] };
}
