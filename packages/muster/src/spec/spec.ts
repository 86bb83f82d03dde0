import type { DatePart } from "../query/aggregate.ts";
import type { Scalar } from "../query/scalar.ts";
import type { LintSection } from "./lint-section.ts";
import type { PreprocessingStep } from "./operation.ts";
import type { Count, Day, Duration, Rate, Share, Size } from "./quantity.ts";

/**
 * A spec after parsing: the file's own structure and names, with quantities typed. Sections are optional here
 * because a draft may lack them; an active spec that lacks one is refused by `parse`.
 */
export interface Spec {
  readonly muster: 1;
  readonly name: string;
  readonly version: string;
  readonly status: "draft" | "active" | "retired";
  /** Role to address: `{ml: "ml@airline.example"}`. */
  readonly owners: Readonly<Record<string, string>>;
  /** How strictly the linter reads this spec; no promise of the product. */
  readonly lint?: LintSection;
  readonly problem?: ProblemSection;
  readonly contract?: ContractSection;
  readonly data?: DataSection;
  readonly evaluation?: EvaluationSection;
  /** What the words low, medium and high of the risk register mean here. */
  readonly risk_scale?: RiskScale;
  readonly risks?: readonly Risk[];
  readonly deployment?: DeploymentSection;
  readonly monitoring?: MonitoringSection;
  readonly retraining?: RetrainingSection;
  /** How long a measurement may stand as proof. */
  readonly evidence?: { readonly valid_for: Duration };
}

// Section 1

export type OutputKind = "classification" | "regression" | "ranking" | "generation" | "anomaly_detection";

export interface ProblemSection {
  readonly statement: string;
  readonly decision?: {
    readonly what: string;
    readonly mode: "enables" | "automates";
    /** Which decisions a person sees before they take effect. */
    readonly oversight?: "none" | "exceptions" | "every_decision";
  };
  /** What the business wants to move; `moved_by` names metrics of this spec. */
  readonly goal?: { readonly what: string; readonly moved_by?: readonly string[] };
  /** Whether the author takes the use for one that a law on AI regulates. */
  readonly regulated?: boolean;
  readonly output: OutputKind;
  /** What is reached without the model: a column of the evaluation data holding the baseline's own score. */
  readonly baseline?: {
    readonly description: string;
    readonly column?: string;
    /** What it reached when somebody last measured it, in the primary metric: for the linter, never for a verdict. */
    readonly reaches?: number;
  };
  readonly consumers?: readonly Consumer[];
}

export interface Consumer {
  readonly who: string;
  readonly use: "shown_to_users" | "internal_team" | "automated_decision";
  readonly budget?: Duration;
  readonly explanation?: "required" | "optional" | "none";
}

// Section 2

export type InputType = "string" | "integer" | "float" | "boolean" | "datetime" | "text" | "image" | "json";
export type OutputType = "probability" | "label" | "score" | "number" | "ranking" | "text" | "embedding";

export interface ContractSection {
  readonly inputs: readonly InputSpec[];
  readonly outputs: readonly OutputSpec[];
  readonly edge_cases?: {
    readonly missing_required?: "default" | "null" | "reject";
    readonly out_of_distribution?: "review" | "fallback" | "uncertainty";
    /** What tells that a request lies outside of the training data; the inputs' ranges and values when absent. */
    readonly detector?: OutlierDetector;
    readonly latency_exceeded?: "cached" | "fallback" | "error";
  };
  readonly fallback?: Fallback;
  readonly cache?: AnswerCacheSpec;
  readonly review?: ReviewQueue;
  readonly variance?: {
    /** The evaluation rows that are asked again, drawn by the seed. */
    readonly replay?: { readonly size?: Count; readonly seed?: Count };
    readonly repeat?: { readonly calls: Count; readonly max_difference: number };
    readonly between_versions?: { readonly max_label_changes?: Share; readonly max_negative_flips?: Share };
  };
}

/** `by: output` reads an output of the model, `by: distance` measures how far a request is from the training data. */
export interface OutlierDetector {
  readonly by: "contract" | "output" | "distance";
  readonly output?: string;
  readonly above?: number;
}

/** For `latency_exceeded: cached`. Without `key` all inputs together are the key. */
export interface AnswerCacheSpec {
  readonly key?: readonly string[];
  readonly ttl?: Duration;
  readonly on_miss?: "fallback" | "error";
}

/** The people who look at what is flagged for review. */
export interface ReviewQueue {
  readonly capacity?: Rate;
  readonly within?: Duration;
  readonly owner?: string;
}

export interface InputSpec {
  readonly name: string;
  readonly type: InputType;
  /** The system and field that it comes from: `routes.distance`. */
  readonly source?: string;
  readonly unit?: string;
  readonly required: boolean;
  readonly range?: readonly [low: number, high: number];
  /** The closed set of values, or `profile`: those seen in the training data when the release was made. */
  readonly values?: "profile" | readonly Scalar[];
  readonly preprocessing?: readonly PreprocessingStep[];
  /** What stands in for a missing value of an input that is not required. */
  readonly missing?: "null" | "reject" | { readonly default: Scalar };
  /** When its value is known, told from the decision. */
  readonly available_at?: "before_decision" | "at_decision" | "after_decision";
  /** How old the value may be when it is sent. */
  readonly staleness?: Duration;
  /** Whether it says something about a person who can be told from it. */
  readonly pii?: boolean;
}

export interface OutputSpec {
  readonly name: string;
  readonly type: OutputType;
  readonly range?: readonly [low: number, high: number];
  readonly values?: readonly Scalar[];
  readonly interpretation?: string;
  readonly decide?: { readonly at: number; readonly positive: string; readonly negative: string };
  readonly surface_above?: number;
  /** What stretches of its numbers mean: [low, high), and the last one with its high end. */
  readonly bands?: readonly OutputBand[];
  /** How many items a ranked list has at most. */
  readonly items?: Count;
}

export interface OutputBand {
  readonly means: string;
  readonly range: readonly [low: number, high: number];
}

/** Exactly one of `constant`, `version` and `rule`. */
export interface Fallback {
  readonly constant?: Readonly<Record<string, Scalar>>;
  readonly version?: string;
  readonly rule?: string;
  /** How good its answers are. */
  readonly quality?: PrimaryMetric;
  /** Sources and services without which it cannot answer. */
  readonly needs?: readonly string[];
}

// Section 3

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

// Section 4

export interface EvaluationSection {
  readonly decide_by: "lower_bound" | "point";
  readonly confidence: Share;
  readonly primary?: PrimaryMetric;
  readonly secondary?: readonly SecondaryMetric[];
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
  /** For metrics that a model gives: which one, and how well it agrees with people. */
  readonly judge?: Judge;
}

export interface Judge {
  readonly model: string;
  readonly version?: string;
  /** With people's ratings, as a share or a correlation: 0 to 1. */
  readonly agreement?: number;
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

// Section 5

export type Level = "low" | "medium" | "high";

export interface RiskScale {
  readonly probability?: { readonly [level in Level]?: string };
  readonly impact?: { readonly [level in Level]?: string };
}

export interface Risk {
  readonly id: string;
  readonly mode: string;
  readonly probability: Level;
  readonly impact: { readonly level: Level; readonly what: string };
  readonly mitigation: string;
  /** Paths in this spec that carry the mitigation out; `*` stands for every entry. */
  readonly controls?: readonly string[];
  /** The line of this spec whose own failure this risk is: `monitoring.input_drift`. */
  readonly of?: string;
  /** What is left of the risk once the controls work. */
  readonly residual?: { readonly probability: Level; readonly impact: Level };
  /** The longest that the failure may last, from its start until users are safe again. */
  readonly contained_within?: Duration;
  /** Somebody lives with the risk instead of mitigating it. */
  readonly acceptance?: { readonly by?: string; readonly on?: Day; readonly expires?: Day };
}

// Section 6

export interface DeploymentSection {
  readonly latency?: {
    readonly mean?: Duration;
    readonly p50?: Duration;
    readonly p99?: Duration;
    readonly timeout?: Duration;
    /** How long the fallback takes, once the timeout is over. */
    readonly fallback?: Duration;
  };
  /** What callers do when they get no answer. */
  readonly retries?: { readonly most: Count; readonly backoff?: Duration; readonly jitter?: boolean };
  readonly throughput?: {
    readonly peak?: Rate;
    readonly burst?: { readonly rate: Rate; readonly for: Duration; readonly then: "shed" | "queue" };
    readonly per_client?: Rate;
  };
  readonly infrastructure?: {
    readonly compute?: Count;
    readonly memory?: Size;
    readonly model_size?: Size;
    /** From the start of a replica to its first answer: starting, and loading the model. */
    readonly load_time?: Duration;
  };
  /** `concurrency`: requests that one replica works on at once; `utilisation`: how busy it may be. */
  readonly replicas?: {
    readonly min?: Count;
    readonly max?: Count;
    readonly concurrency?: Count;
    readonly utilisation?: Share;
    readonly scale_up?: Duration;
  };
  /** Where the spec is carried out; some platforms cannot hold every promise. */
  readonly platform?: "gateway" | "kserve";
  /** Where the model runs, and where the data may go. */
  readonly regions?: { readonly serve: readonly string[]; readonly allowed?: readonly string[] };
  readonly versioning?: { readonly keep: Count };
  readonly rollback?: {
    readonly within: Duration;
    readonly drain?: Duration;
    readonly approval?: Duration;
  };
  readonly shadow?: {
    readonly share: Share;
    readonly requests?: Count;
    readonly max_label_changes?: Share;
    readonly max_added_p99?: Duration;
    /** What answers that nobody sees may still set off. */
    readonly effects?: "none" | "cache" | "actions";
  };
  readonly canary?: {
    readonly steps: readonly Share[];
    readonly hold?: Duration;
    /** How long it takes until a bad version is noticed. */
    readonly detect?: Duration;
    /** The most requests that a bad version may answer before it is noticed. */
    readonly max_exposed?: Count;
  };
  readonly log?: {
    readonly survives: "crash" | "power_loss";
    readonly retain?: Duration;
    readonly redact?: readonly string[];
  };
}

// Section 7

export interface Signal {
  readonly metric: string;
  readonly alert_below?: number;
  /** A number in the metric's own unit: a share as its fraction, a latency in milliseconds. */
  readonly alert_above?: number | Share | Duration;
  readonly window: Duration;
  readonly labels_after?: Duration;
  /** The fewest rows that a window is judged on. */
  readonly min_rows?: Count;
  readonly owner?: string;
  /** What to do when it alerts: an address or a path. */
  readonly runbook?: string;
  /** Why the alert is looser than the gate of the release. */
  readonly looser_because?: string;
}

/** Drift is the distance of a window from the reference, for each input or output by itself. */
export interface DriftSignal extends Signal {
  /** The inputs or outputs that are watched; all of them when absent. */
  readonly of?: readonly string[];
  readonly bins?: Count;
  readonly reference_rows?: Count;
  /** What is added to the count of every bin before shares are compared. */
  readonly smoothing?: number;
}

export interface MonitoringSection {
  readonly performance?: Signal;
  readonly input_drift?: DriftSignal;
  readonly prediction_drift?: DriftSignal;
  readonly latency?: Signal;
  readonly no_data?: { readonly after: Duration; readonly owner?: string };
  /** How often a window may alert although nothing changed, and how many such alerts a week are borne. */
  readonly false_alerts?: { readonly each: Share; readonly per_week: number };
  /** Role to its addresses; `${NAME}` is read from the environment when used, never stored. */
  readonly notify?: Readonly<Record<string, readonly { readonly webhook: string }[]>>;
}

export interface RetrainingSection {
  readonly triggers?: {
    readonly drift?: string;
    readonly performance?: boolean;
    readonly schedule?: string;
    readonly data_older_than?: Duration;
  };
  readonly run?: string;
  /** What a retrained version has to pass again before it ships: paths of this spec. All of a release's when absent. */
  readonly gate?: readonly string[];
  /** Whether the model's own answers change what is later learned as truth; `holdout` is the share left untouched. */
  readonly feedback?: { readonly loop: boolean; readonly holdout?: Share };
  readonly approval?: "automatic" | "manual";
  readonly approvers?: readonly string[];
  readonly cooldown?: Duration;
}
