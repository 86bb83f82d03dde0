import type { Scalar } from "../query/scalar.ts";
import type { Count, Day, Duration, Share } from "./quantity.ts";

export interface DataSection {
  readonly training?: TableSpec;
  readonly evaluation?: EvaluationTable;
  readonly label?: LabelSpec;
  /**
   * `as_of` is the day that ages are reckoned from, for data of the past; today when absent. `season` is the longest
   * cycle that the data has to have seen.
   */
  readonly time?: { readonly column: string; readonly as_of?: Day; readonly season?: Duration };
  /** How training and evaluation rows were told apart; `at` is the first day of the evaluation data. */
  readonly split?: { readonly method: "random" | "by_unit" | "by_time"; readonly at?: Day };
  readonly requirements?: DataRequirements;
  readonly sources?: readonly DataSource[];
}

export interface TableSpec {
  /** Relative to the spec file. */
  readonly path: string;
  /** Columns that are called otherwise in the data: the name that the spec uses, and the data's. */
  readonly rename?: Readonly<Record<string, string>>;
  readonly unit_id?: string;
}

export interface EvaluationTable extends TableSpec {
  /** `many`: rows of one unit repeat, and intervals take units, not rows, as independent. */
  readonly rows_per_unit?: "one" | "many";
  /** For ranked lists: which query a row answers, and with which document. */
  readonly query_id?: string;
  readonly document_id?: string;
  /** How many rows it has at least. */
  readonly rows?: Count;
  /** All its columns, so that what speaks of another one is seen before it is read. */
  readonly columns?: readonly string[];
}

export interface LabelSpec {
  readonly column: string;
  readonly positive?: Scalar;
  readonly verified_by?: string;
  /** The closed set of classes. */
  readonly classes?: readonly Scalar[];
  /** The share of positives that is expected where the model is used. */
  readonly prevalence?: Share;
  /** How long after the prediction the truth is known. */
  readonly delay?: Duration;
  /** How often the label is right, and how that is known. */
  readonly accuracy?: Share;
  readonly method?: string;
  readonly checked?: Count;
  readonly agreement?: { readonly metric: string; readonly value: number };
  readonly audit?: LabelAudit;
  /** `acted_on`: the truth is only known of cases that today's policy acted on. */
  readonly known_for?: "all" | "acted_on";
  /** What is done about that. */
  readonly correction?: string;
}

export interface DataRequirements {
  readonly examples?: { readonly total?: Count; readonly per_class?: Count };
  /** `max_gap` is the longest time between the beginnings of two neighbouring days, or hours, that have rows. */
  readonly dates?: { readonly from: Day; readonly to: Day; readonly max_gap?: Duration };
  readonly label_quality?: { readonly verified: Share };
  readonly class_balance?: {
    readonly max_share?: Share;
    readonly min_share?: Share;
    /** Rows of the largest class for one of the smallest. */
    readonly max_ratio?: number;
    /** The share that each class is said to have; none differs from it by more than `max_deviation`. */
    readonly shares?: Readonly<Record<string, Share>>;
    readonly max_deviation?: Share;
    /** What undoes a balance that differs from the one in serving. */
    readonly correction?: "none" | "weights" | "recalibration" | "threshold";
  };
  readonly freshness?: Duration;
  readonly schema?: {
    readonly columns: Readonly<Record<string, StoredType>>;
    /** What of columns that are not listed. */
    readonly others?: "allowed" | "refused";
  };
  /** The largest share of rows without a value, by column. */
  readonly max_missing?: Readonly<Record<string, Share>>;
  /** Rows beyond the first of those that are equal in `keys`, or in all columns. */
  readonly duplicates?: { readonly max: Share; readonly keys?: readonly string[] };
  /** Rows whose features also stand with another label; the features are the contract's inputs when not named. */
  readonly label_conflicts?: { readonly max: Share; readonly features?: readonly string[] };
  readonly no_leakage?: {
    readonly keys?: readonly string[];
    /** Each on its own: nothing of the evaluation data belongs to a unit of the training data. */
    readonly entities?: readonly string[];
    /** The share of evaluation rows that are not later than all training rows. */
    readonly time?: { readonly max_overlap: Share };
    /** No input alone, by its order, tells the label better than this ROC AUC. */
    readonly features?: { readonly max_roc_auc: number };
  };
}

/** What a column of a table holds. */
export type StoredType = "string" | "integer" | "float" | "boolean" | "datetime";

/** A random sample of the training labels that people looked at again. */
export interface LabelAudit {
  readonly path: string;
  readonly key: readonly string[];
  readonly seed: Count;
  /** How many rows were drawn; with `by`, of each of its values. */
  readonly size: Count;
  readonly by?: string;
  /** The column of the audit's file that holds the label as it should be. */
  readonly column: string;
  /** The same by a second person who did not see the first one's. */
  readonly second?: string;
}

export interface DataSource {
  readonly name: string;
  readonly owner?: string;
  /** Where it can be read, relative to the spec file; access is proven by reading it. */
  readonly access?: string;
  readonly volume?: Count;
  /** The share of its rows that is left after cleaning and joining. */
  readonly usable?: Share;
  readonly updates?: string;
  /** The column that says when its rows were made. */
  readonly time?: string;
  /** The last day on which it may be read. */
  readonly access_until?: Day;
  readonly holds?: "no_personal_data" | "personal_data" | "special_categories";
  /** Why it may be used for this, for data of persons. */
  readonly lawful_basis?: string;
  readonly retain?: Duration;
  /** What was left out or made coarser, so that no more is held than is needed. */
  readonly minimisation?: string;
}
