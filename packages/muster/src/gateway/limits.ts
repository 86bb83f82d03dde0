/** What a gateway allows itself and its callers. */
export interface Limits {
  readonly bodyBytes: number;
  /** Rows in one request. */
  readonly rows: number;
  /** Levels of nesting in a body. */
  readonly depth: number;
  /** Prediction requests under way, bodies being read included. */
  readonly inFlight: number;
  readonly connections: number;
  readonly headersMs: number;
  /** From a request's first byte to the last of its body. */
  readonly requestMs: number;
  readonly keepAliveMs: number;
  /** Without a byte in either direction, a reply that nobody reads included; longer than any budget. */
  readonly silenceMs: number;
  /** Clients whose rate is remembered. */
  readonly clients: number;
  /** Answers kept for `latency_exceeded: cached`. */
  readonly cachedAnswers: number;
  readonly segmentBytes: number;
  /** How long to go on answering after readiness was withdrawn, so that load balancers notice. */
  readonly drainMs: number;
  /** How long to wait for requests under way when stopping. */
  readonly finishMs: number;
  /** The model's time where the spec states no `deployment.latency.timeout`. */
  readonly modelMs: number;
  /** Runs of the model that may hang before it is not asked any more. */
  readonly abandonedRuns: number;
}

export const defaultLimits: Limits = {
  /** 1,000 rows of a wide contract fit; at 512 in flight it bounds the memory of bodies to half a gigabyte. */
  bodyBytes: 1_048_576,
  rows: 1000,
  depth: 64,
  inFlight: 512,
  connections: 4096,
  headersMs: 10_000,
  requestMs: 30_000,
  /** Longer than the 60 s after which common load balancers drop an idle connection, so that they do it, not we. */
  keepAliveMs: 65_000,
  silenceMs: 120_000,
  clients: 10_000,
  cachedAnswers: 10_000,
  segmentBytes: 64 * 1_048_576,
  drainMs: 0,
  finishMs: 10_000,
  modelMs: 30_000,
  abandonedRuns: 256,
};
