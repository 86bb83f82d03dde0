import { identity } from "../query/identity.ts";
import { MusterError } from "../source/muster-error.ts";
import type { Dialect } from "./dialect.ts";
import type { Column, TableInfo } from "./engine.ts";
import { SqlTerms } from "./sql-terms.ts";
import { SqlValueJoins } from "./sql-value-join.ts";
import { unknownColumn } from "./unknown-column.ts";

/**
 * What becomes of NaN and the infinities. `guarded`: they are null in every expression. `open`: they stay, which is faster,
 * and shows in the result: no arithmetic makes a finite number of them, so an answer of finite numbers is the guarded one.
 */
export type Extremes = "guarded" | "open";

/** What an adapter knows of a table beside its columns. */
export interface TableKnowledge {
  /** Pieces of SQL as the adapter has written them anew from their parts. */
  readonly rewritten?: ReadonlyMap<string, string>;
  /** Columns whose values repeat so often that what is costly is computed once for each different one. */
  readonly repeated?: ReadonlySet<string>;
}

interface Shared {
  readonly terms?: SqlTerms;
  readonly extremes: Extremes;
  readonly joins?: SqlValueJoins;
}

/** The columns of one table while a statement on it is written. */
export class SqlColumns {
  readonly dialect: Dialect;
  readonly table: string;
  readonly extremes: Extremes;
  /** Columns whose values have been taken as finite where they are not null, which the answer then has to show. */
  readonly takenAsFinite: Set<string> = new Set();
  private readonly info: TableInfo;
  /** Where parts that occur often are named; without it everything is written out. */
  private readonly terms: SqlTerms | undefined;
  private readonly byName: ReadonlyMap<string, Column>;
  private readonly known: TableKnowledge;
  /** What rows look up by the values of repeated columns. */
  readonly joins: SqlValueJoins;

  constructor(
    dialect: Dialect,
    table: string,
    info: TableInfo,
    known: TableKnowledge = {},
    shared: Shared = { extremes: "guarded" },
  ) {
    this.known = known;
    this.dialect = dialect;
    this.table = table;
    this.info = info;
    this.extremes = shared.extremes;
    this.terms = shared.terms;
    this.byName = new Map(info.columns.map((column) => [column.name, column]));
    this.joins = shared.joins ?? new SqlValueJoins(this.byName.keys(), dialect.quote);
  }

  /** The same columns for a statement that names what it would write more than once. */
  sharing(extremes: Extremes): { readonly columns: SqlColumns; readonly terms: SqlTerms } {
    const terms = new SqlTerms(this.byName.keys(), this.dialect.quote);
    const shared = { terms, extremes, joins: this.joins };
    return { terms, columns: new SqlColumns(this.dialect, this.table, this.info, this.known, shared) };
  }

  /** Something costly that reads one column alone and is null for null: of each row, or looked up by its value. */
  ofValue(column: Column, render: (columns: SqlColumns) => string): string {
    // Names of shared parts mean nothing beside the table.
    const sql = render(new SqlColumns(this.dialect, this.table, this.info, this.known));
    return this.known.repeated?.has(column.name) ? this.joins.lookedUp(column.name, sql) : sql;
  }

  /** A part of the statement, by a key that is equal for equal parts. */
  part(kind: string, node: unknown, render: () => string): string {
    return this.terms === undefined ? render() : this.terms.use(`${kind} ${identity(node)}`, render);
  }

  /** The column of exactly this name. */
  find(name: string): Column {
    const column = this.byName.get(name);
    if (column === undefined) throw unknownColumn(name, this.table, [...this.byName.keys()]);
    return column;
  }

  /** The names of all columns, in their order. */
  names(): readonly string[] {
    return [...this.byName.keys()];
  }

  /** What stands for a piece of SQL in a statement: never its text. */
  rowSql(text: string): string {
    const rewritten = this.known.rewritten?.get(text);
    if (rewritten !== undefined) return rewritten;
    throw new MusterError("engine/failed", "This data engine reads no SQL that it cannot take apart first.");
  }

  quote(name: string): string {
    return this.dialect.quote(name);
  }

  /** A numeric or boolean column as a double. */
  double(column: Column): string {
    const quoted = this.quote(column.name);
    if (column.type === "float" && this.dialect.isDouble(column.native)) return quoted;
    if (column.type === "boolean") {
      return this.part(
        "double",
        column.name,
        () => `CASE WHEN ${quoted} THEN 1e0 WHEN NOT ${quoted} THEN 0e0 END`,
      );
    }
    if (column.type === "float" || column.type === "integer")
      return this.part("double", column.name, () => `CAST(${quoted} AS DOUBLE)`);
    throw wrongType(column, this.table, "a number");
  }

  /** A datetime column as whole milliseconds since 1970. */
  epoch(column: Column): string {
    if (column.type !== "datetime") throw wrongType(column, this.table, "a date or time");
    return this.part("epoch", column.name, () =>
      this.dialect.epochMs(this.quote(column.name), column.native),
    );
  }

  /** A double as a key: some engines keep -0 and 0 apart unless something is added. */
  oneZero(double: string): string {
    return this.dialect.zerosAreOne ? double : `(${double}) + 0e0`;
  }

  text(column: Column): string {
    const quoted = this.quote(column.name);
    return this.dialect.isText(column.native) ? quoted : `CAST(${quoted} AS STRING)`;
  }
}

export function wrongType(column: Column, table: string, wanted: string): MusterError {
  return new MusterError(
    "engine/failed",
    `Column "${column.name}" of table "${table}" is ${column.native}, where ${wanted} is needed.`,
    {
      hint:
        column.type === "list"
          ? "A list is read row by row, by metrics of texts and of several labels; nothing groups or compares by it."
          : "Name another column, or store this one with the type that is needed.",
    },
  );
}
