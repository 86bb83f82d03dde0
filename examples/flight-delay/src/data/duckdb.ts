import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";

/** An in-memory DuckDB that speaks UTC. Close it when done. */
export class Database {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance;
    this.#connection = connection;
  }

  static async open(): Promise<Database> {
    const instance = await DuckDBInstance.create(":memory:", {
      memory_limit: "1500MB",
      threads: "2",
      temp_directory: join(tmpdir(), `flight-delay-${process.pid}`),
    });
    const connection = await instance.connect();
    await connection.run("SET TimeZone = 'UTC'");
    return new Database(instance, connection);
  }

  async run(sql: string): Promise<void> {
    await this.#connection.run(sql);
  }

  async rows(sql: string): Promise<Record<string, unknown>[]> {
    return (await this.#connection.runAndReadAll(sql)).getRowObjectsJson();
  }

  /** The columns of a query whose columns are all FLOAT; null is NaN. Order of rows is the query's. */
  async floats(sql: string): Promise<Map<string, Float32Array>> {
    const result = await this.#connection.stream(sql);
    const names = result.columnNames();
    let columns: Float32Array[] = names.map(() => new Float32Array(1 << 16));
    let rows = 0;
    for (;;) {
      const chunk = await result.fetchChunk();
      if (chunk === null || chunk.rowCount === 0) break;
      const size = rows + chunk.rowCount;
      if (size > (columns[0]?.length ?? 0)) columns = columns.map((column) => grown(column));
      columns.forEach((column, i) => {
        chunk.getColumnValues(i).forEach((value, row) => {
          column[rows + row] = typeof value === "number" ? value : Number.NaN;
        });
      });
      rows = size;
    }
    return new Map(names.map((name, i) => [name, (columns[i] ?? new Float32Array()).slice(0, rows)]));
  }

  close(): void {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }
}

function grown(column: Float32Array): Float32Array {
  const larger = new Float32Array(column.length * 2);
  larger.set(column);
  return larger;
}

/** A string literal of SQL. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
