import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Aggregate } from "../../query/aggregate.ts";
import { mergeAggregates } from "../../query/merge.ts";
import { invariant, MusterError } from "../../source/muster-error.ts";
import { answerAll } from "../answer.ts";
import type { AggregateAnswer, Batch, Engine, TableInfo } from "../engine.ts";
import { statementSql } from "../sql.ts";
import { SqlColumns } from "../sql-columns.ts";
import { cellSql, overlapSql, scanSql } from "../sql-scan.ts";
import { BatchBuilder } from "./batch-builder.ts";
import { duckDbDialect } from "./dialect.ts";
import { readFiles } from "./digest.ts";
import { tableReason } from "./failure.ts";
import { findFiles, type TableFiles, unreadable } from "./files.ts";
import { checkedHeader, checkNames, checkNewColumns, describeView } from "./import.ts";
import { NewColumns } from "./new-columns.ts";
import { readerSql } from "./reader.ts";
import { DuckDbSession, type Statements } from "./session.ts";

export interface DuckDbOptions {
  /** As DuckDB writes it, "2GB"; without it, most of the machine's memory. */
  readonly memoryLimit?: string;
  readonly threads?: number;
  /** Where a folder for temporary data is made, and removed on close; the system's own without it. */
  readonly tempDirectory?: string;
}

interface Attached {
  readonly info: TableInfo;
  /** The view's definition. */
  readonly select: string;
  /** Files outside of our own folder that the view reads. */
  readonly files: readonly string[];
  /** The file in our own folder that was made for it. */
  readonly own?: string;
  /** For a widened table, what it was made from. */
  readonly base?: string;
}

const { quote, text } = duckDbDialect;

/**
 * Data in files of this machine, read by an embedded DuckDB. Every table is a view: on the Parquet files where they
 * lie, on a Parquet copy of what had to be parsed, or on another table with a file of new columns beside it.
 */
export class DuckDbEngine implements Engine {
  private readonly options: DuckDbOptions;
  private readonly folder: string;
  private readonly tables = new Map<string, Attached>();
  private session: DuckDbSession;
  /** Changes to the tables happen one after the other. */
  private lastChange: Promise<unknown> = Promise.resolve();
  private made = 0;
  private closing: Promise<void> | undefined;

  private constructor(options: DuckDbOptions, folder: string, session: DuckDbSession) {
    this.options = options;
    this.folder = folder;
    this.session = session;
  }

  static async open(options: DuckDbOptions = {}): Promise<DuckDbEngine> {
    let folder: string | undefined;
    try {
      folder = await mkdtemp(join(resolve(options.tempDirectory ?? tmpdir()), "muster-duckdb-"));
      await mkdir(join(folder, "data"));
      await mkdir(join(folder, "spill"));
      return new DuckDbEngine(options, folder, await openSession(options, folder, [], []));
    } catch (caught) {
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
      throw MusterError.from(caught, "engine/failed");
    }
  }

  async attach(table: string, address: string, signal?: AbortSignal): Promise<TableInfo> {
    this.start(signal);
    this.checkName(table);
    const files = await findFiles(address);
    const { digest, beginning } = await readFiles(files, signal);
    const header = checkedHeader(files, beginning);
    return this.change(async () => {
      const reader = `SELECT * FROM ${readerSql(files, header)}`;
      const parsed = files.format !== "parquet";
      const own = parsed ? this.ownFile() : undefined;
      // The new table is tried in a session of its own, so that a failure leaves everything as it was.
      const kept = this.without(table);
      const outside = [...new Set([...kept.flatMap(([, { files }]) => files), ...files.paths])];
      const session = await openSession(this.options, this.folder, outside, viewsOf(kept));
      try {
        const info = await session.use(signal, `reading "${address}"`, async (statements) => {
          await this.read(statements, table, files, reader, own, signal);
          const info = await describeView(statements, table, digest);
          await checkNames(statements, files, info);
          return info;
        });
        const select = own === undefined ? reader : `SELECT * FROM read_parquet(${text(own)})`;
        await this.adopt(session, kept, table, {
          info,
          select,
          files: parsed ? [] : files.paths,
          ...(own && { own }),
        });
        return info;
      } catch (caught) {
        session.retire();
        if (own !== undefined) await rm(own, { force: true });
        throw caught;
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
    const session = this.start(signal);
    const plan = mergeAggregates(aggregates);
    // Every statement is written before the first one runs, so that a mistake in one costs nothing.
    const statements = plan.statements.map((merged) => statementSql(this.columnsOf(merged.table), merged));
    if (statements.length === 0) return [];
    return session.use(signal, "aggregating", async (connection) => {
      return answerAll(plan, statements, async (sql) => {
        throwIfAborted(signal);
        return connection.columns(sql);
      });
    });
  }

  async overlap(
    left: string,
    right: string,
    keys: readonly string[],
    signal?: AbortSignal,
  ): Promise<{ readonly rows: number; readonly query: string }> {
    const session = this.start(signal);
    if (keys.length === 0)
      throw new MusterError("engine/failed", "An overlap needs at least one key column.");
    const query = overlapSql(this.columnsOf(left), this.columnsOf(right), keys);
    return session.use(signal, "looking for common keys", async (connection) => {
      const [rows] = await connection.columns(query);
      return { rows: Number(rows?.[0] ?? 0), query };
    });
  }

  async *scan(
    table: string,
    columns: readonly string[],
    size: number,
    signal?: AbortSignal,
  ): AsyncGenerator<Batch, void, undefined> {
    const session = this.start(signal);
    if (!(Number.isSafeInteger(size) && size > 0)) {
      throw new MusterError("engine/failed", "A batch needs a whole number of rows above 0.");
    }
    const sql = this.columnsOf(table);
    const wanted = [...new Set(columns)].map((name) => sql.find(name));
    const builder = new BatchBuilder(
      table,
      wanted.map((column) => ({
        name: column.name,
        type: column.type,
        numeric: cellSql(sql, column).numeric,
      })),
      size,
    );
    for await (const chunk of session.stream(scanSql(sql, wanted), signal, `reading table "${table}"`)) {
      for (const batch of builder.add(chunk.columns, chunk.rows)) {
        yield batch;
        throwIfAborted(signal);
      }
    }
    yield* builder.rest();
  }

  async widen(
    table: string,
    base: string,
    columns: readonly string[],
    batches: AsyncIterable<Readonly<Record<string, Float64Array>>>,
    signal?: AbortSignal,
  ): Promise<TableInfo> {
    const session = this.start(signal);
    this.checkName(table);
    const from = this.attached(base);
    checkNewColumns(base, from.info.columns, columns);
    if (table === base) throw new MusterError("engine/failed", "A widened table needs a name of its own.");
    const own = this.ownFile();
    try {
      const digest = await session.use(signal, `adding columns to "${base}"`, async (connection) => {
        const checked = new NewColumns(base, from.info, columns);
        const target = await connection.temporaryTable("new columns", columns);
        try {
          for await (const batch of batches) {
            throwIfAborted(signal);
            target.append(checked.take(batch));
          }
        } finally {
          target.end();
        }
        const digest = checked.digest();
        await connection.run(
          `COPY ${quote("new columns")} TO ${text(own)} (FORMAT parquet, COMPRESSION lz4_raw)`,
        );
        return digest;
      });
      // Both sides are read in their stored order, so that row n meets row n and nothing is copied.
      const select = `SELECT * FROM ${quote(base)} POSITIONAL JOIN read_parquet(${text(own)})`;
      return await this.change(async () => {
        if (this.tables.get(base) !== from) {
          throw new MusterError(
            "engine/failed",
            `Table "${base}" was replaced while columns were added to it.`,
          );
        }
        const kept = this.without(table);
        const files = kept.flatMap(([, attached]) => attached.files);
        const next = await openSession(this.options, this.folder, files, [...viewsOf(kept), [table, select]]);
        const info = await next
          .use(signal, `adding columns to "${base}"`, (connection) => describeView(connection, table, digest))
          .catch((caught: unknown) => {
            next.retire();
            throw caught;
          });
        await this.adopt(next, kept, table, { info, select, files: from.files, own, base });
        return info;
      });
    } catch (caught) {
      await rm(own, { force: true });
      throw caught;
    }
  }

  close(): Promise<void> {
    this.closing ??= (async () => {
      await this.lastChange.catch(() => undefined);
      await this.session.close();
      this.tables.clear();
      await rm(this.folder, { recursive: true, force: true });
    })();
    return this.closing;
  }

  private start(signal: AbortSignal | undefined): DuckDbSession {
    throwIfAborted(signal);
    if (this.closing !== undefined) throw new MusterError("engine/failed", "The engine is closed.");
    return this.session;
  }

  private attached(table: string): Attached {
    const found = this.tables.get(table);
    if (found !== undefined) return found;
    throw new MusterError("engine/failed", `No table "${table}" is attached.`, {
      hint: `Attached are: ${[...this.tables.keys()].join(", ") || "none"}.`,
    });
  }

  private columnsOf(table: string): SqlColumns {
    return new SqlColumns(duckDbDialect, table, this.attached(table).info);
  }

  private checkName(table: string): void {
    if (table === "") throw new MusterError("engine/failed", "A table needs a name.");
    const twin = [...this.tables.keys()].find(
      (name) => name !== table && name.toLowerCase() === table.toLowerCase(),
    );
    if (twin === undefined) return;
    throw new MusterError("engine/failed", `The table names "${twin}" and "${table}" differ only by case.`);
  }

  /** The tables that stay when `table` is replaced: not itself, nor what was made from it. */
  private without(table: string): readonly (readonly [string, Attached])[] {
    const gone = new Set([table]);
    // A table stands after what it was made from.
    for (const [name, { base }] of this.tables) if (base !== undefined && gone.has(base)) gone.add(name);
    return [...this.tables].filter(([name]) => !gone.has(name));
  }

  private ownFile(): string {
    return join(this.folder, "data", `${++this.made}.parquet`);
  }

  private async read(
    statements: Statements,
    table: string,
    files: TableFiles,
    reader: string,
    own: string | undefined,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    try {
      if (own !== undefined) await statements.run(`COPY (${reader}) TO ${text(own)} (FORMAT parquet)`);
      const select = own === undefined ? reader : `SELECT * FROM read_parquet(${text(own)})`;
      await statements.run(`CREATE VIEW ${quote(table)} AS ${select}`);
    } catch (caught) {
      if (signal?.aborted) throw caught;
      throw unreadable(files.address, tableReason(caught), caught);
    }
  }

  private async adopt(
    session: DuckDbSession,
    kept: readonly (readonly [string, Attached])[],
    table: string,
    attached: Attached,
  ): Promise<void> {
    invariant(this.closing === undefined, "a table was attached to an engine that is closing");
    const before = this.session;
    const gone = [...this.tables].filter(([name]) => !kept.some(([stays]) => stays === name));
    this.tables.clear();
    for (const [name, stays] of kept) this.tables.set(name, stays);
    this.tables.set(table, attached);
    this.session = session;
    before.retire();
    for (const [, { own }] of gone) if (own !== undefined) await rm(own, { force: true });
  }

  private change<T>(make: () => Promise<T>): Promise<T> {
    const next = this.lastChange.catch(() => undefined).then(make);
    this.lastChange = next;
    return next;
  }
}

const viewsOf = (tables: readonly (readonly [string, Attached])[]): readonly (readonly [string, string])[] =>
  tables.map(([name, { select }]) => [name, select] as const);

function openSession(
  options: DuckDbOptions,
  folder: string,
  files: readonly string[],
  views: readonly (readonly [string, string])[],
): Promise<DuckDbSession> {
  const { memoryLimit, threads } = options;
  return DuckDbSession.open({
    spillFolder: join(folder, "spill"),
    dataFolder: join(folder, "data"),
    files,
    views,
    ...(memoryLimit === undefined ? {} : { memoryLimit }),
    ...(threads === undefined ? {} : { threads }),
  });
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new MusterError("cancelled", "Cancelled.", { cause: signal.reason });
}
