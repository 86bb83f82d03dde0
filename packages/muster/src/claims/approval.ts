/**
 * A person's agreement that a promise may be lessened or a caller broken. Bound to the change's fingerprint: it
 * survives a rebase and covers nothing any more when the values change again.
 */
export interface Approval {
  readonly id: string;
  /** 12 hex digits, as `muster diff --breaking` shows them. */
  readonly fingerprint: string;
  /** The change in words, as it was shown to who approved it. */
  readonly change: string;
  readonly by: string;
  readonly reason: string;
  /** ISO 8601, UTC. */
  readonly approvedAt: string;
}
