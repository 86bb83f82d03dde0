import type { Dimension } from "../../query/aggregate.ts";
import type { Question, QuestionAnswer, Told } from "../../query/question.ts";
import { md5 } from "../../source/md5.ts";
import { invariant } from "../../source/muster-error.ts";
import { checkRepeats, checkSampleKeys, checkSeed } from "../check-asked.ts";
import { wrongType } from "../sql-columns.ts";
import { dimensionOf } from "./dimension.ts";
import { predicateOf } from "./interpret.ts";
import { type Cell, locate, type Row, type Rows } from "./rows.ts";

/** A direct reading of a question, row by row: what the SQL is held against. */
export function answerInMemory(table: Rows, question: Question): QuestionAnswer {
  switch (question.kind) {
    case "repeats":
      return repeats(table, question);
    case "top_values":
      return topValues(table, question);
    case "sample":
      return told(table, question, drawn(table, question));
    case "rows":
      return told(table, question, table.rows.slice(0, question.most));
    case "separation":
      return separation(table, question);
    default:
      return question satisfies never;
  }
}

type Kind<K extends Question["kind"]> = Extract<Question, { readonly kind: K }>;

const same = (cell: Cell): string =>
  typeof cell === "number" ? String(cell === 0 ? 0 : cell) : JSON.stringify(cell);

function repeats(table: Rows, { columns, label, where }: Kind<"repeats">): QuestionAnswer {
  const names = columns ?? table.columns.map(({ name }) => name);
  checkRepeats(names);
  const places = names.map((name) => locate(table, name).at);
  const y = label === undefined ? null : locate(table, label).at;
  const fits = where === undefined ? () => true : predicateOf(table, where);
  const labelled =
    label === undefined ? () => true : predicateOf(table, { kind: "is_finite", column: label });
  const groups = new Map<string, Map<string, number>>();
  for (const row of table.rows) {
    if (!fits(row) || !labelled(row)) continue;
    const key = places.map((at) => same(row[at] ?? null)).join("\u0000");
    const of = y === null ? "" : same(row[y] ?? null);
    const group = groups.get(key) ?? new Map<string, number>();
    groups.set(key, group.set(of, (group.get(of) ?? 0) + 1));
  }
  let [rows, repeated, conflicting, flips] = [0, 0, 0, 0];
  for (const group of groups.values()) {
    const counts = [...group.values()];
    const n = counts.reduce((a, b) => a + b, 0);
    rows += n;
    if (n > 1) repeated += n;
    if (counts.length > 1) conflicting += n;
    flips += n - Math.max(...counts);
  }
  return { kind: "repeats", rows, distinct: groups.size, repeated, conflicting, flips };
}

function topValues(table: Rows, { column, where, most }: Kind<"top_values">): QuestionAnswer {
  const key = dimensionOf(table, { kind: "values", column });
  const { at } = locate(table, column);
  const fits = where === undefined ? () => true : predicateOf(table, where);
  const groups = new Map<string | number | null, { rows: number; cell: Cell }>();
  for (const row of table.rows) {
    if (!fits(row)) continue;
    const group = groups.get(key(row)) ?? { rows: 0, cell: row[at] ?? null };
    group.rows += 1;
    groups.set(key(row), group);
  }
  const sorted = [...groups].sort(([, a], [, b]) => b.rows - a.rows || inOrder(a.cell, b.cell));
  return {
    kind: "top_values",
    values: sorted
      .slice(0, most)
      .map(([value, { rows }]) => ({ value: value === null ? null : String(value), rows })),
    distinct: groups.size,
    rows: sorted.reduce((all, [, { rows }]) => all + rows, 0),
  };
}

function inOrder(a: Cell, b: Cell): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a === b ? 0 : a < b ? -1 : 1;
}

function told(table: Rows, question: Kind<"sample" | "rows">, rows: readonly Row[]): QuestionAnswer {
  const { kind, columns } = question;
  const dimensions = question.kind === "sample" ? (question.groups ?? []) : [];
  const of = (dimension: Dimension): Told[] => {
    const key = dimensionOf(table, dimension);
    return rows.map((row) => (key(row) === null ? null : String(key(row))));
  };
  const entries = columns.map((name) => {
    return [name, of({ kind: "values", column: name })] as const;
  });
  const told = { kind, count: rows.length, columns: Object.fromEntries(entries) };
  return dimensions.length === 0 ? told : { ...told, groups: dimensions.map(of) };
}

function drawn(table: Rows, { keys, seed, size, by, where }: Kind<"sample">): readonly Row[] {
  checkSampleKeys(keys);
  checkSeed(seed);
  const places = keys.map((name) => {
    const { at, column } = locate(table, name);
    if (column.type === "float" || column.type === "unknown")
      throw wrongType(column, table.name, "a text, whole number, boolean, date or time as a key");
    return at;
  });
  const fits = where === undefined ? () => true : predicateOf(table, where);
  const known = by === undefined ? () => true : predicateOf(table, { kind: "is_finite", column: by });
  const ranked = table.rows
    .filter((row) => fits(row) && known(row) && places.every((at) => (row[at] ?? null) !== null))
    .map((row) => {
      const text = [seed, ...places.map((at) => row[at] ?? null)].map(String).join(":");
      return { row, hash: md5(text) };
    })
    .sort((a, b) => (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0));
  if (by === undefined) return ranked.slice(0, size).map(({ row }) => row);
  const { at } = locate(table, by);
  const taken = new Map<string, number>();
  return ranked
    .filter(({ row }) => {
      const stratum = same(row[at] ?? null);
      taken.set(stratum, (taken.get(stratum) ?? 0) + 1);
      return (taken.get(stratum) ?? 0) <= size;
    })
    .map(({ row }) => row);
}

function separation(table: Rows, { column, label, positive }: Kind<"separation">): QuestionAnswer {
  const { at } = locate(table, column);
  const finite = predicateOf(table, { kind: "is_finite", column });
  const labelled = predicateOf(table, { kind: "is_finite", column: label });
  const isPositive = predicateOf(table, { kind: "equals", column: label, value: positive });
  const values: { readonly high: number[]; readonly low: number[] } = { high: [], low: [] };
  for (const row of table.rows) {
    if (!finite(row) || !labelled(row)) continue;
    const value = Number(row[at]);
    invariant(!Number.isNaN(value), "a separation by a text");
    (isPositive(row) ? values.high : values.low).push(value);
  }
  let wins = 0;
  for (const p of values.high) for (const n of values.low) wins += p > n ? 1 : p === n ? 0.5 : 0;
  return { kind: "separation", positives: values.high.length, negatives: values.low.length, wins };
}
