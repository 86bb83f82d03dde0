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
  /** How large a share of a table's texts passes, as a judge model says and people's ratings correct it. */
  | ({ readonly kind: "judged" } & Judgement)
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

/** The columns of a table that a judge is shown. */
export interface JudgedColumns {
  readonly answer: string;
  readonly question?: string;
  readonly reference?: string;
}

/** What a judge model is asked, and by what the judge itself is judged. Its address and key are no part of it. */
export interface Judgement {
  readonly table: string;
  readonly columns: JudgedColumns;
  /** Of model, rubric, scale and prompt. */
  readonly judge: string;
  /** As its address calls it. */
  readonly model: string;
  /** The id that was calibrated; another judge is refused. */
  readonly pinned?: string;
  readonly scale: readonly number[];
  /** The least score that passes. */
  readonly passAt: number;
  /** What people rated; `columns` also of the anchors. */
  readonly rated: {
    readonly table: string;
    readonly columns: JudgedColumns;
    readonly raters: readonly string[];
    readonly by: readonly string[];
  };
  readonly anchors?: { readonly table: string; readonly score: string };
  readonly limits: { readonly kappa?: number; readonly accuracy?: number };
  readonly confidence: number;
  /** Groups of rows that have a share of their own, each by a value in each of some columns; null: missing. */
  readonly groups: readonly (readonly JudgedGroup[])[];
}

export interface JudgedGroup {
  readonly column: string;
  readonly value: string | null;
}
