import {
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
  type DuckDBResult,
  VARCHAR,
} from "@duckdb/node-api";
import { MusterError } from "../../source/muster-error.ts";
import type { StatementResult } from "../answer.ts";
import type { NewColumn, NewValues } from "../engine.ts";
import type { Output } from "../sql.ts";
import { duckDbDialect } from "./dialect.ts";
import type { ItemSource } from "./each-doubles.ts";
import { eachDoubles, type TakeDoubles } from "./each-doubles.ts";
import { failure } from "./failure.ts";
import { interruptOnAbort } from "./interrupt.ts";
import { nameOf } from "./new-columns.ts";
import type { DuckDbOptions } from "./options.ts";
import { ResultColumns } from "./result-columns.ts";
import { type SessionOptions, settingsSql } from "./session-settings.ts";

/** Rows of a result. */
export interface Chunk {
  readonly rows: number;
  readonly columns: readonly ItemSource[];
}

const { quote } = duckDbDialect;

/**
 * What DuckDB's threads may read ahead of whoever takes the rows: with its own megabyte they stand still between the chunks of a
 * wide table, and half of their time goes into waking up.
 */
const readAhead = "SET SESSION streaming_buffer_size = '32MB'";

/** The rows of DuckDB's own vectors. */
const chunkRows = 2048;

/** A DuckDB that nobody uses yet. */
export type Started = DuckDBInstance;

/** Starts a DuckDB in memory that loads no extension by itself. It takes a while, in a thread of its own. */
export async function startDuckDb(
  { memoryLimit, threads }: DuckDbOptions,
  spillFolder: string,
): Promise<Started> {
  try {
    return await DuckDBInstance.create(":memory:", {
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
      allow_community_extensions: "false",
      temp_directory: spillFolder,
      ...(memoryLimit === undefined ? {} : { memory_limit: memoryLimit }),
      ...(threads === undefined ? {} : { threads: String(threads) }),
    });
  } catch (caught) {
    throw failure(caught, undefined, "starting DuckDB");
  }
}

/**
 * A DuckDB in memory whose view of the machine is fixed when it is made: whatever a statement says, it can read the
 * given files and one folder, load no extension and change no setting that matters. To read more, make another session.
 */
export class DuckDbSession {
  private readonly instance: DuckDBInstance;
  private readonly running = new Set<DuckDBConnection>();
  private connecting = 0;
  private retired = false;
  private ended = false;

  private constructor(instance: DuckDBInstance) {
    this.instance = instance;
  }

  static async open(instance: Started, options: SessionOptions): Promise<DuckDbSession> {
    const session = new DuckDbSession(instance);
    try {
      await session.use(undefined, "preparing DuckDB", async (statements) => {
        await statements.run(settingsSql(options));
        for (const [name, select] of options.views) {
          // A file may be gone since it was attached: that is said to whoever asks for that table, and to nobody else.
          await statements.run(`CREATE VIEW ${quote(name)} AS ${select}`).catch(() => undefined);
        }
      });
      return session;
    } catch (caught) {
      session.retire();
      throw caught;
    }
  }

  /** Runs statements on a connection of their own; when the signal aborts, the one that runs is interrupted. */
  async use<T>(
    signal: AbortSignal | undefined,
    what: string,
    run: (statements: Statements) => Promise<T>,
  ): Promise<T> {
    const connection = await this.connect(what);
    const stop = interruptOnAbort(connection, signal);
    try {
      return await run(new Statements(connection));
    } catch (caught) {
      throw failure(caught, signal, what);
    } finally {
      stop();
      this.release(connection);
    }
  }

  /** A result of moderate size, held by DuckDB, chunk by chunk: they are full, and there are few of them. */
  async *whole(
    sql: string,
    signal: AbortSignal | undefined,
    what: string,
  ): AsyncGenerator<Chunk, void, undefined> {
    yield* this.chunks((connection) => connection.run(sql), signal, what);
  }

  /** Rows as they come, on a connection of their own that ends with the iteration. */
  async *stream(
    sql: string,
    signal: AbortSignal | undefined,
    what: string,
  ): AsyncGenerator<Chunk, void, undefined> {
    const run = async (connection: DuckDBConnection): Promise<DuckDBResult> => {
      await connection.run(readAhead);
      return connection.stream(sql);
    };
    yield* this.chunks(run, signal, what);
  }

  private async *chunks(
    run: (connection: DuckDBConnection) => Promise<DuckDBResult>,
    signal: AbortSignal | undefined,
    what: string,
  ): AsyncGenerator<Chunk, void, undefined> {
    const connection = await this.connect(what);
    const stop = interruptOnAbort(connection, signal);
    try {
      const result = await run(connection);
      for (;;) {
        const chunk = await result.fetchChunk();
        if (signal?.aborted)
          throw new MusterError("cancelled", `Cancelled while ${what}.`, { cause: signal.reason });
        if (chunk === null || chunk.rowCount === 0) return;
        yield {
          rows: chunk.rowCount,
          columns: Array.from({ length: chunk.columnCount }, (_, c) => chunk.getColumnVector(c)),
        };
      }
    } catch (caught) {
      throw failure(caught, signal, what);
    } finally {
      stop();
      this.release(connection);
    }
  }

  /** Ends the session as soon as nothing runs on it any more. */
  retire(): void {
    this.retired = true;
    this.endWhenIdle();
  }

  /** Stops what runs and ends the session. */
  async close(): Promise<void> {
    this.retire();
    // A statement that is being interrupted, or whose rows are still being read, holds its connection for a while.
    for (let i = 0; i < 100 && !this.ended; i++) {
      for (const connection of this.running) connection.interrupt();
      await new Promise((done) => setTimeout(done, 10));
    }
    for (const connection of [...this.running]) this.release(connection);
  }

  private async connect(what: string): Promise<DuckDBConnection> {
    if (this.ended) throw new MusterError("engine/failed", `The engine was closed before ${what}.`);
    // Counted before it is there, so that the session does not end in between.
    this.connecting++;
    try {
      const connection = await this.instance.connect();
      this.running.add(connection);
      return connection;
    } catch (caught) {
      throw failure(caught, undefined, what);
    } finally {
      this.connecting--;
      this.endWhenIdle();
    }
  }

  private release(connection: DuckDBConnection): void {
    if (!this.running.delete(connection)) return;
    connection.closeSync();
    this.endWhenIdle();
  }

  private endWhenIdle(): void {
    if (!this.retired || this.ended || this.connecting + this.running.size > 0) return;
    this.ended = true;
    this.instance.closeSync();
  }
}

/** What can be done on one connection. */
export class Statements {
  private readonly connection: DuckDBConnection;

  constructor(connection: DuckDBConnection) {
    this.connection = connection;
  }

  async run(sql: string): Promise<void> {
    await this.connection.run(sql);
  }

  /** A small result by rows. */
  async rows(sql: string): Promise<readonly (readonly unknown[])[]> {
    return (await this.connection.runAndReadAll(sql)).getRows();
  }

  /** A result whose columns are all DOUBLE and never null, chunk by chunk; the numbers are good until `take` returns. */
  async eachDoubles(sql: string, take: TakeDoubles): Promise<void> {
    await this.connection.run(readAhead);
    return eachDoubles(await this.connection.stream(sql), take);
  }

  /** A whole result by columns, in the forms asked for; `engine/too-large` as soon as it has more than `mostRows`. */
  async columns(sql: string, outputs: readonly Output[], mostRows: number): Promise<StatementResult> {
    const result = await this.connection.stream(sql);
    const columns = new ResultColumns(outputs);
    for (;;) {
      const chunk = await result.fetchChunk();
      if (chunk === null || chunk.rowCount === 0) return columns.finish();
      if (columns.count + chunk.rowCount > mostRows) {
        throw new MusterError(
          "engine/too-large",
          `The answer has more than ${mostRows.toLocaleString("en")} groups.`,
          {
            hint: "Group by columns of fewer values, by bins or by cells.",
          },
        );
      }
      columns.add(chunk);
    }
  }

  /** A table that lives as long as the connection, to append blocks of numbers and texts to. */
  async temporaryTable(name: string, columns: readonly NewColumn[]): Promise<BlockAppender> {
    const types = columns
      .map((column) => `${quote(nameOf(column))} ${typeof column === "string" ? "DOUBLE" : "VARCHAR"}`)
      .join(", ");
    await this.connection.run(`CREATE TEMP TABLE ${quote(name)} (${types})`);
    const appender = await this.connection.createAppender(name);
    return {
      append(block) {
        const length = block[0]?.length ?? 0;
        for (let from = 0; from < length; from += chunkRows) {
          const count = Math.min(chunkRows, length - from);
          const chunk = DuckDBDataChunk.create(
            columns.map((column) => (typeof column === "string" ? DOUBLE : VARCHAR)),
            count,
          );
          for (const [c, values] of block.entries()) {
            const vector = chunk.getColumnVector(c);
            for (let i = 0; i < count; i++) vector.setItem(i, values[from + i] ?? null);
            vector.flush();
          }
          appender.appendDataChunk(chunk);
        }
      },
      end: () => appender.closeSync(),
    };
  }
}

interface BlockAppender {
  /** Columns of equal length. */
  append(block: readonly NewValues[]): void;
  end(): void;
}
