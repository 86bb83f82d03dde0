import { identity } from "./identity.ts";
import type { Scalar } from "./scalar.ts";

/**
 * Number columns that only a program can take from a row: how many n-grams two texts share, several labels against
 * several others, a user's own code. Plain data, so that equal ones are computed once and evidence knows them.
 */
export interface Derivation {
  /** The name of the deriver that knows how. */
  readonly by: string;
  /** Raised when the deriver's numbers change their meaning; evidence of another revision is stale. */
  readonly revision: number;
  /** The columns of the row that it reads, each by its part: `{prediction: "answer"}`. */
  readonly columns: Readonly<Record<string, string>>;
  readonly params: Readonly<
    Record<string, Scalar | null | readonly Scalar[] | readonly (readonly number[])[]>
  >;
}

/** What a derived column is called in a table: the same for equal derivations, and no other for any other. */
export function derivedColumn(derivation: Derivation, name: string): string {
  return prefix(derivation) + name;
}

/** Whether a column is one that the derivation gives. */
export function isDerivedBy(derivation: Derivation, column: string): boolean {
  return column.startsWith(prefix(derivation));
}

function prefix({ by, revision, columns, params }: Derivation): string {
  return `${by} ${identity([revision, columns, params])}.`;
}
