import { MusterError } from "../../source/muster-error.ts";
import type { Batch } from "../engine.ts";
import type { SqlColumns } from "../sql-columns.ts";
import { cellSql, sampleSql, scanSql } from "../sql-scan.ts";
import { BatchBuilder, type ItemSource } from "./batch-builder.ts";

/** A sample of a table as one batch. */
export class Sample {
  readonly sql: string;
  private readonly builder: BatchBuilder;

  constructor(columns: SqlColumns, names: readonly string[], rows: number, total: number) {
    if (!(rows > 0 && Number.isFinite(rows))) {
      throw new MusterError("engine/failed", "A sample needs a number of rows above 0.");
    }
    const wanted = [...new Set(names)].map((name) => columns.find(name));
    this.sql = total <= rows ? scanSql(columns, wanted) : sampleSql(columns, wanted, rows, total);
    const described = wanted.map((column) => ({
      name: column.name,
      type: column.type,
      numeric: cellSql(columns, column).numeric,
    }));
    // One more than can come, so that no batch is full before all rows are there.
    this.builder = new BatchBuilder(columns.table, described, Math.min(total, 2 * Math.ceil(rows)) + 1);
  }

  async take(
    chunks: AsyncIterable<{ readonly rows: number; readonly columns: readonly ItemSource[] }>,
  ): Promise<Batch> {
    for await (const chunk of chunks)
      for (const full of this.builder.add(chunk.columns, chunk.rows)) return full;
    for (const rest of this.builder.rest()) return rest;
    return { rows: 0, columns: this.builder.none() };
  }
}
