import type { Aggregate } from "../../query/aggregate.ts";
import { columnsOf as columnsOfAggregate } from "../../query/columns.ts";
import { identity } from "../../query/identity.ts";
import type { Question, QuestionAnswer } from "../../query/question.ts";
import type { ColumnStatistics } from "../../query/statistics.ts";
import { digestOfData } from "../../source/digest.ts";
import { MusterError } from "../../source/muster-error.ts";
import type { Projection } from "../../transform/program.ts";
import { checkBatch, checkOverlap, checkProjected, checkSample } from "../check-asked.ts";
import type { AggregateAnswer, Batch, Engine, NewColumn, NewValues, Rename, TableInfo } from "../engine.ts";
import { type Asked, type PlannedStatement, planned } from "../explained.ts";
import { renamedDigest, renamedInfo } from "../rename.ts";
import { keyPairing } from "../sql-scan.ts";
import { isCountable } from "../sql-statistics.ts";
import { groupsOf } from "./groups.ts";
import { columnsOf, type MemoryRow, type MemoryTable, type Stored, stored } from "./memory-table.ts";
import { projected } from "./project.ts";
import { answerInMemory } from "./questions.ts";
import { locate, type Row } from "./rows.ts";
import { widened } from "./widened.ts";

/**
 * Rows in memory, aggregated by a direct reading of `query/`: a double for tests, and what the other adapters are
 * held against. Its tables are attached under their own names from the start; `attach` gives one another name.
 */
export class MemoryEngine implements Engine {
  private readonly sources: ReadonlyMap<string, MemoryTable>;
  private readonly tables = new Map<string, Stored>();
  private closed = false;

  private constructor(sources: ReadonlyMap<string, MemoryTable>) {
    this.sources = sources;
    for (const [name, source] of sources) this.tables.set(name, stored(name, source));
  }

  static of(tables: Readonly<Record<string, readonly MemoryRow[] | MemoryTable>>): MemoryEngine {
    const sources = Object.entries(tables).map(([name, given]) => {
      return [name, "rows" in given ? given : { columns: columnsOf(given), rows: given }] as const;
    });
    return new MemoryEngine(new Map(sources));
  }

  async attach(
    table: string,
    address: string,
    signal?: AbortSignal,
    rename: Rename = new Map(),
  ): Promise<TableInfo> {
    this.check(signal);
    const source = this.sources.get(address);
    if (source === undefined) {
      throw new MusterError(
        "engine/unreadable-table",
        `Cannot read "${address}" as a table: there is no such table.`,
      );
    }
    const attached = stored(table, source);
    const info = renamedInfo(table, attached.info, rename);
    const digest = renamedDigest(attached.digest, rename);
    this.tables.set(table, { ...attached, columns: info.columns, info, digest });
    return info;
  }

  info(table: string): TableInfo {
    return this.table(table).info;
  }

  async digest(table: string): Promise<string> {
    return this.table(table).digest;
  }

  async aggregate(
    aggregates: readonly Aggregate[],
    signal?: AbortSignal,
  ): Promise<readonly AggregateAnswer[]> {
    this.check(signal);
    return aggregates.map((aggregate) => ({
      groups: groupsOf(this.table(aggregate.table), aggregate),
      query: identity(aggregate),
    }));
  }

  async explain(
    asked: readonly Asked[],
    assumed: ReadonlyMap<string, TableInfo> = new Map(),
    signal?: AbortSignal,
  ): Promise<readonly PlannedStatement[]> {
    this.check(signal);
    for (const one of asked) {
      if (one.kind !== "aggregate") continue;
      const { table } = one.aggregate;
      const known = new Set((assumed.get(table) ?? this.info(table)).columns.map(({ name }) => name));
      const unknown = columnsOfAggregate(one.aggregate).find((name) => !known.has(name));
      if (unknown !== undefined)
        throw new MusterError("engine/unknown-column", `Table "${table}" has no column "${unknown}".`);
    }
    return planned(asked, identity);
  }

  async statistics(
    table: string,
    columns: readonly string[],
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<string, ColumnStatistics>> {
    this.check(signal);
    const source = this.table(table);
    const located = [...new Set(columns)].map((name) => ({ name, ...locate(source, name) }));
    return new Map(
      located
        .filter(({ column }) => isCountable(column))
        .map(({ name, at, column }) => {
          const present = source.rows.map((row) => row[at] ?? null).filter((cell) => cell !== null);
          const numeric = ["integer", "float", "datetime"].includes(column.type);
          const numbers = numeric ? present.map(Number).filter(Number.isFinite) : [];
          const extreme = (of: (a: number, b: number) => number): number | null =>
            numbers.length === 0 ? null : numbers.reduce((a, b) => of(a, b)) + 0;
          const distinct = new Set(present).size;
          const missing = source.rows.length - present.length;
          return [
            name,
            { distinct, missing, least: extreme(Math.min), greatest: extreme(Math.max) },
          ] as const;
        }),
    );
  }

  async overlap(
    left: string,
    right: string,
    keys: readonly string[],
    signal?: AbortSignal,
  ): Promise<{ readonly rows: number; readonly query: string }> {
    this.check(signal);
    checkOverlap(keys);
    const [a, b] = [this.table(left), this.table(right)];
    for (const key of keys) keyPairing(locate(a, key).column, locate(b, key).column, left);
    const keyOf = (table: Stored) => {
      const places = keys.map((key) => locate(table, key).at);
      return (row: Row): string | null => {
        const parts = places.map((at) => row[at] ?? null);
        return parts.includes(null)
          ? null
          : JSON.stringify(parts.map((part) => String(part === 0 ? 0 : part)));
      };
    };
    const known = new Set(b.rows.map(keyOf(b)));
    const rows = a.rows.map(keyOf(a)).filter((key) => key !== null && known.has(key)).length;
    return { rows, query: identity({ left, right, keys }) };
  }

  async ask(
    question: Question,
    signal?: AbortSignal,
  ): Promise<{ readonly answer: QuestionAnswer; readonly query: string }> {
    this.check(signal);
    return { answer: answerInMemory(this.table(question.table), question), query: identity(question) };
  }

  async *scan(
    table: string,
    columns: readonly string[],
    size: number,
    signal?: AbortSignal,
  ): AsyncGenerator<Batch, void, undefined> {
    this.check(signal);
    checkBatch(size);
    const source = this.table(table);
    const places = columns.map((name) => ({ name, ...locate(source, name) }));
    for (let from = 0; from < source.rows.length; from += size) {
      this.check(signal);
      const rows = source.rows.slice(from, from + size);
      const entries = places.map(({ name, at, column }) => {
        const cells = rows.map((row) => row[at] ?? null);
        const numeric = ["integer", "float", "datetime"].includes(column.type);
        return [name, numeric && !cells.includes(null) ? Float64Array.from(cells, Number) : cells] as const;
      });
      yield { rows: rows.length, columns: Object.fromEntries(entries) };
    }
  }

  async sample(
    table: string,
    columns: readonly string[],
    rows: number,
    signal?: AbortSignal,
  ): Promise<Batch> {
    const source = this.table(table);
    checkSample(rows);
    const limit = Math.min(2 ** 32, Math.ceil((2 ** 32 * rows) / Math.max(1, source.rows.length)));
    const taken = source.rows.filter((_, i) => (BigInt(i + 1) * 2654435769n) % 4294967296n < limit);
    const part = new MemoryEngine(new Map());
    part.tables.set(table, { ...source, rows: taken });
    for await (const batch of part.scan(table, columns, Math.max(1, taken.length), signal)) return batch;
    return { rows: 0, columns: Object.fromEntries(columns.map((name) => [name, []])) };
  }

  async widen(
    table: string,
    base: string,
    given: readonly NewColumn[],
    batches: AsyncIterable<Readonly<Record<string, NewValues>>>,
    signal?: AbortSignal,
  ): Promise<TableInfo> {
    this.check(signal);
    const source = this.table(base);
    const columns = given.map((column) => (typeof column === "string" ? column : column.text));
    const added = columns.map((): (number | string | null)[] => []);
    for await (const batch of batches) {
      this.check(signal);
      for (const [c, name] of columns.entries()) for (const value of batch[name] ?? []) added[c]?.push(value);
    }
    this.tables.set(table, widened(table, source, given, added));
    return this.info(table);
  }

  async project(
    table: string,
    base: string,
    projection: Projection,
    signal?: AbortSignal,
  ): Promise<TableInfo> {
    this.check(signal);
    const source = this.table(base);
    checkProjected(table, base);
    const { columns, cells } = projected(source, projection);
    const { every = 1 } = projection;
    const rows = source.rows
      .map((_, row) => cells.map((column) => column[row] ?? null))
      .filter((_, row) => row % every === 0);
    const digest = digestOfData([source.digest, projection]);
    this.tables.set(table, { name: table, columns, rows, info: { columns, rows: rows.length }, digest });
    return this.info(table);
  }

  async write(_table: string, path: string): Promise<void> {
    throw new MusterError("engine/failed", `"${path}" cannot be written: this engine keeps no files.`);
  }

  async close(): Promise<void> {
    this.closed = true;
    this.tables.clear();
  }

  private table(name: string): Stored {
    const found = this.tables.get(name);
    if (found === undefined) throw new MusterError("engine/failed", `No table "${name}" is attached.`);
    return found;
  }

  private check(signal: AbortSignal | undefined): void {
    if (signal?.aborted) throw new MusterError("cancelled", "Cancelled.", { cause: signal.reason });
    if (this.closed) throw new MusterError("engine/failed", "The engine is closed.");
  }
}
