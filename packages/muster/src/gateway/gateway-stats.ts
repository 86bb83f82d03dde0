import type { JournalStats } from "./journal.ts";

/** How a gateway is doing, since its start. */
export interface GatewayStats {
  /** Rows answered, by policy. */
  readonly answers: Readonly<Record<string, number>>;
  /** Requests refused, by code. */
  readonly refusals: Readonly<Record<string, number>>;
  readonly inFlight: number;
  /** Results of the model that came too late to be given. */
  readonly late: number;
  /** Runs of the model that were given up on and still hang. */
  readonly abandoned: number;
  /** Processes of the model that were put in the place of dead or hanging ones. */
  readonly replaced: number;
  readonly connections: number;
  readonly journal: JournalStats;
  /** Whether the row check is generated code; false where the process may not generate any. */
  readonly generatedCheck: boolean;
}
