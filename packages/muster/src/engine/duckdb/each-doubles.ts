import { type DuckDBDataChunk, type DuckDBResult, DuckDBTypeId } from "@duckdb/node-api";
import bindings from "@duckdb/node-bindings";
import { invariant } from "../../source/muster-error.ts";

/** What is needed of a column of a result. */
export interface ItemSource {
  getItem(i: number): unknown;
}

/** Is given a column's place, its numbers and how many they are; they are good until it returns. */
export type TakeDoubles = (column: number, numbers: Float64Array, rows: number) => void;

/**
 * The chunks of a result whose columns are all DOUBLE and never null. The next one is on its way while one is taken, and
 * the numbers are read where DuckDB has them: objects around them, and around their marks for null, take as long again.
 */
export async function eachDoubles(result: DuckDBResult, take: TakeDoubles): Promise<void> {
  const { columnCount } = result;
  for (let c = 0; c < columnCount; c++)
    invariant(result.columnTypeId(c) === DuckDBTypeId.DOUBLE, "a column that is no DOUBLE");
  let coming = result.fetchChunk();
  for (;;) {
    const chunk = await coming;
    if (chunk === null || chunk.rowCount === 0) return;
    const { rowCount } = chunk;
    coming = result.fetchChunk();
    // Whether it fails is heard where it is awaited, and not before.
    coming.catch(() => undefined);
    try {
      for (let c = 0; c < columnCount; c++) take(c, doublesOf(chunk, c), rowCount);
      // Asked once more, so that it is not given back while its last column is read.
      invariant(chunk.rowCount === rowCount, "a chunk that changed while it was read");
    } catch (caught) {
      // The connection must not be closed under a fetch that is on its way.
      await coming.catch(() => undefined);
      throw caught;
    }
  }
}

/** Good for as long as the chunk. */
function doublesOf({ chunk, rowCount }: DuckDBDataChunk, column: number): Float64Array {
  const vector = bindings.data_chunk_get_vector(chunk, column);
  const bytes = bindings.vector_get_data(vector, rowCount * Float64Array.BYTES_PER_ELEMENT);
  return new Float64Array(bytes.buffer, bytes.byteOffset, rowCount);
}

/** The numbers of a vector of DOUBLE that has one in every row; null for any other. They are good for as long as it. */
export function presentDoubles(vector: ItemSource): Float64Array | null {
  const validity: unknown = Reflect.get(vector, "validity");
  // Without a mark for each row, all are there.
  const marked = typeof validity !== "object" || validity === null || Reflect.get(validity, "data") !== null;
  const items: unknown = marked ? null : Reflect.get(vector, "items");
  return items instanceof Float64Array ? items : null;
}
