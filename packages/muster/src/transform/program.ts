import type { Formula } from "./formula.ts";

/**
 * How a value is taken from a row: a number (booleans as 1 and 0), a text, or a part of a datetime. What is null, NaN or
 * infinite is missing from here on.
 */
export type Entry =
  | "number"
  | "text"
  | "year"
  | "quarter"
  | "month"
  | "day"
  | "day_of_year"
  | "weekday"
  | "hour"
  | "minute"
  | "second";

/** What comes out of a program, as named columns. */
export type ProgramOutput =
  /** One column. `whole`: every number in it is a whole one. */
  | { readonly kind: "number"; readonly name: string; readonly whole: boolean }
  | { readonly kind: "text"; readonly name: string }
  /** Column i is 1 where the value is i, else 0, also where it is missing. */
  | { readonly kind: "indicators"; readonly names: readonly string[] };

/** Columns made of one column, step by step; each step is a formula of what the one before gave. */
export interface Program {
  readonly column: string;
  readonly entry: Entry;
  readonly steps: readonly Formula[];
  readonly output: ProgramOutput;
}

/** The names of a program's columns, in order. */
export const outputNames = ({ output }: Program): readonly string[] =>
  output.kind === "indicators" ? output.names : [output.name];

/** Whether a formula gives text; all others give numbers. */
export const givesText = ({ kind }: Formula): boolean =>
  kind === "trimmed" || kind === "lowercase" || kind === "filled_text";

/** Columns of a table: some made by programs, some as they are. */
export interface Projection {
  readonly programs: readonly Program[];
  /** Columns of the table that are taken over under their names, behind the others. */
  readonly kept: readonly string[];
  /** Only every n-th row, the first one included. */
  readonly every?: number;
}
