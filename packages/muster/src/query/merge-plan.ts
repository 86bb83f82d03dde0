import type { Among, Dimension, Lists, Measure } from "./aggregate.ts";
import type { Predicate } from "./predicate.ts";

/** One scan of a table that answers several aggregates: every measure for every grouping set. */
export interface MergedAggregate {
  readonly table: string;
  readonly lists: Lists | undefined;
  readonly where: Predicate | undefined;
  readonly among: readonly Among[];
  readonly dimensions: readonly Dimension[];
  /** Grouping sets, each as ascending positions in `dimensions`; no two are equal. */
  readonly sets: readonly (readonly number[])[];
  readonly measures: readonly Measure[];
}

/** Where in the merged statements the answer to one aggregate stands. */
export interface Projection {
  readonly statement: number;
  /** The set that holds the aggregate's groups, or finer ones that are added up to them. */
  readonly set: number;
  /** For each of the aggregate's dimensions, in its order, the position in the statement's `dimensions`. */
  readonly keys: readonly number[];
  /** Measure name and position in the statement's `measures`. */
  readonly values: readonly (readonly [name: string, measure: number])[];
}

export interface MergePlan {
  readonly statements: readonly MergedAggregate[];
  /** One for each aggregate, in their order. Equal aggregates have equal projections. */
  readonly projections: readonly Projection[];
}
