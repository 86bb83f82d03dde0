/** Something that a command would do, in its order. Steps of the kind `statement` alone run as SQL. */
export interface PlanStep {
  readonly kind: "statement" | "score" | "derive" | "fit" | "replay" | "describe";
  /** The table that it reads. */
  readonly table: string;
  /** What it does, in words. */
  readonly what: string;
  /** The claims, or other askers, that need it. */
  readonly answers: readonly string[];
  /** Rows that are read; null where that is not known. */
  readonly rows: number | null;
  /** Columns that it makes. */
  readonly makes?: readonly string[];
  /** Of a statement that counts: its grouping sets, and about how many groups and cells they will have. */
  readonly sets?: number;
  readonly groups?: number;
  readonly cells?: number;
  readonly measures?: number;
  /** The statement as it would run. */
  readonly query?: string;
}

export interface Plan {
  readonly steps: readonly PlanStep[];
  /** Claims whose evidence is fresh, so that nothing is read for them. */
  readonly atHand: readonly string[];
  /** What nothing can be read for, and why. */
  readonly open: readonly { readonly claim: string; readonly because: string }[];
  /** What is not known before the first statements have run, in words. */
  readonly notes: readonly string[];
}
