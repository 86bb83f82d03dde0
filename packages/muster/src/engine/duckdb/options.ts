export interface DuckDbOptions {
  /** As DuckDB writes it, "2GB"; without it, most of the machine's memory. */
  readonly memoryLimit?: string;
  readonly threads?: number;
  /** Groups that one statement may answer with before it fails as too large: some 50 bytes of this process each. */
  readonly mostGroups?: number;
  /**
   * What the digest of a Parquet table is taken of: every byte, as usual, or the `stamps` of its files (path, size, time of
   * change), for a process whose answers name no digest and outlive nothing. Other formats are read whole in any case.
   */
  readonly digests?: "content" | "stamps";
  /** Where a folder for temporary data is made, and removed on close; the system's own without it. */
  readonly tempDirectory?: string;
}

export const usualMostGroups = 5_000_000;
