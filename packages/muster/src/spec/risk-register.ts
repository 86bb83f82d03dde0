import type { Day, Duration } from "./quantity.ts";

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
