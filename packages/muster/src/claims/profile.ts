/**
 * What the training data looked like when a release was made, frozen with it: the reference for closed sets of
 * values (`values: profile`) and for drift.
 */
export interface Profile {
  readonly version: 1;
  readonly rows: number;
  /** By the name of the contract's input. */
  readonly inputs: Readonly<Record<string, InputProfile>>;
}

export interface InputProfile {
  /** The contract's type of the input: `string`, `integer`, `float`, `boolean`, `datetime`, `text`. */
  readonly type: string;
  /** Rows without a value. */
  readonly missing: number;
  /** Of numbers, and of datetimes in milliseconds since 1970-01-01T00:00Z. */
  readonly min?: number;
  readonly max?: number;
  readonly mean?: number;
  /** All distinct values as text, sorted; left out when there are more than 10,000. */
  readonly values?: readonly string[];
}
