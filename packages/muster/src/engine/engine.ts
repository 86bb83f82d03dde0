import type { Aggregate, Groups } from "../query/aggregate.ts";
import type { Question, QuestionAnswer } from "../query/question.ts";
import type { ColumnStatistics } from "../query/statistics.ts";
import type { Projection } from "../transform/program.ts";
import type { Asked, PlannedStatement } from "./explained.ts";

/**
 * Types of columns in the words of the spec. A `list` holds texts, numbers or booleans: a scan gives it as JSON text,
 * and no aggregate reads it. `unknown` is everything that nothing here can read.
 */
export type ColumnType = "string" | "integer" | "float" | "boolean" | "datetime" | "list" | "unknown";

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** The engine's own name of the type, for messages. */
  readonly native: string;
}

export interface TableInfo {
  readonly columns: readonly Column[];
  readonly rows: number;
}

/** The name that reads use for a column, and the column's name in the data. */
export type Rename = ReadonlyMap<string, string>;

/**
 * Rows by columns. Datetimes as epoch milliseconds; lists as JSON text such as `["a",null]`, in which numbers that are
 * not finite are null; missing as null.
 */
export interface Batch {
  readonly rows: number;
  readonly columns: Readonly<Record<string, readonly (string | number | boolean | null)[] | Float64Array>>;
}

/** A column to add to a table: its name where it holds numbers, or `{text: name}`. */
export type NewColumn = string | { readonly text: string };

/** The values of a new column; NaN and null for none. */
export type NewValues = Float64Array | readonly (string | null)[];

export interface AggregateAnswer {
  readonly groups: Groups;
  /** The statement as it ran. */
  readonly query: string;
}

/**
 * Where the data is. An address is the adapter's own business: files here; buckets, databases and catalogues elsewhere.
 * Nothing above reads one, takes it apart or counts on files, so that an adapter for another place needs no change above:
 * tables have names, a digest of their content, and are read by what `query/` can say. All methods throw MusterError (`engine/*`, `cancelled`) and nothing else; one failure leaves
 * the engine usable.
 */
export interface Engine {
  /**
   * Makes what lies at `address` readable as `table`, with the columns of `rename` under their new names in every read.
   * Fails with `engine/unreadable-table` when it cannot be read, and with `engine/unknown-column` for a name that it lacks.
   */
  attach(table: string, address: string, signal?: AbortSignal, rename?: Rename): Promise<TableInfo>;

  /** What `attach` returned, for a table that is attached. */
  info(table: string): TableInfo;

  /**
   * Digest of the content as stored (for files: of their bytes). Equal digests mean equal rows. It may be taken beside the
   * reads, so ask for it when it is needed; it speaks for all that was read since `attach`, and fails where that changed.
   */
  digest(table: string): Promise<string>;

  /**
   * Answers aggregates in their order. Those on one table run as one statement and one scan wherever that is
   * possible. Integers are exact up to 2^53; sums of floats may differ in the last digits between runs. Up to
   * `mostOrdered` groups come in the order of their keys, so that adding them up gives the same each time.
   */
  aggregate(aggregates: readonly Aggregate[], signal?: AbortSignal): Promise<readonly AggregateAnswer[]>;

  /**
   * The statements that would answer all of this, and runs none of them. Tables of `assumed` need not be there: their
   * columns and rows are taken as given. Rows between cut points and parts of values that repeat may run as another
   * statement than the one told.
   */
  explain(
    asked: readonly Asked[],
    assumed?: ReadonlyMap<string, TableInfo>,
    signal?: AbortSignal,
  ): Promise<readonly PlannedStatement[]>;

  /**
   * What a plan has to know of these columns, in one statement: distinct values to within a third or better, ranges exactly.
   * Columns that nothing counts (lists, unknown types) are left out.
   */
  statistics(
    table: string,
    columns: readonly string[],
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<string, ColumnStatistics>>;

  /** Rows of `left` whose key stands in `right`, too. */
  overlap(
    left: string,
    right: string,
    keys: readonly string[],
    signal?: AbortSignal,
  ): Promise<{ readonly rows: number; readonly query: string }>;

  /** Answers a question about single rows and values, in one statement. */
  ask(
    question: Question,
    signal?: AbortSignal,
  ): Promise<{ readonly answer: QuestionAnswer; readonly query: string }>;

  /** The rows of a table in their stored order, in batches of about `size`. */
  scan(table: string, columns: readonly string[], size: number, signal?: AbortSignal): AsyncIterable<Batch>;

  /**
   * About `rows` rows of a table, spread evenly over its stored order, and all of them where it has no more; the same
   * ones whenever it is asked again.
   */
  sample(table: string, columns: readonly string[], rows: number, signal?: AbortSignal): Promise<Batch>;

  /**
   * Makes `table` readable as `base` with further columns of numbers or texts at its right, given in batches in base's stored
   * order; fails when their rows do not add up to base's.
   */
  widen(
    table: string,
    base: string,
    columns: readonly NewColumn[],
    batches: AsyncIterable<Readonly<Record<string, NewValues>>>,
    signal?: AbortSignal,
  ): Promise<TableInfo>;

  /**
   * Makes `table` readable as columns made of `base`'s row by row, in its stored order. Nothing is computed before it is
   * read. Columns of one name, also by case, fail with `engine/failed`.
   */
  project(table: string, base: string, projection: Projection, signal?: AbortSignal): Promise<TableInfo>;

  /** Writes a table as one Parquet file, replacing what was there only when it is whole. */
  write(table: string, path: string, signal?: AbortSignal): Promise<void>;

  close(): Promise<void>;
}
