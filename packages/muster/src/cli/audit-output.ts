import type { ReadReviews, ReviewFinding } from "../checks/data/audit-reviews.ts";
import type { AuditSubject } from "../checks/data/audit-sample.ts";
import { formatCount } from "../report/format-number.ts";
import { printable } from "../report/printable.ts";

const mostShown = 20;

/** What came of recording reviews. */
export interface RecordResult {
  readonly found: ReadReviews;
  /** Something is wrong with a review, so nothing was written. */
  readonly wrong: boolean;
  readonly file: string;
  readonly reviews: string;
  readonly sample: string;
  readonly subject: AuditSubject;
  readonly who: string;
  readonly drawn: number;
}

export function recordJson({ found, wrong, file, sample, subject, who, drawn }: RecordResult): string {
  const { key, seed, size, by } = subject;
  const filled = found.labels.filter((label) => label !== null).length;
  return JSON.stringify(
    {
      version: 1,
      written: !wrong,
      file,
      reviewer: who,
      sample: { digest: sample, seed, size, by: by ?? null, key, drawn },
      added: wrong ? 0 : found.added,
      reviewed: wrong ? null : filled,
      findings: found.findings,
    },
    null,
    2,
  );
}

export function recordText({
  found,
  wrong,
  file,
  reviews,
  sample,
  subject,
  who,
  drawn,
}: RecordResult): string {
  const faults = found.findings.filter(({ kind }) => kind !== "unreviewed");
  const open = found.findings.filter(({ kind }) => kind === "unreviewed");
  const line = ({ key, row, message }: ReviewFinding): string => {
    const which = subject.key.map((name, i) => `${name}=${key[i] ?? "(missing)"}`).join(" ");
    return printable(`${row === null ? "" : `row ${row}: `}${which} ${message}`);
  };
  const some = (findings: readonly ReviewFinding[]): readonly string[] => [
    ...findings.slice(0, mostShown).map((each) => `  ${line(each)}`),
    ...(findings.length > mostShown ? [`  and ${formatCount(findings.length - mostShown)} more`] : []),
  ];
  if (wrong) {
    const head = `Nothing was recorded: ${formatCount(faults.length)} of the reviews in ${printable(reviews)} ${faults.length === 1 ? "is" : "are"} wrong.`;
    return [head, ...some(faults)].join("\n");
  }
  return [
    `Recorded ${formatCount(found.added)} reviews by ${printable(who)}: ${formatCount(drawn - open.length)} of ${formatCount(drawn)} drawn rows are reviewed in ${printable(file)}.`,
    `Sample ${sample}, seed ${subject.seed}.`,
    ...(open.length === 0 ? ["muster check now says how many of the labels are right."] : some(open)),
  ].join("\n");
}
