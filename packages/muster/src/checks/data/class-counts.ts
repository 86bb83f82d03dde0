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
    aggregate: { table, by: [{ kind: "values", column: label }], values: { rows: { fn: "count" } } },
  },
];

/** Rows of every class that occurs, the biggest first; rows without a label as `(missing)`, with `facts.missing` 1. */
export function measureClasses({ label }: ClassesSubject, answers: readonly Answer[]): Measurement[] {
  const { groups } = answerOf(answers, 0, "aggregate");
  const classes = Array.from({ length: groups.count }, (_, g) => {
    const rows = numberIn(groups, "rows", g);
    const key = groups.keys[0]?.[g] ?? null;
    return { label: `${label}=${keyText(key)}`, value: rows, rows, facts: { missing: key === null ? 1 : 0 } };
  });
  return classes.sort((a, b) => b.rows - a.rows || (a.label < b.label ? -1 : 1));
}
