/** What is known of a column before it is read in full. */
export interface ColumnStatistics {
  /** Values that differ, missing ones aside; an approximation, which may be a tenth or two off. */
  readonly distinct: number;
  /** Rows without a value. */
  readonly missing: number;
  /** The range of its finite numbers, of times in milliseconds since 1970; null where there are none. */
  readonly least: number | null;
  readonly greatest: number | null;
}

/** Columns that are not here are taken to have another value in every row. */
export interface TableStatistics {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, ColumnStatistics>;
}
