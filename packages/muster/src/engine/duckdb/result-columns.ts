import type { ResultColumn, StatementResult } from "../answer.ts";
import type { Output } from "../sql.ts";
import type { ItemSource } from "./each-doubles.ts";

/** A part of a result, as DuckDB hands it over. */
export interface ResultChunk {
  readonly rowCount: number;
  getColumnVector(column: number): ItemSource;
}

/** So many different texts of a column are kept once each. */
const mostShared = 10_000;

/** A result by columns, copied part by part so that no part outlives its copy. */
export class ResultColumns {
  private readonly outputs: readonly Output[];
  private readonly columns: (Float64Array | (string | number | null)[])[];
  private readonly texts: readonly Map<string, string>[];
  private rows = 0;
  private extreme = false;

  constructor(outputs: readonly Output[]) {
    this.outputs = outputs;
    this.columns = outputs.map(({ form }) => (form === "numbers" ? new Float64Array(0) : []));
    this.texts = outputs.map(() => new Map());
  }

  get count(): number {
    return this.rows;
  }

  add(chunk: ResultChunk): void {
    const { rowCount } = chunk;
    for (const [c, { form, rolledUpBit, measured }] of this.outputs.entries()) {
      const vector = chunk.getColumnVector(c);
      // The set number, where there is one, is the first column.
      const sets = rolledUpBit === undefined ? undefined : this.columns[0];
      const mask = 2 ** (rolledUpBit ?? 0);
      if (form === "numbers") {
        const extreme = this.addNumbers(this.roomFor(c, rowCount), vector, rowCount, sets, mask);
        this.extreme ||= extreme && measured === true;
      } else this.addCells(c, vector, rowCount, sets, mask);
    }
    this.rows += rowCount;
  }

  finish(): StatementResult {
    const columns = this.columns.map((column): ResultColumn => {
      return column instanceof Float64Array ? column.subarray(0, this.rows) : column;
    });
    return { columns, extreme: this.extreme };
  }

  /** The column, with room for as many rows more. */
  private roomFor(c: number, rows: number): Float64Array {
    const column = this.columns[c];
    const so = column instanceof Float64Array ? column : new Float64Array(0);
    if (so.length >= this.rows + rows) return so;
    const wider = new Float64Array(Math.max(this.rows + rows, 2 * so.length));
    wider.set(so);
    this.columns[c] = wider;
    return wider;
  }

  /** Says whether a number is not finite. */
  private addNumbers(
    column: Float64Array,
    vector: ItemSource,
    rows: number,
    sets: ResultColumn | undefined,
    mask: number,
  ): boolean {
    let extreme = false;
    for (let i = 0; i < rows; i++) {
      const skip = sets !== undefined && (Number(sets[this.rows + i]) & mask) !== 0;
      const item = skip ? null : vector.getItem(i);
      if (typeof item === "number") {
        if (!Number.isFinite(item)) extreme = true;
        column[this.rows + i] = item;
      } else column[this.rows + i] = Number.NaN;
    }
    return extreme;
  }

  private addCells(
    c: number,
    vector: ItemSource,
    rows: number,
    sets: ResultColumn | undefined,
    mask: number,
  ): void {
    const column = this.columns[c];
    const texts = this.texts[c];
    if (!Array.isArray(column) || texts === undefined) return;
    for (let i = 0; i < rows; i++) {
      const skip = sets !== undefined && (Number(sets[this.rows + i]) & mask) !== 0;
      const item = skip ? null : vector.getItem(i);
      if (typeof item === "string") column.push(shared(texts, item));
      else column.push(typeof item === "number" ? item : null);
    }
  }
}

/** Equal texts as one, so that millions of rows of a few groups do not hold a copy each. */
function shared(texts: Map<string, string>, text: string): string {
  const known = texts.get(text);
  if (known !== undefined) return known;
  if (texts.size < mostShared) texts.set(text, text);
  return text;
}
