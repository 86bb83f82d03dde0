/** The files that `prepare` writes, and the departures that each holds: from <= departure < until. */
export interface PublishedFile {
  readonly file: string;
  readonly from: string;
  readonly until: string;
}

export const PUBLISHED: readonly PublishedFile[] = [
  { file: "train.parquet", from: "2001-01-01", until: "2001-04-01" },
  { file: "evaluation.parquet", from: "2001-04-01", until: "2001-05-01" },
  // The source ends with six flights of the first minute of July; they are left out.
  { file: "production.parquet", from: "2001-05-01", until: "2001-07-01" },
];
