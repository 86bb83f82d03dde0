import { createHash, type Hash } from "node:crypto";
import { MusterError } from "../../source/muster-error.ts";
import type { NewColumn, NewValues, TableInfo } from "../engine.ts";

export const nameOf = (column: NewColumn): string => (typeof column === "string" ? column : column.text);

/** Checks the batches of new columns for a table, and makes one digest of the table and them. */
export class NewColumns {
  private readonly base: string;
  private readonly info: TableInfo;
  private readonly columns: readonly NewColumn[];
  private readonly hashes: readonly Hash[];
  private rows = 0;

  constructor(base: string, info: TableInfo, columns: readonly NewColumn[]) {
    this.base = base;
    this.info = info;
    this.columns = columns;
    this.hashes = columns.map(() => createHash("sha256"));
  }

  /** The batch's columns in their order. */
  take(batch: Readonly<Record<string, NewValues>>): readonly NewValues[] {
    const block = this.columns.map((column): NewValues => {
      const name = nameOf(column);
      return (Object.hasOwn(batch, name) ? batch[name] : undefined) ?? new Float64Array(0);
    });
    const length = Math.max(...block.map((values) => values.length));
    for (const [c, values] of block.entries()) {
      const column = this.columns[c] ?? "";
      if (values.length !== length || values instanceof Float64Array !== (typeof column === "string")) {
        throw new MusterError(
          "engine/failed",
          `A batch of new columns for "${this.base}" lacks rows of "${nameOf(column)}".`,
        );
      }
      const hash = this.hashes[c];
      if (values instanceof Float64Array) {
        hash?.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
      } else for (const value of values) hash?.update(`${JSON.stringify(value)}\n`);
    }
    this.rows += length;
    if (this.rows > this.info.rows) throw this.mismatch("more");
    return block;
  }

  /** Once all rows are there, the digest of both by that of the table; it does not depend on how the batches were cut. */
  finish(): (digestOfTable: string) => string {
    if (this.rows !== this.info.rows) throw this.mismatch(String(this.rows));
    const added = this.hashes.map(
      (hash, c) => `\n${JSON.stringify(nameOf(this.columns[c] ?? ""))} ${hash.digest("hex")}`,
    );
    return (digestOfTable) => {
      const all = createHash("sha256").update(digestOfTable);
      for (const each of added) all.update(each);
      return `sha256:${all.digest("hex")}`;
    };
  }

  private mismatch(seen: string): MusterError {
    return new MusterError(
      "engine/failed",
      `The new columns for "${this.base}" have ${seen} rows, but the table has ${this.info.rows}.`,
    );
  }
}
