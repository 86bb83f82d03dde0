import type { Tensor, TensorData } from "../model/model.ts";
import { type Cell, compileProgram } from "../transform/compile-program.ts";
import type { FeedTensor } from "./feed.ts";
import { widthOf } from "./feed.ts";

/** The cell of an input in a row; datetimes in milliseconds since 1970. */
export type CellAt = (input: string, row: number) => Cell;

/** Fills a tensor with what preprocessing makes of the given rows; missing numbers are NaN, missing texts empty. */
export function compileFeed(
  feed: Extract<FeedTensor, { readonly from: "prepared" }>,
): (cellAt: CellAt, rows: readonly number[]) => Tensor {
  const { tensor, width, parts } = feed;
  let offset = 0;
  const compiled = parts.map((part) => {
    const at = offset;
    offset += widthOf(part);
    const { program, only } = part;
    const hot = program.output.kind === "indicators";
    return { column: program.column, run: compileProgram(program), only, hot, at };
  });
  return (cellAt, rows) => {
    const shape = tensor.shape.length === 1 ? [rows.length] : [rows.length, width];
    const texts: string[] | null =
      tensor.datatype === "BYTES" ? new Array<string>(rows.length * width).fill("") : null;
    const numbers = numbersFor(tensor.datatype, texts === null ? rows.length * width : 0);
    for (const { column, run, only, hot, at } of compiled) {
      for (let i = 0; i < rows.length; i += 1) {
        const value = run(cellAt(column, rows[i] ?? 0));
        const place = i * width + at;
        if (texts !== null) texts[place] = value === null ? "" : String(value);
        else if (!hot) numbers[place] = typeof value === "number" ? value : Number.NaN;
        else if (typeof value === "number" && value >= 0) {
          // Of indicators the value is the position of the one that is set.
          if (only === null) numbers[place + value] = 1;
          else if (only === value) numbers[place] = 1;
        }
      }
    }
    const data: TensorData = texts ?? numbers;
    return { name: tensor.name, datatype: tensor.datatype, shape, data };
  };
}

function numbersFor(datatype: Tensor["datatype"], length: number): Float64Array | Float32Array | Int32Array {
  if (datatype === "FP32") return new Float32Array(length);
  return datatype === "INT32" ? new Int32Array(length) : new Float64Array(length);
}
