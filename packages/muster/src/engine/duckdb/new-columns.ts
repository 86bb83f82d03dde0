import { createHash, type Hash } from "node:crypto";
import { MusterError } from "../../source/muster-error.ts";
import type { TableInfo } from "../engine.ts";

/** Checks the batches of new columns for a table, and makes one digest of the table and them. */
export class NewColumns {
  private readonly base: string;
  private readonly info: TableInfo;
  private readonly names: readonly string[];
  private readonly hashes: readonly Hash[];
  private rows = 0;

  constructor(base: string, info: TableInfo, names: readonly string[]) {
    this.base = base;
    this.info = info;
    this.names = names;
    this.hashes = names.map(() => createHash("sha256"));
  }

  /** The batch's columns in the order of the names. */
  take(batch: Readonly<Record<string, Float64Array>>): readonly Float64Array[] {
    const block = this.names.map(
      (name) => (Object.hasOwn(batch, name) ? batch[name] : undefined) ?? new Float64Array(0),
    );
    const length = Math.max(...block.map((numbers) => numbers.length));
    for (const [c, numbers] of block.entries()) {
      if (numbers.length !== length) {
        throw new MusterError(
          "engine/failed",
          `A batch of new columns for "${this.base}" lacks rows of "${this.names[c]}".`,
        );
      }
      this.hashes[c]?.update(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
    }
    this.rows += length;
    if (this.rows > this.info.rows) throw this.mismatch("more");
    return block;
  }

  /** The digest, once all rows are there; it does not depend on how the batches were cut. */
  digest(): string {
    if (this.rows !== this.info.rows) throw this.mismatch(String(this.rows));
    const all = createHash("sha256").update(this.info.digest);
    for (const [c, hash] of this.hashes.entries())
      all.update(`\n${JSON.stringify(this.names[c])} ${hash.digest("hex")}`);
    return `sha256:${all.digest("hex")}`;
  }

  private mismatch(seen: string): MusterError {
    return new MusterError(
      "engine/failed",
      `The new columns for "${this.base}" have ${seen} rows, but the table has ${this.info.rows}.`,
    );
  }
}
