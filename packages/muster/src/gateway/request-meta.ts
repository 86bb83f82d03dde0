/** What is known of one prediction request besides its rows. */
export interface RequestMeta {
  /** Ours, unique. */
  readonly id: string;
  /** The caller's, where one was sent. */
  readonly clientId: string | null;
  readonly protocol: "oip" | "plain";
  /** Milliseconds since 1970. */
  readonly time: number;
  /** On the monotonic clock. */
  readonly startedAt: number;
}
