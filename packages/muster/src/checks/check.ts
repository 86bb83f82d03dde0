import type { Measurement } from "../claims/evidence.ts";
import type { Observation, Outcome } from "../claims/verdict.ts";
import type { TableInfo } from "../engine/engine.ts";
import type { ModelSignature } from "../model/model.ts";
import type { SideComparison } from "../prepare/compare-sides.ts";
import type { Groups } from "../query/aggregate.ts";
import type { QuestionAnswer } from "../query/question.ts";
import type { Read } from "../query/read.ts";
import type { Program } from "../transform/program.ts";
import type { JudgedAnswer } from "./judged.ts";
import type { Replayed } from "./replayed.ts";

/** What the model says of itself. */
export interface ModelFacts {
  readonly signature: ModelSignature;
  readonly digest: string;
  readonly bytes: number;
}

/** The answer to one read, of the same kind. */
export type Answer =
  | { readonly kind: "aggregate"; readonly groups: Groups }
  | { readonly kind: "table"; readonly info: TableInfo }
  | { readonly kind: "overlap"; readonly rows: number }
  | {
      readonly kind: "prepared";
      readonly programs: readonly Program[];
      readonly sides: readonly SideComparison[];
    }
  | {
      readonly kind: "not_after";
      readonly rows: number;
      /** The last time of `right` in milliseconds since 1970; null where it has none. */
      readonly last: number | null;
    }
  | JudgedAnswer
  | QuestionAnswer
  | Replayed
  | { readonly kind: "model"; readonly model: ModelFacts };

export interface Finding {
  readonly outcome: Outcome;
  readonly observations: readonly Observation[];
}

/**
 * How finely to read a large table. `quick` may round scores into cells, with a bound on the error among the facts
 * (`half_width`); what is undecided then is asked for again with `exact`. `coarse` is the same with wider cells within
 * groups, for where `quick` would have too many in all. Checks that know no rounding ignore it.
 */
export type Effort = "exact" | "quick" | "coarse";

/**
 * How one kind of claim is measured and judged: three pure functions. `reads` says what to aggregate, as data, so
 * that the reads of all claims on a table are merged into one scan. `measure` boils the answers down to the few
 * numbers that are stored as evidence. `judge` holds them against the promise; as it sees nothing else, a changed
 * threshold or confidence is judged anew on stored evidence, and no measurement can depend on the threshold.
 */
export interface Check<Subject, Promised> {
  readonly id: string;
  /** Raised when `reads` or `measure` change their meaning; evidence of another revision is stale. */
  readonly revision: number;
  reads(subject: Subject, effort: Effort): readonly Read[];
  measure(subject: Subject, answers: readonly Answer[], effort: Effort): readonly Measurement[];
  judge(promise: Promised, measurements: readonly Measurement[], context: JudgeContext): Finding;
  /**
   * For each quick measurement of a claim the subject to measure exactly in its place, narrowed to what rounding leaves
   * open; null where being exact could change no outcome. Measurements of the same label take the place of the quick
   * ones. All such claims are given together, so that those on one dimension can share a read. A check without this is
   * measured anew as a whole where rounding left it undecided.
   */
  refine?(rounded: readonly Rounded<Subject, Promised>[]): readonly (Subject | null)[];
}

/** A claim as `quick` measured it. */
export interface Rounded<Subject, Promised> {
  readonly subject: Subject;
  readonly promise: Promised;
  readonly measurements: readonly Measurement[];
}

export interface JudgeContext {
  /** Now, in milliseconds since 1970: only ages may depend on it. */
  readonly now: number;
  /** How many models, this one included, were judged by this claim on the same data; absent where no model was. */
  readonly attempt?: number;
}
