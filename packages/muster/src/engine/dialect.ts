/** The few things that SQL engines write differently. Everything else in our statements is understood by all of them. */
export interface Dialect {
  /** An identifier, whatever is in it. */
  quote(name: string): string;
  /** A string literal, whatever is in it. */
  text(value: string): string;
  /** A whole number of milliseconds since 1970 from a date or timestamp, null for null. */
  epochMs(quotedColumn: string, native: string): string;
  /** The first 32 bits of the MD5 of a text's UTF-8 bytes as a whole number, null for null. */
  md5Number(text: string): string;
  /** A list of scalars as JSON text, null for null; numbers that are not finite as null, as JSON has none. */
  listAsJson(quotedColumn: string, native: string): string;
  /** Rows of a group in which a condition holds, 0 for none; for a few groups or for as many as there are numbers. */
  countIf(condition: string, groups: "few" | "many"): string;
  /** Whether -0 and 0 are one group and one distinct value; the key may then be either. */
  readonly zerosAreOne: boolean;
  /** The words between two tables where a row of the left one is kept, once, if any row of the right one fits. */
  readonly semiJoin: string;
  /** A quick hash of expressions, equal for equal rows, nulls included. Narrows only: engines need not agree on it. */
  rowHash(expressions: readonly string[]): string;
  /** Whether a column of this native type is a string already, so that no cast is needed. */
  isText(native: string): boolean;
  /** Whether a column of this native type is a plain double. */
  isDouble(native: string): boolean;
}
