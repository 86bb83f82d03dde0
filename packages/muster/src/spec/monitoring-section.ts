import type { Count, Duration, Share } from "./quantity.ts";

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
