import type { Count, Duration, Rate, Share, Size } from "./quantity.ts";

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
