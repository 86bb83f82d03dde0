import type { Column } from "../../engine/engine.ts";
import type { Aggregate, Groups } from "../../query/aggregate.ts";
import type { Moments } from "../../stats/moments.ts";
import type { WeightedValues } from "../../stats/weighted-values.ts";

/** A column to look at, and the cells to count it in where those are given. */
export interface SurveyColumn {
  readonly name: string;
  /** Whether a text is looked at by its length alone; `free_text`: if hardly any text stands twice and they are long. */
  readonly byLength?: boolean | "free_text";
  /** Known to hold too many values to count them all: no sample is needed, and no moments are taken. */
  readonly tooMany?: boolean;
  /** Count every value, however many there are. */
  readonly countAll?: boolean;
  /** Of a number only the rows between its cut points, its least and its largest are wanted. */
  readonly onlyCells?: boolean;
  /** Where the cut points come from, given what a sample of the column holds; fixed ones ignore it. */
  readonly cuts: (sample: WeightedValues) => readonly number[];
  /** The texts to count one by one where there are too many values to count all, given the most frequent of a sample. */
  readonly listed: (frequent: readonly string[]) => readonly string[];
}

export interface NumberSurvey {
  readonly kind: "numbers";
  readonly of: "value" | "length";
  readonly missing: number;
  readonly nan: number;
  readonly negativeInfinity: number;
  readonly positiveInfinity: number;
  /** Every finite value with its rows, where there are few enough. */
  readonly all: WeightedValues | null;
  /** Finite values of the sample, or of all rows. */
  readonly sample: WeightedValues;
  readonly cuts: readonly number[];
  /** Rows of all finite values between the cuts. */
  readonly counts: Float64Array;
  readonly min: number;
  readonly max: number;
  /** Without a mean where the column was asked for its cells only. */
  readonly moments: Moments;
}

export interface CategorySurvey {
  readonly kind: "categories";
  readonly missing: number;
  /** Rows by value: of every value when `complete`, else of the listed ones. */
  readonly counts: ReadonlyMap<string, number>;
  readonly complete: boolean;
  /** Rows of values that are not in `counts`. */
  readonly rest: number;
}

export type Survey = NumberSurvey | CategorySurvey;

/** What is known of a column when its counting is planned. */
export interface Look {
  readonly table: string;
  readonly one: SurveyColumn;
  readonly column: Column;
  readonly cells: SampleCells;
  /** Rows of the sample, and of the table. */
  readonly rows: number;
  readonly total: number;
}

/** A column of the sample. */
export type SampleCells = readonly (string | number | boolean | null)[] | Float64Array;

/** How a column is counted: what to ask, and what to make of the answers. */
export interface Draft {
  readonly wanted: SurveyColumn;
  readonly column: Column;
  readonly reads: readonly Aggregate[];
  /** Asked when the answers to `reads` show that they cannot stand. */
  readonly instead?: (answers: readonly Groups[]) => readonly Aggregate[];
  readonly finish: (answers: readonly Groups[], instead: readonly Groups[]) => Survey;
}
