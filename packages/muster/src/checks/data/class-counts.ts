import type { Measurement } from "../../claims/evidence.ts";
import type { Read } from "../../query/read.ts";
import { answerOf, keyText, numberIn } from "../answers.ts";
import type { Answer } from "../check.ts";

export interface ClassesSubject {
  readonly table: string;
  readonly label: string;
}

/** Asks for the rows of every class. */
export const classReads = ({ table, label }: ClassesSubject): readonly Read[] => [
  {
    kind: "aggregate",
    aggregate: {
      table,
      by: [{ kind: "values", column: label }],
      values: {
        rows: { fn: "count" },
        labelled: { fn: "count", where: { kind: "is_finite", column: label } },
      },
    },
  },
];

/**
 * Rows of every class that occurs, the biggest first; rows without a label have `facts.missing` 1. NaN is no label, as
 * it is none for the metrics: as a class of its own it would dilute all others.
 */
export function measureClasses({ label }: ClassesSubject, answers: readonly Answer[]): Measurement[] {
  const { groups } = answerOf(answers, 0, "aggregate");
  const classes = Array.from({ length: groups.count }, (_, g) => {
    const rows = numberIn(groups, "rows", g);
    const key = groups.keys[0]?.[g] ?? null;
    return {
      label: `${label}=${keyText(key)}`,
      value: rows,
      rows,
      facts: { missing: numberIn(groups, "labelled", g) === 0 ? 1 : 0 },
      text: keyText(key),
    };
  });
  return classes.sort((a, b) => b.rows - a.rows || (a.label < b.label ? -1 : 1));
}
