import type { Scalar } from "../query/scalar.ts";
import type { LintSection } from "./lint-section.ts";
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
  readonly risks?: readonly Risk[];
  readonly deployment?: DeploymentSection;
  readonly monitoring?: MonitoringSection;
  readonly retraining?: RetrainingSection;
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
  readonly baseline?: { readonly description: string; readonly column?: string };
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
  readonly preprocessing?: readonly string[];
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
  readonly evaluation?: TableSpec;
  readonly label?: { readonly column: string; readonly positive?: Scalar; readonly verified_by?: string };
  /** `as_of` is the day that ages are reckoned from, for data of the past; today when absent. */
  readonly time?: { readonly column: string; readonly as_of?: Day };
  readonly requirements?: DataRequirements;
  readonly sources?: readonly DataSource[];
}

export interface TableSpec {
  /** Relative to the spec file. */
  readonly path: string;
  readonly unit_id?: string;
}

export interface DataRequirements {
  readonly examples?: { readonly total?: Count; readonly per_class?: Count };
  readonly dates?: { readonly from: Day; readonly to: Day };
  readonly label_quality?: { readonly verified: Share };
  readonly class_balance?: { readonly max_share: Share };
  readonly freshness?: Duration;
  readonly no_leakage?: { readonly keys: readonly string[] };
}

export interface DataSource {
  readonly name: string;
  readonly owner?: string;
  /** Where it can be read, relative to the spec file; access is proven by reading it. */
  readonly access?: string;
  readonly volume?: Count;
  readonly updates?: string;
}

// Section 4

export interface EvaluationSection {
  readonly decide_by: "lower_bound" | "point";
  readonly confidence: Share;
  readonly primary?: PrimaryMetric;
  readonly secondary?: readonly SecondaryMetric[];
  readonly subgroups?: readonly Subgroup[];
}

export interface PrimaryMetric {
  readonly metric: string;
  readonly at_least?: number;
  readonly at_most?: number;
}

export interface SecondaryMetric {
  readonly metric: string;
  readonly alert_below?: number;
  readonly alert_above?: number;
}

/**
 * `by` names the subgroup and, unless `from` names another, the column. With `values` one group each, with
 * `hours` by the hour of day of a datetime, with `bins` by half-open ranges [a, b); with none of them every value
 * found in the data.
 */
export interface Subgroup {
  readonly by: string;
  readonly from?: string;
  readonly values?: readonly Scalar[];
  readonly hours?: Readonly<Record<string, readonly [from: number, to: number]>>;
  readonly bins?: readonly number[];
}

// Section 5

export type Level = "low" | "medium" | "high";

export interface Risk {
  readonly id: string;
  readonly mode: string;
  readonly probability: Level;
  readonly impact: { readonly level: Level; readonly what: string };
  readonly mitigation: string;
  /** Paths in this spec that carry the mitigation out; `*` stands for every entry. */
  readonly controls?: readonly string[];
}

// Section 6

export interface DeploymentSection {
  readonly latency?: { readonly p50?: Duration; readonly p99?: Duration; readonly timeout?: Duration };
  readonly throughput?: {
    readonly peak?: Rate;
    readonly burst?: { readonly rate: Rate; readonly for: Duration; readonly then: "shed" | "queue" };
    readonly per_client?: Rate;
  };
  readonly infrastructure?: { readonly compute?: Count; readonly memory?: Size; readonly model_size?: Size };
  readonly versioning?: { readonly keep: Count };
  readonly rollback?: { readonly within: Duration };
  readonly shadow?: {
    readonly share: Share;
    readonly requests?: Count;
    readonly max_label_changes?: Share;
    readonly max_added_p99?: Duration;
  };
  readonly canary?: { readonly steps: readonly Share[]; readonly hold?: Duration };
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
  readonly owner?: string;
}

export interface MonitoringSection {
  readonly performance?: Signal;
  readonly input_drift?: Signal;
  readonly prediction_drift?: Signal;
  readonly latency?: Signal;
  readonly no_data?: { readonly after: Duration; readonly owner?: string };
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
  readonly approval?: "automatic" | "manual";
  readonly approvers?: readonly string[];
  readonly cooldown?: Duration;
}
