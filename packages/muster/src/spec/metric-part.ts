/** The parts that a column can play for a metric, as `muster measure` calls them. */
export const columnParts = [
  "label",
  "labels",
  "score",
  "scores",
  "prediction",
  "predictions",
  "lower",
  "upper",
  "baseline",
  "weight",
  "time",
  "event",
  "query",
  "document",
] as const;

export type ColumnPart = (typeof columnParts)[number];

/** Parts that name a column for each class (or output), not one column. */
export const classParts: readonly ClassPart[] = ["labels", "scores", "predictions"];

export type ClassPart = "labels" | "scores" | "predictions";

/** Parts that the model answers with: in a spec they are outputs of the contract, never columns of the data. */
export const answerParts: readonly ColumnPart[] = [
  "score",
  "scores",
  "prediction",
  "predictions",
  "lower",
  "upper",
];

/**
 * What a metric does with a part: reads it where it is named, cannot do without it, cannot do without it `unless` a parameter
 * is given, reads it only `when` a parameter is given and cannot do without it then, or reads it only `beside` another part.
 */
export type PartUse =
  | "taken"
  | "needed"
  | { readonly unless: string }
  | { readonly when: string }
  | { readonly beside: ColumnPart };

/** The parts that a metric reads; it has no use for the others. */
export type MetricParts = Readonly<Partial<Record<ColumnPart, PartUse>>>;
