import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DOUBLE, type DuckDBConnection, DuckDBDataChunk, DuckDBInstance } from "@duckdb/node-api";
import type { Aggregate } from "../../query/aggregate.ts";
import { mergeAggregates } from "../../query/merge.ts";
import { MusterError } from "../../source/muster-error.ts";
import { projectGroups, type ResultColumn, rowsBySet } from "../answer.ts";
import type { AggregateAnswer, Batch, Column, Engine, TableInfo } from "../engine.ts";
import { type Output, statementSql } from "../sql.ts";
import { SqlColumns } from "../sql-columns.ts";
import { cellSql, overlapSql, scanSql } from "../sql-scan.ts";
import { BatchBuilder } from "./batch-builder.ts";
import { columnType, duckDbDialect } from "./dialect.ts";
import { failure, tableReason } from "./failure.ts";
import { readCsvHeader } from "./csv-header.ts";
import { readFiles } from "./digest.ts";
import { findFiles, type TableFiles, unreadable } from "./files.ts";
import { mayHideTwins, twinColumns } from "./names.ts";
import { namesSql, readerSql } from "./reader.ts";

export interface DuckDbOptions {
  /** As DuckDB writes it, "2GB"; without it, most of the machine's memory. */
  readonly memoryLimit?: string;
  readonly threads?: number;
  /** Where a folder for what does not fit in memory is made, and removed on close; the system's own without it. */
  readonly tempDirectory?: string;
}

interface Attached {
  readonly info: TableInfo;
  readonly kind: "VIEW" | "TABLE";
  /** For a widened table, what it was made from. */
  readonly base?: string;
}

const quote = duckDbDialect.quote;
/** The rows of DuckDB's own vectors. */
const chunkRows = 2048;

/** Data in files of this machine, read by an embedded DuckDB. */
export class DuckDbEngine implements Engine {
  private readonly instance: DuckDBInstance;
  private readonly spill: string;
  private readonly tables = new Map<string, Attached>();
  private readonly running = new Set<DuckDBConnection>();
  private made = 0;
  private closed = false;

  private constructor(instance: DuckDBInstance, spill: string) {
    this.instance = instance;
    this.spill = spill;
  }

  static async open(options: DuckDbOptions = {}): Promise<DuckDbEngine> {
    const spill = await mkdtemp(join(options.tempDirectory ?? tmpdir(), "muster-duckdb-")).catch(
      (caught: unknown) => {
        throw new MusterError("engine/failed", "No folder could be made for temporary data.", {
          cause: caught,
        });
      },
    );
    try {
      const instance = await DuckDBInstance.create(":memory:", {
        autoinstall_known_extensions: "false",
        autoload_known_extensions: "false",
        allow_community_extensions: "false",
        temp_directory: spill,
        ...(options.memoryLimit === undefined ? {} : { memory_limit: options.memoryLimit }),
        ...(options.threads === undefined ? {} : { threads: String(options.threads) }),
      });
      return new DuckDbEngine(instance, spill);
    } catch (caught) {
      await rm(spill, { recursive: true, force: true });
      throw failure(caught, undefined, "starting DuckDB");
    }
  }

  async attach(table: string, address: string, signal?: AbortSignal): Promise<TableInfo> {
    this.checkName(table);
    throwIfAborted(signal);
    const files = await findFiles(address);
    const { digest, beginning } = await readFiles(files, signal);
    const header = files.format === "csv" ? readCsvHeader(beginning) : undefined;
    if (header?.names.every((name) => name === "")) throw unreadable(address, "its first line names no columns");
    const twins = header && twinColumns(header.names);
    if (twins !== undefined) throw twinsIn(address, twins);
    // What has to be parsed is parsed once; a Parquet file is read where it lies.
    const kind = files.format === "parquet" ? "VIEW" : "TABLE";
    return this.use(signal, `reading "${address}"`, async (connection) => {
      await this.drop(connection, table);
      try {
        await connection.run(`CREATE ${kind} ${quote(table)} AS SELECT * FROM ${readerSql(files, header)}`);
        const info = await describe(connection, table, digest);
        const names = info.columns.map((column) => column.name);
        const hidden = header === undefined && mayHideTwins(names) ? await storedNames(connection, files) : names;
        const renamed = twinColumns(hidden);
        if (renamed !== undefined) throw twinsIn(address, renamed);
        this.tables.set(table, { info, kind });
        return info;
      } catch (caught) {
        await connection.run(`DROP ${kind} IF EXISTS ${quote(table)}`).catch(() => undefined);
        if (signal?.aborted || caught instanceof MusterError) throw caught;
        throw unreadable(address, tableReason(caught), caught);
      }
    });
  }

  info(table: string): TableInfo {
    return this.attached(table).info;
  }

  async aggregate(
    aggregates: readonly Aggregate[],
    signal?: AbortSignal,
  ): Promise<readonly AggregateAnswer[]> {
    throwIfAborted(signal);
    const plan = mergeAggregates(aggregates);
    // Every statement is written before the first one runs, so that a mistake in one costs nothing.
    const statements = plan.statements.map((merged) => statementSql(this.columnsOf(merged.table), merged));
    return this.use(signal, "aggregating", async (connection) => {
      const results: { columns: readonly ResultColumn[]; rows: ReadonlyMap<number, Int32Array> }[] = [];
      for (const [s, statement] of statements.entries()) {
        throwIfAborted(signal);
        const columns = await readColumns(connection, statement.sql, statement.outputs);
        const merged = plan.statements[s];
        if (merged !== undefined) results.push({ columns, rows: rowsBySet(statement, merged, columns) });
      }
      return plan.projections.map((projection) => {
        const statement = statements[projection.statement];
        const merged = plan.statements[projection.statement];
        const result = results[projection.statement];
        if (statement === undefined || merged === undefined || result === undefined) {
          throw new MusterError("internal", "An aggregate was left without an answer; please report it.");
        }
        return {
          groups: projectGroups(statement, merged, projection, result.columns, result.rows),
          query: statement.sql,
        };
      });
    });
  }

  async overlap(
    left: string,
    right: string,
    keys: readonly string[],
    signal?: AbortSignal,
  ): Promise<{ readonly rows: number; readonly query: string }> {
    throwIfAborted(signal);
    if (keys.length === 0)
      throw new MusterError("engine/failed", "An overlap needs at least one key column.");
    const query = overlapSql(this.columnsOf(left), this.columnsOf(right), keys);
    return this.use(signal, "looking for common keys", async (connection) => {
      const [rows] = await readColumns(connection, query, [{ name: "rows", as: "BIGINT" }]);
      return { rows: Number(rows?.[0] ?? 0), query };
    });
  }

  async *scan(
    table: string,
    columns: readonly string[],
    size: number,
    signal?: AbortSignal,
  ): AsyncGenerator<Batch, void, undefined> {
    throwIfAborted(signal);
    if (!(Number.isSafeInteger(size) && size > 0)) {
      throw new MusterError("engine/failed", "A batch needs a whole number of rows above 0.");
    }
    const sql = this.columnsOf(table);
    const wanted = [...new Set(columns)].map((name) => sql.find(name));
    const query = scanSql(sql, wanted);
    const builder = new BatchBuilder(
      wanted.map((column) => ({ name: column.name, numeric: cellSql(sql, column).numeric })),
      size,
    );
    const whole = wanted.flatMap((column, c) =>
      column.type === "integer" ? [{ c, name: column.name }] : [],
    );
    const connection = await this.connect();
    const stop = interruptOnAbort(connection, signal);
    try {
      const result = await connection.stream(query);
      for (;;) {
        const chunk = await result.fetchChunk();
        throwIfAborted(signal);
        if (chunk === null || chunk.rowCount === 0) break;
        const vectors = wanted.map((_, c) => chunk.getColumnVector(c));
        for (const { c, name } of whole) checkExact(vectors[c], chunk.rowCount, name, table);
        yield* builder.add(vectors, chunk.rowCount);
      }
      yield* builder.rest();
    } catch (caught) {
      throw failure(caught, signal, `reading table "${table}"`);
    } finally {
      stop();
      this.release(connection);
    }
  }

  async widen(
    table: string,
    base: string,
    columns: readonly string[],
    batches: AsyncIterable<Readonly<Record<string, Float64Array>>>,
    signal?: AbortSignal,
  ): Promise<TableInfo> {
    this.checkName(table);
    throwIfAborted(signal);
    const baseInfo = this.attached(base).info;
    checkNewColumns(base, baseInfo.columns, columns);
    if (table === base) throw new MusterError("engine/failed", "A widened table needs a name of its own.");
    const side = `${table}:columns:${++this.made}`;
    return this.use(signal, `adding columns to "${base}"`, async (connection) => {
      await this.drop(connection, table);
      await connection.run(
        `CREATE TABLE ${quote(side)} (${columns.map((name) => `${quote(name)} DOUBLE`).join(", ")})`,
      );
      try {
        const digest = await append(connection, side, columns, batches, base, baseInfo, signal);
        // Both sides are read in their stored order, so that row n meets row n and nothing is copied.
        await connection.run(
          `CREATE VIEW ${quote(table)} AS SELECT * FROM ${quote(base)} POSITIONAL JOIN ${quote(side)}`,
        );
        const info = await describe(connection, table, digest);
        this.tables.set(table, { info, kind: "VIEW", base });
        return info;
      } catch (caught) {
        await connection.run(`DROP TABLE ${quote(side)}`).catch(() => undefined);
        throw caught;
      }
    });
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    for (const connection of this.running) connection.interrupt();
    // A statement that is being interrupted still holds its connection for a moment.
    for (let i = 0; i < 200 && this.running.size > 0; i++) await new Promise((done) => setTimeout(done, 5));
    this.instance.closeSync();
    await rm(this.spill, { recursive: true, force: true });
  }

  private attached(table: string): Attached {
    const found = this.tables.get(table);
    if (found === undefined) {
      throw new MusterError("engine/failed", `No table "${table}" is attached.`, {
        hint: `Attached are: ${[...this.tables.keys()].join(", ") || "none"}.`,
      });
    }
    return found;
  }

  private columnsOf(table: string): SqlColumns {
    return new SqlColumns(duckDbDialect, table, this.attached(table).info);
  }

  private checkName(table: string): void {
    const twin = [...this.tables.keys()].find(
      (name) => name !== table && name.toLowerCase() === table.toLowerCase(),
    );
    if (table === "" || twin !== undefined) {
      const why = twin === undefined ? "is empty" : `differs from "${twin}" only by case`;
      throw new MusterError("engine/failed", `A table's name ${why}.`);
    }
  }

  /** Forgets a table and everything that was made from it. */
  private async drop(connection: DuckDBConnection, table: string): Promise<void> {
    for (const [name, { base }] of [...this.tables]) if (base === table) await this.drop(connection, name);
    const found = this.tables.get(table);
    if (found === undefined) return;
    this.tables.delete(table);
    await connection.run(`DROP ${found.kind} ${quote(table)}`);
  }

  private async connect(): Promise<DuckDBConnection> {
    if (this.closed) throw new MusterError("engine/failed", "The engine is closed.");
    try {
      const connection = await this.instance.connect();
      this.running.add(connection);
      await connection.run("SET TimeZone = 'UTC'");
      return connection;
    } catch (caught) {
      throw failure(caught, undefined, "connecting to DuckDB");
    }
  }

  private release(connection: DuckDBConnection): void {
    this.running.delete(connection);
    connection.closeSync();
  }

  private async use<T>(
    signal: AbortSignal | undefined,
    what: string,
    run: (connection: DuckDBConnection) => Promise<T>,
  ): Promise<T> {
    const connection = await this.connect();
    const stop = interruptOnAbort(connection, signal);
    try {
      return await run(connection);
    } catch (caught) {
      throw failure(caught, signal, what);
    } finally {
      stop();
      this.release(connection);
    }
  }
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new MusterError("cancelled", "Cancelled.", { cause: signal.reason });
}

/** An interrupt between two statements is lost, hence again and again until the work has noticed. */
function interruptOnAbort(connection: DuckDBConnection, signal: AbortSignal | undefined): () => void {
  if (signal === undefined) return () => undefined;
  let timer: NodeJS.Timeout | undefined;
  const interrupt = (): void => {
    connection.interrupt();
    timer = setInterval(() => connection.interrupt(), 10);
  };
  if (signal.aborted) interrupt();
  else signal.addEventListener("abort", interrupt, { once: true });
  return () => {
    clearInterval(timer);
    signal.removeEventListener("abort", interrupt);
  };
}

const twinsIn = (address: string, [a, b]: readonly [string, string]): MusterError =>
  unreadable(address, a === b ? `it has two columns "${a}"` : `its columns "${a}" and "${b}" differ only by case`);

/** The columns' names as they stand in the files; for Parquet those of the first file that has twins. */
async function storedNames(connection: DuckDBConnection, files: TableFiles): Promise<readonly string[]> {
  const found = (await connection.runAndReadAll(namesSql(files))).getRows();
  const ofFile = new Map<string, string[]>();
  let inside = 0;
  for (const [file, name, children] of found) {
    const names = ofFile.get(String(file));
    const count = Number(children ?? 0);
    if (names === undefined && files.format === "parquet") {
      ofFile.set(String(file), []);
      inside = 0;
      continue;
    }
    if (inside === 0) ofFile.set(String(file), [...(names ?? []), String(name)]);
    inside = Math.max(0, inside - 1) + count;
  }
  const lists = [...ofFile.values()];
  return lists.find((names) => twinColumns(names) !== undefined) ?? lists[0] ?? [];
}

async function describe(connection: DuckDBConnection, table: string, digest: string): Promise<TableInfo> {
  const described = await connection.runAndReadAll(`DESCRIBE ${quote(table)}`);
  const columns = described.getRows().map(([name, native]): Column => {
    return { name: String(name), native: String(native), type: columnType(String(native)) };
  });
  const counted = await connection.runAndReadAll(`SELECT CAST(COUNT(*) AS DOUBLE) FROM ${quote(table)}`);
  return { columns, rows: Number(counted.getRows()[0]?.[0] ?? 0), digest };
}

/** A result by columns. BIGINT and DOUBLE measures come as Float64Array when nothing in them is null. */
async function readColumns(
  connection: DuckDBConnection,
  sql: string,
  outputs: readonly Output[],
): Promise<readonly ResultColumn[]> {
  const result = await connection.run(sql);
  const chunks = await result.fetchAllChunks();
  const total = chunks.reduce((rows, chunk) => rows + chunk.rowCount, 0);
  return outputs.map((_, c) => {
    const column = new Array<string | number | null>(total);
    let at = 0;
    for (const chunk of chunks) {
      const vector = chunk.getColumnVector(c);
      const rows = chunk.rowCount;
      for (let i = 0; i < rows; i++) {
        const item = vector.getItem(i);
        column[at++] =
          typeof item === "bigint"
            ? exact(item)
            : typeof item === "string" || typeof item === "number"
              ? item
              : null;
      }
    }
    return column;
  });
}

function exact(item: bigint): number {
  const number = Number(item);
  if (!Number.isSafeInteger(number)) {
    throw new MusterError(
      "engine/too-large",
      `A count or a moment of ${item} is beyond 2^53 and would lose digits.`,
    );
  }
  return number;
}

function checkExact(
  vector: { getItem(i: number): unknown } | undefined,
  rows: number,
  column: string,
  table: string,
): void {
  for (let i = 0; i < rows; i++) {
    const item = vector?.getItem(i);
    if (typeof item === "number" && Math.abs(item) > Number.MAX_SAFE_INTEGER) {
      throw new MusterError(
        "engine/too-large",
        `Column "${column}" of table "${table}" holds whole numbers beyond 2^53, which would lose digits.`,
        { hint: "Store it as text if it is an identifier." },
      );
    }
  }
}

function checkNewColumns(base: string, existing: readonly Column[], columns: readonly string[]): void {
  const taken = new Set(existing.map((column) => column.name.toLowerCase()));
  for (const name of columns) {
    if (taken.has(name.toLowerCase())) {
      throw new MusterError("engine/failed", `Table "${base}" already has a column "${name}".`, {
        hint: "Rename one of the two; case does not count.",
      });
    }
    taken.add(name.toLowerCase());
  }
  if (columns.length === 0) throw new MusterError("engine/failed", "Widening needs at least one column.");
}

/** Appends the batches and gives the digest of base and columns together, whatever the batches' lengths. */
async function append(
  connection: DuckDBConnection,
  side: string,
  columns: readonly string[],
  batches: AsyncIterable<Readonly<Record<string, Float64Array>>>,
  base: string,
  baseInfo: TableInfo,
  signal: AbortSignal | undefined,
): Promise<string> {
  const hashes = columns.map(() => createHash("sha256"));
  const appender = await connection.createAppender(side);
  let rows = 0;
  try {
    for await (const batch of batches) {
      throwIfAborted(signal);
      const data = columns.map((name) => (Object.hasOwn(batch, name) ? batch[name] : undefined));
      const length = data[0]?.length ?? 0;
      for (const [c, numbers] of data.entries()) {
        if (numbers === undefined || numbers.length !== length) {
          throw new MusterError(
            "engine/failed",
            `A batch of new columns for "${base}" lacks rows of "${columns[c]}".`,
          );
        }
        hashes[c]?.update(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
      }
      rows += length;
      if (rows > baseInfo.rows) break;
      for (let from = 0; from < length; from += chunkRows) {
        const count = Math.min(chunkRows, length - from);
        const chunk = DuckDBDataChunk.create(
          columns.map(() => DOUBLE),
          count,
        );
        for (const [c, numbers] of data.entries()) {
          const vector = chunk.getColumnVector(c);
          for (let i = 0; i < count; i++) vector.setItem(i, numbers?.[from + i] ?? null);
          vector.flush();
        }
        appender.appendDataChunk(chunk);
      }
    }
    if (rows !== baseInfo.rows) {
      const seen = rows > baseInfo.rows ? "more" : String(rows);
      throw new MusterError(
        "engine/failed",
        `The new columns for "${base}" have ${seen} rows, but the table has ${baseInfo.rows}.`,
      );
    }
    appender.flushSync();
  } finally {
    appender.closeSync();
  }
  const all = createHash("sha256").update(baseInfo.digest);
  for (const [c, hash] of hashes.entries())
    all.update(`\n${JSON.stringify(columns[c])} ${hash.digest("hex")}`);
  return `sha256:${all.digest("hex")}`;
}
