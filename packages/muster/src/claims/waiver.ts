/** A person's signed, dated, expiring acceptance of one broken or undecided claim. */
export interface Waiver {
  readonly id: string;
  readonly claimId: string;
  /** The waiver covers the claim as it was worded then; an edited promise needs a new one. */
  readonly claimDigest: string;
  readonly by: string;
  readonly reason: string;
  /** ISO 8601, UTC. */
  readonly signedAt: string;
  /** ISO 8601, UTC; from this moment on it covers nothing. */
  readonly expiresAt: string;
}
