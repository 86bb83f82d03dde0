import type { Predicate } from "../../query/predicate.ts";
import type { Told, ToldRows } from "../../query/question.ts";
import type { Read } from "../../query/read.ts";
import { invariant } from "../../source/muster-error.ts";
import { answerOf, numberIn } from "../answers.ts";
import type { Answer } from "../check.ts";

export interface AuditSubject {
  readonly table: string;
  readonly label: string;
  /** The table that holds what people found. */
  readonly audit: string;
  readonly key: readonly string[];
  readonly seed: number;
  readonly size: number;
  readonly by?: string;
  readonly column: string;
  readonly second?: string;
}

/** A drawn training row, and what people found where the audit's file has it. */
export interface DrawnRow {
  readonly stratum: string;
  readonly given: string;
  readonly first: Told;
  readonly second: Told;
}

export interface DrawnSample {
  readonly rows: readonly DrawnRow[];
  /** Rows that could have been drawn, by stratum. */
  readonly population: ReadonlyMap<string, number>;
  /** Rows of the file that were not drawn: they do not count. */
  readonly others: number;
  /** Drawn rows that the file does not have. */
  readonly absent: number;
  /** Why the sample means nothing, if it does. */
  readonly fault: string | null;
}

/** More rows than these are no audit. */
export const mostReviewed = 50_000;

/** The audit's reads: the sample drawn anew, the file, and how many rows there were to draw from. */
export function auditReads(subject: AuditSubject): readonly Read[] {
  const { table, label, audit, key, seed, size, by, column, second } = subject;
  const drawable: Predicate = {
    kind: "all",
    of: [label, ...(by === undefined ? [] : [by])]
      .map((name): Predicate => ({ kind: "is_finite", column: name }))
      .concat(key.map((name): Predicate => ({ kind: "not", of: { kind: "is_missing", column: name } }))),
  };
  const shown = [...new Set([...key, label, ...(by === undefined ? [] : [by])])];
  return [
    {
      kind: "sample",
      table,
      keys: key,
      seed,
      size,
      columns: shown,
      where: { kind: "is_finite", column: label },
      ...(by === undefined ? {} : { by }),
    },
    {
      kind: "rows",
      table: audit,
      columns: [...new Set([...key, column, ...(second === undefined ? [] : [second])])],
      most: mostReviewed,
    },
    {
      kind: "aggregate",
      aggregate: {
        table,
        by: by === undefined ? [] : [{ kind: "values", column: by }],
        values: { rows: { fn: "count" } },
        where: drawable,
      },
    },
  ];
}

/** Joins what was drawn with what was found. */
export function drawnSample(subject: AuditSubject, answers: readonly Answer[]): DrawnSample {
  const drawn = answerOf(answers, 0, "sample") as ToldRows;
  const file = answerOf(answers, 1, "rows") as ToldRows;
  const { groups } = answerOf(answers, 2, "aggregate");
  const { key, label, by, column, second } = subject;
  const found = new Map<string, { readonly first: Told; readonly second: Told }>();
  let twice = 0;
  for (let i = 0; i < file.count; i += 1) {
    const id = keyOf(file, key, i);
    if (found.has(id)) twice += 1;
    found.set(id, {
      first: cell(file, column, i),
      second: second === undefined ? null : cell(file, second, i),
    });
  }
  const ids = Array.from({ length: drawn.count }, (_, i) => keyOf(drawn, key, i));
  const rows = ids.map((id, i): DrawnRow => {
    const review = found.get(id);
    return {
      stratum: by === undefined ? "" : (cell(drawn, by, i) ?? ""),
      given: cell(drawn, label, i) ?? "",
      first: blankIsNull(review?.first ?? null),
      second: blankIsNull(review?.second ?? null),
    };
  });
  const absent = ids.filter((id) => !found.has(id)).length;
  const population = new Map(
    Array.from({ length: groups.count }, (_, g) => [
      by === undefined ? "" : String(groups.keys[0]?.[g] ?? ""),
      numberIn(groups, "rows", g),
    ]),
  );
  const others = found.size - (drawn.count - absent);
  const fault =
    drawn.count === 0
      ? "there is no row to draw"
      : new Set(ids).size < ids.length
        ? `${key.join(" + ")} does not name one row: two drawn rows share theirs`
        : twice > 0
          ? `${twice} rows of the audit's file stand there twice`
          : absent === drawn.count
            ? "no row of the audit's file is one that the seed draws: only rows that chance has chosen count"
            : null;
  return { rows, population, others, absent, fault };
}

function cell(told: ToldRows, column: string, i: number): Told {
  const values = told.columns[column];
  invariant(values !== undefined, `the answer lacks the column ${column}`);
  return values[i] ?? null;
}

/** What names a row in either file. Files without types read 007 as 7. */
export const keyOf = (told: ToldRows, key: readonly string[], i: number): string =>
  JSON.stringify(key.map((name) => withoutZeros(cell(told, name, i) ?? "")));

const withoutZeros = (text: string): string => (/^0\d+$/.test(text) ? text.replace(/^0+(?=\d)/, "") : text);

/** What somebody wrote into a cell; null where nobody has looked yet. */
export const blankIsNull = (text: Told): Told => (text === null || text.trim() === "" ? null : text.trim());

/** Labels as two files write them: numbers by value, true and false also as 1 and 0. */
export function sameLabel(a: string, b: string): boolean {
  if (a === b) return true;
  const [x, y] = [numberOf(a), numberOf(b)];
  return x !== null && x === y;
}

function numberOf(text: string): number | null {
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === "true" ? 1 : 0;
  const value = Number(text);
  return text.trim() === "" || Number.isNaN(value) ? null : value;
}
