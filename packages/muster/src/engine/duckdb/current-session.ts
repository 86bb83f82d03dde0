import { rm } from "node:fs/promises";
import { join } from "node:path";
import { MusterError } from "../../source/muster-error.ts";
import type { TableInfo } from "../engine.ts";
import { SqlColumns } from "../sql-columns.ts";
import { throwIfAborted } from "./aborted.ts";
import { duckDbDialect } from "./dialect.ts";
import { openSession } from "./open-session.ts";
import type { DuckDbOptions } from "./options.ts";
import { type Chunk, type DuckDbSession, type Started, type Statements, startDuckDb } from "./session.ts";
import { type Attached, Tables } from "./tables.ts";

/** What a table is to become; `make` finds out the rest. */
export interface Change extends Omit<Attached, "info"> {
  readonly table: string;
  /** Files that are touched beside those that the table stands on. */
  readonly alsoReads: readonly string[];
}

/**
 * The tables of an engine as they are now, and the session that reads them. A session reads what it was opened for and
 * nothing else, so every change of the tables is a new session.
 */
export class CurrentSession {
  readonly folder: string;
  private readonly options: DuckDbOptions;
  private readonly ending = new AbortController();
  private attached = new Tables();
  /** None before there is something to read. */
  private session: DuckDbSession | undefined;
  /** For the first session; it starts while others still find out what to read. */
  private spare: Promise<Started> | undefined;
  private lastChange: Promise<unknown> = Promise.resolve();
  private made = 0;
  private closing: Promise<void> | undefined;

  /** In `folder` there are the folders `data` and `spill`; it is removed on close. */
  constructor(options: DuckDbOptions, folder: string) {
    this.options = options;
    this.folder = folder;
    this.spare = this.started();
    this.spare.catch(() => undefined);
  }

  get tables(): Tables {
    return this.attached;
  }

  /** Aborts when the engine closes. */
  get ended(): AbortSignal {
    return this.ending.signal;
  }

  /** Fails where nothing may begin any more. */
  start(signal: AbortSignal | undefined): void {
    throwIfAborted(signal);
    if (this.closing !== undefined) throw new MusterError("engine/failed", "The engine is closed.");
  }

  columnsOf(table: string): SqlColumns {
    return new SqlColumns(duckDbDialect, table, this.attached.get(table).info);
  }

  /** The name of a file that is not there yet. */
  ownFile(): string {
    return join(this.folder, "data", `${++this.made}.parquet`);
  }

  /** Reads tables, whose files must be those that were attached, before it and after it. */
  async read<T>(
    tables: readonly string[],
    signal: AbortSignal | undefined,
    what: string,
    run: (statements: Statements) => Promise<T>,
  ): Promise<T> {
    const { attached } = this;
    return this.use(signal, what, async (statements) => {
      await attached.checkFiles(...tables);
      const found = await run(statements);
      await attached.checkFiles(...tables);
      return found;
    });
  }

  /** Runs statements on a connection of their own. */
  async use<T>(
    signal: AbortSignal | undefined,
    what: string,
    run: (statements: Statements) => Promise<T>,
  ): Promise<T> {
    this.start(signal);
    const session = this.session ?? (await this.first());
    return session.use(signal, what, run);
  }

  /** The rows of a table, as the session's method `how` gives them. */
  async *rows(
    table: string,
    sql: string,
    signal: AbortSignal | undefined,
    how: "stream" | "whole",
  ): AsyncGenerator<Chunk, void, undefined> {
    this.start(signal);
    const session = this.session ?? (await this.first());
    await this.attached.checkFiles(table);
    yield* session[how](sql, signal, `reading table "${table}"`);
  }

  /**
   * Adds or replaces a table. It is made in a session of its own, which then takes over from the one before: what
   * still runs there may end there, and a failure leaves everything as it was. Changes happen one after the other.
   */
  change(
    { table, alsoReads, ...rest }: Change,
    signal: AbortSignal | undefined,
    what: string,
    make: (statements: Statements) => Promise<TableInfo>,
  ): Promise<TableInfo> {
    const next = this.lastChange.then(async () => {
      this.start(signal);
      const before = this.attached;
      const kept = before.without(table);
      const session = await openSession(this.started(), this.folder, kept, alsoReads);
      try {
        const info = await session.use(signal, what, make);
        this.start(signal);
        this.session?.retire();
        this.session = session;
        this.attached = kept.with(table, { info, ...rest });
        for (const own of before.ownFilesNotIn(this.attached)) await rm(own, { force: true });
        return info;
      } catch (caught) {
        session.retire();
        if (rest.own !== undefined) await rm(rest.own, { force: true });
        throw caught;
      }
    });
    this.lastChange = next.catch(() => undefined);
    return next;
  }

  close(): Promise<void> {
    this.closing ??= (async () => {
      this.ending.abort();
      await this.lastChange;
      await this.session?.close();
      await this.spare?.then(
        (unused) => unused.closeSync(),
        () => undefined,
      );
      this.attached = new Tables();
      await rm(this.folder, { recursive: true, force: true });
    })();
    return this.closing;
  }

  private started(): Promise<Started> {
    const { spare } = this;
    this.spare = undefined;
    return spare ?? startDuckDb(this.options, join(this.folder, "spill"));
  }

  /** A session without tables, for what needs none. */
  private async first(): Promise<DuckDbSession> {
    const session = await openSession(this.started(), this.folder, this.attached);
    if (this.session === undefined && this.closing === undefined) this.session = session;
    else session.retire();
    return this.session ?? session;
  }
}
