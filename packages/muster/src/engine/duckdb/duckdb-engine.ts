import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Aggregate } from "../../query/aggregate.ts";
import { type MergePlan, mergeAggregates } from "../../query/merge.ts";
import type { Question, QuestionAnswer } from "../../query/question.ts";
import type { ColumnStatistics } from "../../query/statistics.ts";
import { digestOfData } from "../../source/digest.ts";
import { invariant, MusterError } from "../../source/muster-error.ts";
import { outputNames, type Projection } from "../../transform/program.ts";
import { answerAll, type StatementResult } from "../answer.ts";
import type { AggregateAnswer, Batch, Engine, NewColumn, NewValues, Rename, TableInfo } from "../engine.ts";
import type { Asked, PlannedStatement } from "../explained.ts";
import { type Output, type Statement, statementSql } from "../sql.ts";
import { SqlColumns } from "../sql-columns.ts";
import { plannedSql } from "../sql-plan.ts";
import { projectSql } from "../sql-project.ts";
import { questionSql } from "../sql-question.ts";
import { cellSql, overlapSql, scanSql } from "../sql-scan.ts";
import { isCountable, statisticsSql } from "../sql-statistics.ts";
import { throwIfAborted } from "./aborted.ts";
import { BatchBuilder } from "./batch-builder.ts";
import { CutCounts } from "./cut-counts.ts";
import { pathsToRead } from "./database.ts";
import { duckDbDialect } from "./dialect.ts";
import { readFiles } from "./digest.ts";
import { failure, tableReason } from "./failure.ts";
import { codeOf, findFiles, systemReason, unreadable } from "./files.ts";
import { checkedHeader, checkNewColumns, describeView } from "./import.ts";
import { makeView, numberedSql, selectSql, type ViewSource } from "./make-view.ts";
import { moveFile } from "./move-file.ts";
import { NewColumns, nameOf } from "./new-columns.ts";
import { openSession } from "./open-session.ts";
import { type DuckDbOptions, usualMostGroups } from "./options.ts";
import { rewriteSql } from "./rewrite-sql.ts";
import { Sample } from "./sample.ts";
import type { DuckDbSession, Statements } from "./session.ts";
import { checkStamps, stampFiles } from "./stamp.ts";
import { type Attached, Tables } from "./tables.ts";

const { quote, text } = duckDbDialect;

/**
 * Data in files of this machine, read by an embedded DuckDB. Every table is a view: on the Parquet files where they
 * lie, on a Parquet copy of what had to be parsed, or on another table with a file of new columns beside it.
 */
export class DuckDbEngine implements Engine {
  private readonly options: DuckDbOptions;
  private readonly folder: string;
  private tables: Tables = new Tables();
  private session: DuckDbSession;
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
      return new DuckDbEngine(options, folder, await openSession(options, folder, new Tables()));
    } catch (caught) {
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
      throw MusterError.from(caught, "engine/failed");
    }
  }

  async attach(
    table: string,
    address: string,
    signal?: AbortSignal,
    rename: Rename = new Map(),
  ): Promise<TableInfo> {
    this.start(signal);
    this.tables.checkName(table);
    const files = await findFiles(address);
    const stamps = await stampFiles(files.paths).catch((caught: unknown) => {
      throw unreadable(address, systemReason(codeOf(caught)), caught);
    });
    const { digest, beginning } =
      files.format === "parquet" && this.options.digests === "stamps"
        ? { digest: digestOfData(stamps), beginning: "" }
        : await readFiles(files, signal);
    const own = files.format === "parquet" ? undefined : this.ownFile();
    const source: ViewSource = { files, header: checkedHeader(files, beginning), own, rename, digest };
    const select = selectSql(source);
    const outside = own === undefined ? stamps : [];
    const numbered = (names: readonly string[]): string | undefined => numberedSql(source, names);
    const alsoReads = pathsToRead(files);
    const change = { table, select, numbered, files: outside, ...(own && { own }), alsoReads };
    return this.change(change, signal, `reading "${address}"`, async (statements) => {
      try {
        const info = await makeView(statements, table, source);
        await checkStamps(table, stamps);
        return info;
      } catch (caught) {
        if (signal?.aborted || caught instanceof MusterError) throw caught;
        // Too little memory is no fault of the file.
        const failed = failure(caught, signal, `reading "${address}"`);
        if (failed.code === "engine/too-large") throw failed;
        throw unreadable(files.address, tableReason(caught), caught);
      }
    });
  }

  info(table: string): TableInfo {
    return this.tables.get(table).info;
  }

  async aggregate(
    aggregates: readonly Aggregate[],
    signal?: AbortSignal,
  ): Promise<readonly AggregateAnswer[]> {
    const session = this.start(signal);
    // Every statement is written before the first one runs, so that a mistake in one costs nothing.
    const rewritten = await rewriteSql(aggregates, session, (table) => this.columnsOf(table), signal);
    const columnsOf = (table: string): SqlColumns => this.columnsOf(table, rewritten.get(table));
    const counts = new CutCounts(aggregates, columnsOf);
    const planned = planStatements([...counts.others.values()], columnsOf);
    return session.use(signal, "aggregating", async (connection) => {
      await this.tables.checkFiles(...aggregates.map((aggregate) => aggregate.table));
      const run = async (sql: string, outputs: readonly Output[]): Promise<StatementResult> => {
        throwIfAborted(signal);
        return connection.columns(sql, outputs, this.options.mostGroups ?? usualMostGroups);
      };
      const others = await answerAll(...planned, run);
      const { answers, left } = await counts.count(connection);
      const rest = await answerAll(...planStatements([...left.values()], columnsOf), run);
      const found = new Map([...answers, ...inPlaces(counts.others, others), ...inPlaces(left, rest)]);
      return aggregates.map((_, at) => {
        const answer = found.get(at);
        invariant(answer !== undefined, "an aggregate without an answer");
        return answer;
      });
    });
  }

  async explain(
    asked: readonly Asked[],
    assumed: ReadonlyMap<string, TableInfo> = new Map(),
    signal?: AbortSignal,
  ): Promise<readonly PlannedStatement[]> {
    const session = this.start(signal);
    const columnsOf = (table: string, rewritten?: ReadonlyMap<string, string>): SqlColumns =>
      new SqlColumns(duckDbDialect, table, assumed.get(table) ?? this.tables.get(table).info, rewritten);
    const aggregates = asked.flatMap((one) => (one.kind === "aggregate" ? [one.aggregate] : []));
    const rewritten = await rewriteSql(aggregates, session, columnsOf, signal);
    return plannedSql(asked, (table) => columnsOf(table, rewritten.get(table)));
  }

  async statistics(
    table: string,
    columns: readonly string[],
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<string, ColumnStatistics>> {
    const session = this.start(signal);
    const sql = this.columnsOf(table);
    const { rows } = this.info(table);
    const of = [...new Set(columns)].map((name) => sql.find(name)).filter(isCountable);
    if (of.length === 0) return new Map();
    return session.use(signal, `planning for table "${table}"`, async (connection) => {
      await this.tables.checkFiles(table);
      const [row = []] = await connection.rows(statisticsSql(sql, of));
      const at = (i: number): number | null => (typeof row[i] === "number" ? row[i] + 0 : null);
      return new Map(
        of.map(({ name }, i) => {
          const present = at(4 * i + 1) ?? 0;
          const distinct = Math.min(present, at(4 * i) ?? 0);
          const range = { least: at(4 * i + 2), greatest: at(4 * i + 3) };
          return [name, { distinct, missing: rows - present, ...range }] as const;
        }),
      );
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
      await this.tables.checkFiles(left, right);
      const { columns } = await connection.columns(
        query,
        [{ name: "rows", as: "DOUBLE", form: "numbers" }],
        1,
      );
      return { rows: Number(columns[0]?.[0] ?? 0), query };
    });
  }

  async ask(
    question: Question,
    signal?: AbortSignal,
  ): Promise<{ readonly answer: QuestionAnswer; readonly query: string }> {
    const session = this.start(signal);
    const { sql, outputs, read } = questionSql(this.columnsOf(question.table), question);
    return session.use(signal, `asking table "${question.table}"`, async (connection) => {
      await this.tables.checkFiles(question.table);
      const { columns } = await connection.columns(sql, outputs, this.options.mostGroups ?? usualMostGroups);
      return { answer: read(columns), query: sql };
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
    await this.tables.checkFiles(table);
    for await (const chunk of session.stream(scanSql(sql, wanted), signal, `reading table "${table}"`)) {
      for (const batch of builder.add(chunk.columns, chunk.rows)) {
        yield batch;
        throwIfAborted(signal);
      }
    }
    yield* builder.rest();
  }

  async sample(
    table: string,
    columns: readonly string[],
    rows: number,
    signal?: AbortSignal,
  ): Promise<Batch> {
    const session = this.start(signal);
    const sql = this.columnsOf(table);
    const { info, numbered } = this.tables.get(table);
    const sample = new Sample(
      sql,
      columns,
      rows,
      info.rows,
      numbered?.(info.columns.map(({ name }) => name)),
    );
    await this.tables.checkFiles(table);
    return sample.take(session.whole(sample.sql, signal, `reading table "${table}"`));
  }

  async widen(
    table: string,
    base: string,
    columns: readonly NewColumn[],
    batches: AsyncIterable<Readonly<Record<string, NewValues>>>,
    signal?: AbortSignal,
  ): Promise<TableInfo> {
    const session = this.start(signal);
    this.tables.checkName(table);
    const from = this.tables.get(base);
    checkNewColumns(base, from.info.columns, columns.map(nameOf));
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
      const change = { table, select, files: from.files, own, base, alsoReads: [] };
      return await this.change(change, signal, `adding columns to "${base}"`, async (statements) => {
        if (!this.tables.has(base, from)) {
          throw new MusterError(
            "engine/failed",
            `Table "${base}" was replaced while columns were added to it.`,
          );
        }
        await statements.run(`CREATE VIEW ${quote(table)} AS ${select}`);
        return describeView(statements, table, digest);
      });
    } catch (caught) {
      await rm(own, { force: true });
      throw caught;
    }
  }

  async project(
    table: string,
    base: string,
    projection: Projection,
    signal?: AbortSignal,
  ): Promise<TableInfo> {
    this.start(signal);
    this.tables.checkName(table);
    const from = this.tables.get(base);
    checkNewColumns(base, [], [...projection.programs.flatMap(outputNames), ...projection.kept]);
    if (table === base) throw new MusterError("engine/failed", "A projected table needs a name of its own.");
    const select = projectSql(this.columnsOf(base), projection);
    const digest = digestOfData([from.info.digest, projection]);
    const change = { table, select, files: from.files, base, alsoReads: [] };
    return this.change(change, signal, `preparing "${base}"`, async (statements) => {
      await statements.run(`CREATE VIEW ${quote(table)} AS ${select}`);
      return describeView(statements, table, digest);
    });
  }

  async write(table: string, path: string, signal?: AbortSignal): Promise<void> {
    const session = this.start(signal);
    const own = this.ownFile();
    try {
      await session.use(signal, `writing "${path}"`, async (connection) => {
        await this.tables.checkFiles(table);
        await connection.run(`COPY (SELECT * FROM ${quote(table)}) TO ${text(own)} (FORMAT parquet)`);
      });
      await moveFile(own, path);
    } finally {
      await rm(own, { force: true });
    }
  }

  close(): Promise<void> {
    this.closing ??= (async () => {
      await this.lastChange;
      await this.session.close();
      this.tables = new Tables();
      await rm(this.folder, { recursive: true, force: true });
    })();
    return this.closing;
  }

  private start(signal: AbortSignal | undefined): DuckDbSession {
    throwIfAborted(signal);
    if (this.closing !== undefined) throw new MusterError("engine/failed", "The engine is closed.");
    return this.session;
  }

  private columnsOf(table: string, rewritten?: ReadonlyMap<string, string>): SqlColumns {
    return new SqlColumns(duckDbDialect, table, this.tables.get(table).info, rewritten);
  }

  private ownFile(): string {
    return join(this.folder, "data", `${++this.made}.parquet`);
  }

  /**
   * Adds or replaces a table. It is made in a session of its own, which then takes over from the one before: what
   * still runs there may end there, and a failure leaves everything as it was. Changes happen one after the other.
   */
  private change(
    change: Omit<Attached, "info"> & { readonly table: string; readonly alsoReads: readonly string[] },
    signal: AbortSignal | undefined,
    what: string,
    make: (statements: Statements) => Promise<TableInfo>,
  ): Promise<TableInfo> {
    const { table, alsoReads, ...rest } = change;
    const next = this.lastChange.then(async () => {
      this.start(signal);
      const before = this.tables;
      const kept = before.without(table);
      const session = await openSession(this.options, this.folder, kept, alsoReads);
      try {
        const info = await session.use(signal, what, make);
        this.start(signal);
        this.session.retire();
        this.session = session;
        this.tables = kept.with(table, { info, ...rest });
        for (const own of before.ownFilesNotIn(this.tables)) await rm(own, { force: true });
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
}

function planStatements(
  aggregates: readonly Aggregate[],
  columnsOf: (table: string) => SqlColumns,
): [MergePlan, Statement[]] {
  const plan = mergeAggregates(aggregates);
  return [plan, plan.statements.map((merged) => statementSql(columnsOf(merged.table), merged))];
}

function inPlaces<T>(places: ReadonlyMap<number, unknown>, answers: readonly T[]): (readonly [number, T])[] {
  const at = [...places.keys()];
  return answers.map((answer, i) => [at[i] ?? -1, answer] as const);
}
