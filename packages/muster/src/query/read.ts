import type { Aggregate, Dimension } from "./aggregate.ts";
import type { Derivation } from "./derivation.ts";
import type { Question } from "./question.ts";

/** Everything a check may ask for. Reads are plain data, so that equal ones are answered once. */
export type Read =
  /** `derive` names the columns of the aggregate that the table has not, but that can be taken from its rows. */
  | {
      readonly kind: "aggregate";
      readonly aggregate: Aggregate;
      readonly derive?: readonly Derivation[];
    }
  /** The table's columns with their types, and its rows. */
  | { readonly kind: "table"; readonly table: string }
  /** How many rows of `left` have a key that also stands in `right`. Rows with a missing key do not count. */
  | {
      readonly kind: "overlap";
      readonly left: string;
      readonly right: string;
      readonly keys: readonly string[];
    }
  /**
   * What the contract's preprocessing has learnt from a table, and on a sample of its rows how far data and serving are
   * apart.
   */
  | ({ readonly kind: "prepared" } & Preparation)
  /** How many rows of `left` have a time that is not after the last one of `right`. */
  | {
      readonly kind: "not_after";
      readonly left: string;
      readonly right: string;
      readonly column: string;
    }
  /**
   * What the candidate answers to the rows that a seed draws, asked `calls` times, and with `live` what the live release
   * does. `label` is the truth, `by` the groups of each row.
   */
  | {
      readonly kind: "replay";
      readonly table: string;
      readonly keys: readonly string[];
      readonly seed: number;
      readonly size: number;
      readonly calls: number;
      readonly live: boolean;
      readonly label?: string;
      readonly by: readonly Dimension[];
    }
  | Question
  /** The model's inputs, outputs, size and digest. */
  | { readonly kind: "model" };

export interface Preparation {
  readonly table: string;
  /** Rows to compare, about. */
  readonly rows: number;
  /** Digest of the steps that are carried out, so that other steps are another read. */
  readonly steps: string;
}
