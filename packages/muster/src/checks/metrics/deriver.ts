import type { Batch } from "../../engine/engine.ts";
import type { Derivation } from "../../query/derivation.ts";

/** Takes number columns from rows. A pure function of the rows: the same batch gives the same numbers. */
export interface Deriver {
  readonly name: string;
  /** The columns that it gives for this derivation, in a fixed order. */
  names(derivation: Derivation): readonly string[];
  /**
   * One number a row for each of `names`, NaN where the row has none; `batch` has the columns that the derivation
   * reads. `firstRow` is how many rows of the table came before, for messages alone. Throws MusterError for a row that it cannot take a number from.
   */
  derive(batch: Batch, derivation: Derivation, firstRow: number): Readonly<Record<string, Float64Array>>;
}

/** Derivers by their name. */
export type Derivers = ReadonlyMap<string, Deriver>;
