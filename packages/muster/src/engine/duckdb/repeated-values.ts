import type { Aggregate } from "../../query/aggregate.ts";
import type { ColumnType, TableInfo } from "../engine.ts";
import type { SqlColumns } from "../sql-columns.ts";
import type { CurrentSession } from "./current-session.ts";

/** With fewer rows it does not matter; and values have to repeat so often for looking them up to cost less than hashing them. */
const fewestRows = 100_000;
const fewestRepeats = 8;
const hashable: ReadonlySet<ColumnType> = new Set(["string", "integer", "boolean", "datetime"]);

/** Which columns hold the same values again and again, of those whose values have to be hashed. Each is counted once. */
export class RepeatedValues {
  private readonly known = new WeakMap<TableInfo, Map<string, boolean>>();

  /** By table; a column of another type than these hashes can take is left for the statement to refuse. */
  async of(
    aggregates: readonly Aggregate[],
    session: Pick<CurrentSession, "use">,
    tableOf: (table: string) => { readonly info: TableInfo; readonly columns: SqlColumns },
    signal: AbortSignal | undefined,
  ): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const found = new Map<string, ReadonlySet<string>>();
    for (const [table, names] of hashedColumns(aggregates)) {
      const { info, columns } = tableOf(table);
      if (info.rows < fewestRows) continue;
      const repeated = new Set<string>();
      for (const name of names)
        if (await this.isRepeated(info, columns, name, session, signal)) repeated.add(name);
      if (repeated.size > 0) found.set(table, repeated);
    }
    return found;
  }

  private async isRepeated(
    info: TableInfo,
    columns: SqlColumns,
    name: string,
    session: Pick<CurrentSession, "use">,
    signal: AbortSignal | undefined,
  ): Promise<boolean> {
    const ofTable = this.known.get(info) ?? new Map<string, boolean>();
    this.known.set(info, ofTable);
    const known = ofTable.get(name);
    if (known !== undefined) return known;
    const column = columns.find(name);
    if (!hashable.has(column.type)) return false;
    const of = columns.quote(column.name);
    const [row] = await session.use(signal, "counting values", (statements) =>
      statements.rows(
        `SELECT CAST(APPROX_COUNT_DISTINCT(${of}) AS DOUBLE) FROM ${columns.quote(columns.table)}`,
      ),
    );
    const repeated = Number(row?.[0]) * fewestRepeats <= info.rows;
    ofTable.set(name, repeated);
    return repeated;
  }
}

function hashedColumns(aggregates: readonly Aggregate[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { table, by, among = [], lists } of aggregates) {
    if (lists !== undefined) continue;
    for (const dimension of [...by, ...among.map((one) => one.dimension)]) {
      if (dimension.kind !== "half" && dimension.kind !== "bucket") continue;
      const names = found.get(table) ?? new Set();
      found.set(table, names.add(dimension.column));
    }
  }
  return found;
}
