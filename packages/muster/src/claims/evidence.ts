/** One measured thing: a number with what is needed to put an interval around it at any confidence. */
export interface Measurement {
  /** Which group, column or class it speaks of: "overall", "origin=ORD", "distance". */
  readonly label: string;
  /** Null when the metric is undefined here; then `undefinedBecause` says why. */
  readonly value: number | null;
  readonly undefinedBecause?: string;
  /** Rows that the value was computed from. */
  readonly rows: number;
  /**
   * The sufficient statistics, so that a changed threshold or confidence is judged without measuring again:
   * `successes` and `trials` for a proportion, `variance`, `positives` and `negatives` for an AUC, and so on.
   */
  readonly facts: Readonly<Record<string, number>>;
  /** What cannot be said in a number: a type, a name, a date. */
  readonly text?: string;
}

/** What was measured for one claim, on what, and how to measure it again. */
export interface Evidence {
  readonly claimId: string;
  readonly check: string;
  /** Digest of the check and of the claim's subject: another metric, column or group is other evidence. */
  readonly subjectDigest: string;
  /** Digest of everything read from tables, or null when the claim reads none. */
  readonly dataDigest: string | null;
  /** Digest of the model that was measured, or null when the claim does not speak of a model. */
  readonly modelDigest: string | null;
  readonly measurements: readonly Measurement[];
  /** What ran, so that a doubter can run it by hand. */
  readonly query: string;
  /** ISO 8601, UTC. */
  readonly takenAt: string;
}
