import type { ColumnSurvey } from "./survey.ts";

export interface DataStart {
  /** As the spec is to name it, relative to the spec. */
  readonly training: string;
  readonly evaluation?: string;
  readonly label: string;
  /** The column that says when a row happened. */
  readonly time?: string;
  /** Milliseconds since 1970: what ages are reckoned from. */
  readonly now: number;
  readonly signal?: AbortSignal;
}

/** Both tables by the names under which they are attached. */
export const startTables = { training: "training", evaluation: "evaluation" } as const;

/** What the draft is made from: the surveys of both tables. */
export interface Surveys {
  readonly start: DataStart;
  readonly training: readonly ColumnSurvey[];
  readonly evaluation: readonly ColumnSurvey[] | null;
  readonly label: ColumnSurvey;
  /** Columns that name rows rather than say something about them: never inputs. */
  readonly keys: readonly string[];
  /** True where a person has checked the label, when there is such a column. */
  readonly verified: ColumnSurvey | null;
  /** The column of the baseline's own score, when there is one. */
  readonly baseline: string | null;
}
