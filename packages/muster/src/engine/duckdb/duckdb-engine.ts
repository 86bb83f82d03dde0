import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Aggregate } from "../../query/aggregate.ts";
import { mergeAggregates } from "../../query/merge.ts";
import type { MergePlan } from "../../query/merge-plan.ts";
import type { Question, QuestionAnswer } from "../../query/question.ts";
import type { ColumnStatistics } from "../../query/statistics.ts";
import { digestOfData } from "../../source/digest.ts";
import { invariant, MusterError } from "../../source/muster-error.ts";
import { outputNames, type Projection } from "../../transform/program.ts";
import { answerAll, type StatementResult } from "../answer.ts";
import { checkBatch, checkOverlap, checkProjected } from "../check-asked.ts";
import type { AggregateAnswer, Batch, Engine, NewColumn, NewValues, Rename, TableInfo } from "../engine.ts";
import type { Asked, PlannedStatement } from "../explained.ts";
import { type Output, type Statement, statementSql } from "../sql.ts";
import type { SqlColumns } from "../sql-columns.ts";
import { plannedSql } from "../sql-plan.ts";
import { projectSql } from "../sql-project.ts";
import { questionSql } from "../sql-question.ts";
import { cellSql, overlapSql, scanSql } from "../sql-scan.ts";
import { isCountable, statisticsSql } from "../sql-statistics.ts";
import { throwIfAborted } from "./aborted.ts";
import { attachFiles } from "./attach-files.ts";
import { BatchBuilder } from "./batch-builder.ts";
import { CurrentSession } from "./current-session.ts";
import { CutCounts } from "./cut-counts.ts";
import { duckDbDialect } from "./dialect.ts";
import { checkNewColumns, describeView } from "./import.ts";
import { knownColumns } from "./known-columns.ts";
import { moveFile } from "./move-file.ts";
import { type DuckDbOptions, usualMostGroups } from "./options.ts";
import { RepeatedValues } from "./repeated-values.ts";
import { Sample } from "./sample.ts";
import { widenTable } from "./widen-table.ts";

const { quote, text } = duckDbDialect;

/**
 * Data in files of this machine, read by an embedded DuckDB. Every table is a view: on the Parquet files where they
 * lie, on a Parquet copy of what had to be parsed, or on another table with a file of new columns beside it.
 */
export class DuckDbEngine implements Engine {
  private readonly options: DuckDbOptions;
  private readonly current: CurrentSession;
  private readonly repeated: RepeatedValues = new RepeatedValues();

  private constructor(options: DuckDbOptions, folder: string) {
    this.options = options;
    this.current = new CurrentSession(options, folder);
  }

  static async open(options: DuckDbOptions = {}): Promise<DuckDbEngine> {
    let folder: string | undefined;
    try {
      folder = await mkdtemp(join(resolve(options.tempDirectory ?? tmpdir()), "muster-duckdb-"));
      await mkdir(join(folder, "data"));
      await mkdir(join(folder, "spill"));
      return new DuckDbEngine(options, folder);
    } catch (caught) {
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
      throw MusterError.from(caught, "engine/failed");
    }
  }

  attach(
    table: string,
    address: string,
    signal?: AbortSignal,
    rename: Rename = new Map(),
  ): Promise<TableInfo> {
    return attachFiles(this.current, this.options.digests, { table, address, rename }, signal);
  }

  info(table: string): TableInfo {
    return this.current.tables.get(table).info;
  }

  async digest(table: string): Promise<string> {
    const { tables } = this.current;
    const digest = await tables.get(table).digest();
    await tables.checkFiles(table);
    return digest;
  }

  async aggregate(
    aggregates: readonly Aggregate[],
    signal?: AbortSignal,
  ): Promise<readonly AggregateAnswer[]> {
    this.current.start(signal);
    // Every statement is written before the first one runs, so that a mistake in one costs nothing.
    const { current } = this;
    const infoOf = (table: string): TableInfo => this.info(table);
    const columnsOf = await knownColumns(aggregates, current, infoOf, this.repeated, signal);
    const counts = new CutCounts(aggregates, columnsOf);
    const planned = planStatements([...counts.others.values()], columnsOf);
    const tables = aggregates.map(({ table }) => table);
    return current.read(tables, signal, "aggregating", async (connection) => {
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
    this.current.start(signal);
    const infoOf = (table: string): TableInfo => assumed.get(table) ?? this.info(table);
    const aggregates = asked.flatMap((one) => (one.kind === "aggregate" ? [one.aggregate] : []));
    return plannedSql(asked, await knownColumns(aggregates, this.current, infoOf, undefined, signal));
  }

  async statistics(
    table: string,
    columns: readonly string[],
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<string, ColumnStatistics>> {
    this.current.start(signal);
    const sql = this.current.columnsOf(table);
    const { rows } = this.info(table);
    const of = [...new Set(columns)].map((name) => sql.find(name)).filter(isCountable);
    if (of.length === 0) return new Map();
    return this.current.read([table], signal, `planning for table "${table}"`, async (connection) => {
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
    this.current.start(signal);
    checkOverlap(keys);
    const query = overlapSql(this.current.columnsOf(left), this.current.columnsOf(right), keys);
    return this.current.read([left, right], signal, "looking for common keys", async (connection) => {
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
    this.current.start(signal);
    const { table } = question;
    const { sql, outputs, read } = questionSql(this.current.columnsOf(table), question);
    return this.current.read([table], signal, `asking table "${table}"`, async (connection) => {
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
    this.current.start(signal);
    checkBatch(size);
    const sql = this.current.columnsOf(table);
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
    for await (const chunk of this.current.rows(table, scanSql(sql, wanted), signal, "stream")) {
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
    this.current.start(signal);
    const { info, numbered } = this.current.tables.get(table);
    const withNumbers = numbered?.(info.columns.map(({ name }) => name));
    const sample = new Sample(this.current.columnsOf(table), columns, rows, info.rows, withNumbers);
    return sample.take(this.current.rows(table, sample.sql, signal, "whole"));
  }

  widen(
    table: string,
    base: string,
    columns: readonly NewColumn[],
    batches: AsyncIterable<Readonly<Record<string, NewValues>>>,
    signal?: AbortSignal,
  ): Promise<TableInfo> {
    return widenTable(this.current, { table, base, columns }, batches, signal);
  }

  async project(
    table: string,
    base: string,
    projection: Projection,
    signal?: AbortSignal,
  ): Promise<TableInfo> {
    const { current } = this;
    current.start(signal);
    current.tables.checkName(table);
    const from = current.tables.get(base);
    checkNewColumns(base, [], [...projection.programs.flatMap(outputNames), ...projection.kept]);
    checkProjected(table, base);
    const select = projectSql(current.columnsOf(base), projection);
    const digest = async (): Promise<string> => digestOfData([await from.digest(), projection]);
    const change = { table, digest, select, files: from.files, base, alsoReads: [] };
    return current.change(change, signal, `preparing "${base}"`, async (statements) => {
      await statements.run(`CREATE VIEW ${quote(table)} AS ${select}`);
      return describeView(statements, table);
    });
  }

  async write(table: string, path: string, signal?: AbortSignal): Promise<void> {
    this.current.start(signal);
    const own = this.current.ownFile();
    try {
      await this.current.read([table], signal, `writing "${path}"`, async (connection) => {
        await connection.run(`COPY (SELECT * FROM ${quote(table)}) TO ${text(own)} (FORMAT parquet)`);
      });
      await moveFile(own, path);
    } finally {
      await rm(own, { force: true });
    }
  }

  close(): Promise<void> {
    return this.current.close();
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
