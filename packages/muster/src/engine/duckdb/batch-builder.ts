import { MusterError } from "../../source/muster-error.ts";
import type { Batch, ColumnType } from "../engine.ts";
import { type ItemSource, presentDoubles } from "./each-doubles.ts";

export type Cell = string | number | boolean | null;

export interface BatchColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** Whether the values come as doubles. */
  readonly numeric: boolean;
}

/** Collects the values of one column; numbers stay in a Float64Array until the first null comes. */
class ColumnBuilder {
  private numbers: Float64Array | undefined;
  private cells: Cell[] = [];
  private used = 0;
  private readonly size: number;
  private readonly column: BatchColumn;
  private readonly table: string;

  constructor(table: string, size: number, column: BatchColumn) {
    this.size = size;
    this.column = column;
    this.table = table;
    this.numbers = column.numeric ? new Float64Array(size) : undefined;
  }

  append(source: ItemSource, from: number, to: number): void {
    const doubles =
      this.numbers === undefined || this.column.type !== "float" ? null : presentDoubles(source);
    if (doubles !== null) {
      this.numbers?.set(doubles.subarray(from, to), this.used);
      this.used += to - from;
      return;
    }
    const whole = this.column.type === "integer";
    for (let i = from; i < to; i++) {
      const item = source.getItem(i);
      if (whole && typeof item === "number" && Math.abs(item) > Number.MAX_SAFE_INTEGER)
        throw this.beyondExact();
      if (this.numbers !== undefined && typeof item === "number") {
        this.numbers[this.used++] = item;
        continue;
      }
      if (this.numbers !== undefined) {
        this.cells = Array.from(this.numbers.subarray(0, this.used));
        this.numbers = undefined;
      }
      this.cells[this.used++] =
        typeof item === "string" || typeof item === "number" || typeof item === "boolean" ? item : null;
    }
  }

  take(): Cell[] | Float64Array {
    const taken = this.numbers === undefined ? this.cells : this.numbers.slice(0, this.used);
    this.numbers = this.column.numeric ? new Float64Array(this.size) : undefined;
    this.cells = [];
    this.used = 0;
    return taken;
  }

  private beyondExact(): MusterError {
    return new MusterError(
      "engine/too-large",
      `Column "${this.column.name}" of table "${this.table}" holds whole numbers beyond 2^53, which would lose digits.`,
      { hint: "Store it as text if it is an identifier." },
    );
  }
}

/** Cuts a stream of chunks of any length into batches of `size` rows; the last one holds the rest. */
export class BatchBuilder {
  private readonly names: readonly string[];
  private readonly columns: readonly ColumnBuilder[];
  private readonly size: number;
  private rows = 0;

  constructor(table: string, columns: readonly BatchColumn[], size: number) {
    this.size = size;
    this.names = columns.map(({ name }) => name);
    this.columns = columns.map((column) => new ColumnBuilder(table, size, column));
  }

  *add(sources: readonly ItemSource[], rows: number): Generator<Batch> {
    for (let from = 0; from < rows; ) {
      const to = Math.min(rows, from + this.size - this.rows);
      for (const [c, column] of this.columns.entries()) {
        const source = sources[c];
        if (source !== undefined) column.append(source, from, to);
      }
      this.rows += to - from;
      from = to;
      if (this.rows === this.size) yield this.take();
    }
  }

  *rest(): Generator<Batch> {
    if (this.rows > 0) yield this.take();
  }

  /** The columns of no rows. */
  none(): Batch["columns"] {
    return Object.fromEntries(this.names.map((name) => [name, []]));
  }

  private take(): Batch {
    const rows = this.rows;
    this.rows = 0;
    return {
      rows,
      columns: Object.fromEntries(this.columns.map((column, c) => [this.names[c] ?? "", column.take()])),
    };
  }
}
