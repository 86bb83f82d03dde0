/**
 * Quantities of the spec: a number in one base unit, and the author's own text, so that what is printed is what
 * was written.
 */
export interface Duration {
  readonly kind: "duration";
  readonly ms: number;
  readonly text: string;
}

/** Written as `3%` or `0.03`; `value` is the fraction. */
export interface Share {
  readonly kind: "share";
  readonly value: number;
  readonly text: string;
}

/** Written as `500/s`, `30/m`, `1000/h`. */
export interface Rate {
  readonly kind: "rate";
  readonly perSecond: number;
  readonly text: string;
}

/** Written as `10MiB`, `2GB`. */
export interface Size {
  readonly kind: "size";
  readonly bytes: number;
  readonly text: string;
}

/** Written as `1_000_000` or with its unit, `2 vCPU`. */
export interface Count {
  readonly kind: "count";
  readonly value: number;
  readonly unit: string | null;
  readonly text: string;
}

/** Written as `2001-01-31`; the day as a whole, in UTC. */
export interface Day {
  readonly kind: "day";
  /** Milliseconds since 1970-01-01T00:00Z of the day's first instant. */
  readonly startMs: number;
  readonly text: string;
}
