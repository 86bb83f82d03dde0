import type { Lists, Order, Window } from "../query/aggregate.ts";
import { columnsOfLists, columnsOfRows } from "../query/columns.ts";
import { namesOfList, namesOfRow } from "../query/lists.ts";
import { MusterError } from "../source/muster-error.ts";
import type { Column } from "./engine.ts";
import { SqlColumns } from "./sql-columns.ts";
import { expressionSql } from "./sql-expression.ts";
import { measureSql } from "./sql-measure.ts";

/**
 * A table's rows as one a list, to stand after FROM, and its columns: a query inside a query for each layer, of which
 * engines make one. `read` names what is wanted of the lists.
 */
export function listsSql(
  table: SqlColumns,
  lists: Lists,
  read: readonly string[],
): { readonly from: string; readonly columns: SqlColumns } {
  const kept = columnsOfLists(lists, read).map((name) => table.find(name));
  const used = columnsOfRows(lists).map((name) => table.find(name));
  const own = [...new Map([...used, ...kept].map((column) => [column.name, column])).values()];
  checkNames(own, namesOfRow(lists), table.table);
  checkNames(kept, namesOfList(lists), table.table);
  const q = (name: string): string => table.quote(name);
  const among = (columns: readonly Column[], names: readonly string[]): SqlColumns =>
    new SqlColumns(table.dialect, table.table, {
      columns: [...columns, ...names.map((name): Column => ({ name, type: "float", native: "DOUBLE" }))],
      rows: 0,
    });
  const layer = (from: string, selected: readonly string[], more = ""): string =>
    `(SELECT ${selected.join(", ")} FROM ${from}${more}) AS ${q("l")}`;

  const windows = Object.entries(lists.windows);
  let from = layer(q(table.table), [
    ...own.map(({ name }) => q(name)),
    ...windows.map(
      ([name, window]) => `CAST(${windowSql(table, lists.key, window)} AS DOUBLE) AS ${q(name)}`,
    ),
  ]);
  const positioned = among(
    own,
    windows.map(([name]) => name),
  );
  const computed = Object.entries(lists.columns);
  if (computed.length > 0) {
    from = layer(from, [
      "*",
      ...computed.map(([name, of]) => `${expressionSql(positioned, of)} AS ${q(name)}`),
    ]);
  }
  const rows = among(own, namesOfRow(lists));
  const key = q(lists.key);
  from = layer(
    from,
    [
      ...kept.map(({ name }) => `${name === lists.key ? key : sameSql(q(name))} AS ${q(name)}`),
      ...Object.entries(lists.values).map(
        ([name, measure]) =>
          `CAST(${measureSql(rows, measure, (sql) => sql, "many").sql} AS DOUBLE) AS ${q(name)}`,
      ),
      ...(kept.length === 0 && Object.keys(lists.values).length === 0 ? [`1 AS ${q("row")}`] : []),
    ],
    ` GROUP BY ${key}`,
  );
  const valued = among(kept, Object.keys(lists.values));
  const derived = Object.entries(lists.derived);
  if (derived.length > 0) {
    from = layer(from, ["*", ...derived.map(([name, of]) => `${expressionSql(valued, of)} AS ${q(name)}`)]);
  }
  return { from, columns: among(kept, namesOfList(lists)) };
}

/** The one value of a list's rows, or null where they differ. */
const sameSql = (quoted: string): string =>
  `CASE WHEN MIN(${quoted}) = MAX(${quoted}) THEN MIN(${quoted}) END`;

function windowSql(table: SqlColumns, listKey: string, window: Window): string {
  const key = table.quote(listKey);
  switch (window.fn) {
    case "position":
      return `ROW_NUMBER() OVER (PARTITION BY ${key} ORDER BY ${orderSql(table, window.order)})`;
    case "rank":
      return `RANK() OVER (PARTITION BY ${key} ORDER BY ${orderSql(table, window.order)})`;
    case "running_sum":
      return (
        `SUM(${expressionSql(table, window.of)}) OVER (PARTITION BY ${key} ORDER BY ${orderSql(table, window.order)} ` +
        "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"
      );
    case "sum": {
      // By the frame and not by another partition: windows of one order are sorted once for all of them.
      const { peers } = window;
      const frame =
        peers === undefined
          ? ""
          : ` ORDER BY ${orderSql(table, peers)} RANGE BETWEEN CURRENT ROW AND CURRENT ROW`;
      return `SUM(${expressionSql(table, window.of)}) OVER (PARTITION BY ${key}${frame})`;
    }
  }
}

function orderSql(table: SqlColumns, order: readonly Order[]): string {
  if (order.length === 0) throw new MusterError("engine/failed", "An order needs at least one column.");
  return order
    .map(({ column, descending, missing }) => {
      const direction = descending ? "DESC" : "ASC";
      return `${table.quote(table.find(column).name)} ${direction} NULLS ${missing.toUpperCase()}`;
    })
    .join(", ");
}

/** SQL takes no notice of case, so what a layer adds must not be called like a column that it stands beside. */
export function checkNames(columns: readonly Column[], names: readonly string[], table: string): void {
  const made = new Set(names.map((name) => name.toLowerCase()));
  const twin = columns.find((column) => made.has(column.name.toLowerCase()));
  if (twin === undefined) return;
  throw new MusterError(
    "engine/failed",
    `Column "${twin.name}" of table "${table}" has a name that is taken.`,
    {
      hint: "Read it under another name.",
    },
  );
}
