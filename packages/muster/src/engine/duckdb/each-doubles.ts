import type { ItemSource } from "./batch-builder.ts";

/** Is given a column's place, its numbers and how many of them count; they are good until it returns. */
export type TakeDoubles = (column: number, numbers: Float64Array, rows: number) => void;

/** What is needed of a result: its rows, some at a time. */
interface Chunks {
  fetchChunk(): Promise<{
    readonly rowCount: number;
    readonly columnCount: number;
    getColumnVector(c: number): ItemSource;
  } | null>;
}

/** The chunks of a result whose columns are all DOUBLE and never null. */
export async function eachDoubles(result: Chunks, take: TakeDoubles): Promise<void> {
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return;
    const { rowCount } = chunk;
    for (let c = 0; c < chunk.columnCount; c++)
      take(c, doublesOf(chunk.getColumnVector(c), rowCount), rowCount);
  }
}

/**
 * The numbers of a vector of DOUBLE; NaN where there is none. They stand in the vector as they are: reading them one by one
 * takes ten times as long.
 */
function doublesOf(vector: ItemSource, rows: number): Float64Array {
  const items: unknown = Reflect.get(vector, "items");
  if (items instanceof Float64Array && items.length >= rows) return items;
  return Float64Array.from({ length: rows }, (_, i) => {
    const item = vector.getItem(i);
    return typeof item === "number" ? item : Number.NaN;
  });
}
