import type { Lists, Order, Window } from "../../query/aggregate.ts";
import { columnsOfLists, columnsOfRows } from "../../query/columns.ts";
import { namesOfRow } from "../../query/lists.ts";
import { inByteOrder } from "../byte-order.ts";
import type { Column } from "../engine.ts";
import { checkNames } from "../sql-lists.ts";
import { expressionOf, measureOf } from "./interpret.ts";
import { type Cell, locate, type Row, type Rows } from "./rows.ts";

/** A table's rows as one a list; `read` names what is wanted of the lists. */
export function listsOf(table: Rows, lists: Lists, read: readonly string[]): Rows {
  const kept = columnsOfLists(lists, read).map((name) => locate(table, name));
  const used = columnsOfRows(lists).map((name) => locate(table, name).column);
  checkNames([...used, ...kept.map(({ column }) => column)], namesOfRow(lists), table.name);
  const groups = grouped(table, lists.key);
  const windows = Object.entries(lists.windows);
  const positioned = extended(
    table,
    windows.map(([name]) => name),
    groups.flatMap((rows) => {
      const columns = windows.map(([, window]) => windowOf(table, rows, window));
      return rows.map((row, i) => [...row, ...columns.map((column) => column[i] ?? null)]);
    }),
  );
  const rows = computed(positioned, lists.columns);
  const measures = Object.values(lists.values).map((measure) => measureOf(rows, measure));
  const reduced = grouped(rows, lists.key).map(
    (members): Row => [
      ...kept.map(({ at, column }) =>
        column.name === lists.key ? (members[0]?.[at] ?? null) : same(members.map((row) => row[at] ?? null)),
      ),
      ...measures.map((measure) => measure(members)).map((value) => (Number.isNaN(value) ? null : value)),
    ],
  );
  const base: Rows = { name: table.name, columns: kept.map(({ column }) => column), rows: [] };
  const valued = extended(base, Object.keys(lists.values), reduced);
  return computed(valued, lists.derived);
}

function extended(table: Rows, names: readonly string[], rows: readonly Row[]): Rows {
  const added = names.map((name): Column => ({ name, type: "float", native: "DOUBLE" }));
  return { name: table.name, columns: [...table.columns, ...added], rows };
}

function computed(table: Rows, columns: Lists["columns"]): Rows {
  const read = Object.values(columns).map((of) => expressionOf(table, of));
  return extended(
    table,
    Object.keys(columns),
    table.rows.map((row) => [...row, ...read.map((of) => of(row))]),
  );
}

/** The rows of each list, in the order in which lists first occur. */
function grouped(table: Rows, key: string): readonly (readonly Row[])[] {
  const { at } = locate(table, key);
  const groups = new Map<Cell, Row[]>();
  for (const row of table.rows) {
    const cell = row[at] ?? null;
    const group = groups.get(cell === 0 ? 0 : cell) ?? [];
    groups.set(cell === 0 ? 0 : cell, group);
    group.push(row);
  }
  return [...groups.values()];
}

function same(cells: readonly Cell[]): Cell {
  const [first, ...others] = new Set(cells.filter((cell) => cell !== null));
  return others.length === 0 ? (first ?? null) : null;
}

/** The window's number for each row of one list, in the rows' order. */
function windowOf(table: Rows, rows: readonly Row[], window: Window): readonly (number | null)[] {
  switch (window.fn) {
    case "position":
    case "rank":
    case "running_sum": {
      const compare = comparison(table, window.order);
      const sorted = rows.map((_, i) => i).sort((a, b) => compare(rows[a] ?? [], rows[b] ?? []));
      const numbers = new Array<number | null>(rows.length).fill(null);
      const read = window.fn === "running_sum" ? expressionOf(table, window.of) : () => 1;
      let sum: number | null = null;
      let rank = 0;
      for (const [n, i] of sorted.entries()) {
        const row = rows[i] ?? [];
        const value = read(row);
        if (value !== null) sum = (sum ?? 0) + value;
        if (n === 0 || compare(rows[sorted[n - 1] ?? 0] ?? [], row) !== 0) rank = n + 1;
        numbers[i] = window.fn === "position" ? n + 1 : window.fn === "rank" ? rank : sum;
      }
      return numbers;
    }
    case "sum": {
      const read = expressionOf(table, window.of);
      const compare = comparison(table, window.peers ?? []);
      const sumOf = (row: Row): number | null => {
        const values = rows
          .filter((other) => compare(row, other) === 0)
          .map(read)
          .filter((value) => value !== null);
        return values.length === 0 ? null : values.reduce((a, b) => a + b, 0);
      };
      return rows.map(sumOf);
    }
  }
}

function comparison(table: Rows, order: readonly Order[]): (a: Row, b: Row) => number {
  const keys = order.map((by) => ({ ...by, at: locate(table, by.column).at }));
  return (a, b) => {
    for (const { at, descending, missing } of keys) {
      const [left, right] = [a[at] ?? null, b[at] ?? null];
      if (left === null || right === null) {
        if (left === right) continue;
        return (left === null) === (missing === "first") ? -1 : 1;
      }
      const difference = compareCells(left, right);
      if (difference !== 0) return descending ? -difference : difference;
    }
    return 0;
  };
}

/** As engines do: text by the bytes of its UTF-8, NaN above every number. */
function compareCells(a: NonNullable<Cell>, b: NonNullable<Cell>): number {
  if (typeof a === "string" && typeof b === "string") return inByteOrder(a, b);
  const [left, right] = [Number(a), Number(b)];
  if (Number.isNaN(left) || Number.isNaN(right))
    return Number(Number.isNaN(left)) - Number(Number.isNaN(right));
  return Math.sign(left - right) || 0;
}
