import type { DatePart } from "../query/aggregate.ts";
import type { Scalar } from "../query/scalar.ts";
import type { ClassPart, ColumnPart } from "./metric-part.ts";
import type { Count, Rate, Share } from "./quantity.ts";

export interface EvaluationSection {
  readonly decide_by: "lower_bound" | "point";
  readonly confidence: Share;
  readonly primary?: PrimaryMetric;
  readonly secondary?: readonly SecondaryMetric[];
  /** Columns of all metrics: each takes those of them that it reads and does not name itself. */
  readonly columns?: MetricColumnNames;
  readonly subgroups?: readonly Subgroup[];
  /** Subgroups that are also looked at crossed with one another, by name. */
  readonly intersections?: readonly (readonly string[])[];
  /** What the evaluation data was planned for: a model this good passes with this probability. */
  readonly plan?: { readonly expected: number; readonly power: Share };
  /** How the evaluation data differs from what is met in serving, or why it does not. */
  readonly conditions?: string;
  /** What comes of judging one model after the other on the same rows: they are counted, or each has less error to spend. */
  readonly reuse?: "count" | "spend";
  /** How many cases are scored, and how many of those called positive can be looked at. */
  readonly workload?: { readonly cases: Rate; readonly capacity: Rate };
  /** How people rate outputs: who, how many, on which scale. */
  readonly human_rating?: string;
}

/** What a metric's name leaves open; which of them it takes is the metric's own affair. */
export interface MetricOptions {
  /** How many of the first items of a ranked list count. */
  readonly k?: number;
  /** How many times recall weighs precision. */
  readonly beta?: number;
  readonly average?: "binary" | "macro" | "micro" | "weighted";
  /** For metrics that are printed on two scales. */
  readonly scale?: "0-1" | "0-100";
  /** For metrics of one's own: a number of one row in SQL, and what its sum is divided by the sum of. */
  readonly sql?: string;
  readonly per?: string;
  /** Any other parameter of the metric, and these as well: by the names that `muster measure` takes. */
  readonly params?: MetricParams;
  /** The columns that it is measured by, where the contract and the data section do not say so. */
  readonly columns?: MetricColumnNames;
  /** For metrics that a model gives: which one, and how well it agrees with people. */
  readonly judge?: Judge;
}

/**
 * Which column plays which part. `score`, `prediction`, `lower`, `upper`, `scores` and `predictions` are what the model answers:
 * outputs of the contract, by their names. All others are columns of the evaluation data.
 */
export type MetricColumnNames = {
  readonly [Part in Exclude<ColumnPart, ClassPart>]?: string;
} & {
  readonly [Part in ClassPart]?: readonly ClassColumnName[];
};

/** A class (or one of several outputs), and the name of what says something of it. */
export interface ClassColumnName {
  readonly class: string;
  readonly column: string;
}

/** A parameter as it is written: `checks/metrics/params.ts` reads it for its metric. */
export type ParamWritten = Scalar | readonly (Scalar | readonly number[])[];

export type MetricParams = Readonly<Record<string, ParamWritten>>;

/** A model that gives a metric. `muster check` asks it where all is said that it takes: address, rubric, scale, pass_at, rated. */
export interface Judge {
  readonly model: string;
  readonly version?: string;
  /** With people's ratings, as a share or a correlation: 0 to 1. */
  readonly agreement?: number;
  /** What the address calls it; `model-version` in its absence. */
  readonly called?: string;
  /** `${NAME}` is read from the environment. */
  readonly address?: string;
  /** The environment variable that holds the key. */
  readonly key?: string;
  /** The judge that was calibrated. */
  readonly id?: string;
  readonly rubric?: string;
  readonly scale?: readonly number[];
  readonly pass_at?: number;
  readonly columns?: { readonly answer?: string; readonly question?: string; readonly reference?: string };
  readonly rated?: {
    readonly path: string;
    readonly raters: readonly string[];
    readonly by?: readonly string[];
  };
  readonly anchors?: { readonly path: string; readonly score: string };
  /** What it has to show, where that is more than any judge has to. */
  readonly limits?: { readonly kappa?: number; readonly accuracy?: number };
}

export interface PrimaryMetric extends MetricOptions {
  readonly metric: string;
  readonly at_least?: number;
  readonly at_most?: number;
}

export interface SecondaryMetric extends MetricOptions {
  readonly metric: string;
  readonly alert_below?: number;
  readonly alert_above?: number;
}

/**
 * `by` names the subgroup and, unless `from` names another, the column. With `values` one group each (of the column,
 * or with `part` of its weekday, month and so on), with `hours` by the hour of day of a datetime, with `bins` by
 * half-open ranges [a, b); with none of them every value found in the data.
 */
export interface Subgroup {
  readonly by: string;
  readonly from?: string;
  /** Groups by this part of a datetime in place of its value. */
  readonly part?: DatePart;
  /** Null: the rows without a value. */
  readonly values?: readonly (Scalar | null)[];
  readonly hours?: Readonly<Record<string, readonly [from: number, to: number]>>;
  readonly bins?: readonly number[];
  /** How many evaluation rows are expected of each group, in their order; one number alone stands for each of them. */
  readonly rows?: readonly Count[];
  /** A trait that the law or the team protects. */
  readonly protected?: boolean;
}
