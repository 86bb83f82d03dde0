export interface DuckDbOptions {
  /** As DuckDB writes it, "2GB"; without it, most of the machine's memory. */
  readonly memoryLimit?: string;
  readonly threads?: number;
  /** Groups that one statement may answer with before it fails as too large: some 50 bytes of this process each. */
  readonly mostGroups?: number;
  /** Where a folder for temporary data is made, and removed on close; the system's own without it. */
  readonly tempDirectory?: string;
}

export const usualMostGroups = 5_000_000;
