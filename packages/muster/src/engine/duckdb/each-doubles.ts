/** What is needed of a column of a result. */
export interface ItemSource {
  getItem(i: number): unknown;
}

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

/** The chunks of a result whose columns are all DOUBLE and never null. The next one is on its way while one is taken. */
export async function eachDoubles(result: Chunks, take: TakeDoubles): Promise<void> {
  let coming = result.fetchChunk();
  for (;;) {
    const chunk = await coming;
    if (chunk === null || chunk.rowCount === 0) return;
    const { rowCount, columnCount } = chunk;
    coming = result.fetchChunk();
    // Whether it fails is heard where it is awaited, and not before.
    coming.catch(() => undefined);
    for (let c = 0; c < columnCount; c++) take(c, doublesOf(chunk.getColumnVector(c), rowCount), rowCount);
  }
}

/** The numbers of a vector of DOUBLE; NaN where there is none. */
function doublesOf(vector: ItemSource, rows: number): Float64Array {
  const items = itemsOf(vector);
  if (items !== null && items.length >= rows) return items;
  return Float64Array.from({ length: rows }, (_, i) => {
    const item = vector.getItem(i);
    return typeof item === "number" ? item : Number.NaN;
  });
}

/** The numbers of a vector of DOUBLE that has one in every row; null for any other. They are good for as long as it. */
export function presentDoubles(vector: ItemSource): Float64Array | null {
  const validity: unknown = Reflect.get(vector, "validity");
  // Without a mark for each row, all are there.
  const marked = typeof validity !== "object" || validity === null || Reflect.get(validity, "data") !== null;
  return marked ? null : itemsOf(vector);
}

/** They stand in the vector as they are: reading them one by one takes ten times as long. */
function itemsOf(vector: ItemSource): Float64Array | null {
  const items: unknown = Reflect.get(vector, "items");
  return items instanceof Float64Array ? items : null;
}
