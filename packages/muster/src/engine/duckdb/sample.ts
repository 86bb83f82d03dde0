import { checkSample } from "../check-asked.ts";
import type { Batch } from "../engine.ts";
import type { SqlColumns } from "../sql-columns.ts";
import { cellSql, sampleSql, scanSql } from "../sql-scan.ts";
import { BatchBuilder } from "./batch-builder.ts";
import { rowNumber } from "./make-view.ts";
import type { Chunk } from "./session.ts";

/** A sample of a table as one batch. */
export class Sample {
  readonly sql: string;
  private readonly builder: BatchBuilder;

  /** `numbered`: the table's rows with a column of their numbers, where that is cheaper than counting them. */
  constructor(columns: SqlColumns, names: readonly string[], rows: number, total: number, numbered?: string) {
    checkSample(rows);
    const wanted = [...new Set(names)].map((name) => columns.find(name));
    const source =
      numbered === undefined ? undefined : { from: `(${numbered})`, number: columns.quote(rowNumber) };
    this.sql = total <= rows ? scanSql(columns, wanted) : sampleSql(columns, wanted, rows, total, source);
    const described = wanted.map((column) => ({
      name: column.name,
      type: column.type,
      numeric: cellSql(columns, column).numeric,
    }));
    // One more than can come, so that no batch is full before all rows are there.
    this.builder = new BatchBuilder(columns.table, described, Math.min(total, 2 * Math.ceil(rows)) + 1);
  }

  async take(chunks: AsyncIterable<Chunk>): Promise<Batch> {
    for await (const chunk of chunks)
      for (const full of this.builder.add(chunk.columns, chunk.rows)) return full;
    for (const rest of this.builder.rest()) return rest;
    return { rows: 0, columns: this.builder.none() };
  }
}
