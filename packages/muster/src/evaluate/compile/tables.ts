/** The names that reads use for the tables of a spec; `evaluate` binds them to addresses. */
export const tables = {
  training: "training",
  evaluation: "evaluation",
  /** The evaluation data with the model's answers at its right. */
  scored: "scored",
  /** The sample of training labels that people looked at again. */
  audit: "audit",
  /** What people rated, or the anchors of a judge model. */
  rated: (path: string): string => `rated ${path}`,
  source: (name: string): string => `source ${name}`,
} as const;

/** The column of `scored` that holds an output of the model; the prefix keeps it apart from the data's own. */
export const modelColumn = (output: string): string => `model.${output}`;
