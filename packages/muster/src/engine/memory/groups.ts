import type { Aggregate, Groups } from "../../query/aggregate.ts";
import { columnsRead } from "../../query/columns.ts";
import { inKeyOrder } from "../key-order.ts";
import { dimensionOf } from "./dimension.ts";
import { measureOf, predicateOf } from "./interpret.ts";
import { listsOf } from "./lists.ts";
import type { Stored } from "./memory-table.ts";
import type { Row } from "./rows.ts";

/** An aggregate as its words say it: every row is put into its group, and every group is measured. */
export function groupsOf(stored: Stored, aggregate: Aggregate): Groups {
  const table =
    aggregate.lists === undefined
      ? stored
      : listsOf(
          stored,
          aggregate.lists,
          columnsRead({ ...aggregate, values: Object.values(aggregate.values) }),
        );
  const where = aggregate.where === undefined ? () => true : predicateOf(table, aggregate.where);
  const among = (aggregate.among ?? []).map(({ dimension, keys }) => {
    const keyOf = dimensionOf(table, dimension);
    const known = new Set(keys);
    return (row: Row): boolean => known.has(keyOf(row));
  });
  const dimensions = aggregate.by.map((dimension) => dimensionOf(table, dimension));
  const measures = Object.entries(aggregate.values).map(
    ([name, measure]) => [name, measureOf(table, measure)] as const,
  );
  const groups = new Map<
    string,
    { readonly keys: readonly (string | number | null)[]; readonly rows: Row[] }
  >();
  if (dimensions.length === 0) groups.set("[]", { keys: [], rows: [] });
  for (const row of table.rows) {
    if (!where(row) || !among.every((holds) => holds(row))) continue;
    const keys = dimensions.map((dimension) => dimension(row));
    const id = JSON.stringify(keys);
    const group = groups.get(id) ?? { keys, rows: [] };
    groups.set(id, group);
    group.rows.push(row);
  }
  const list = [...groups.values()];
  return inKeyOrder({
    count: list.length,
    keys: dimensions.map((_, d) => list.map((group) => group.keys[d] ?? null)),
    values: Object.fromEntries(
      measures.map(([name, of]) => [name, Float64Array.from(list, (group) => of(group.rows))]),
    ),
  });
}
