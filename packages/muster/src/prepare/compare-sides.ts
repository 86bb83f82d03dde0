import type { Engine } from "../engine/engine.ts";
import { type Cell, compileProgram } from "../transform/compile-program.ts";
import { outputNames, type Program } from "../transform/program.ts";
import type { Fitted } from "./fitted.ts";
import { programsOf } from "./programs.ts";
import { toleranceOf } from "./tolerance.ts";

/** How far the engine and the compiled function are apart on one chain. */
export interface SideComparison {
  readonly input: string;
  /** The columns that it makes. */
  readonly columns: readonly string[];
  readonly rows: number;
  readonly mismatches: number;
  /** The largest difference of two numbers. */
  readonly largest: number;
  /** Of the larger of 1 and the value; 0 means bit for bit. */
  readonly tolerance: number;
  readonly examples: readonly { readonly row: number; readonly data: Cell; readonly served: Cell }[];
}

const batchRows = 16_384;
const mostExamples = 3;

/**
 * Prepares about `sample` rows of a table by both sides, evenly spread over its stored order, and holds them together,
 * chain by chain. Of indicators the position of the one that is set is compared.
 */
export async function compareSides(
  engine: Engine,
  table: string,
  fitted: Fitted,
  sample: number,
  signal?: AbortSignal,
): Promise<readonly SideComparison[]> {
  const info = engine.info(table);
  const stride = Math.max(1, Math.floor(info.rows / sample));
  const programs = programsOf(fitted);
  const view = `${table} prepared`;
  // Inputs have no spaces in their names, so these stand beside them.
  const named = programs.map(
    (program, i): Program => ({ ...program, output: plain(program, `prepared ${i}`) }),
  );
  const kept = [...new Set(programs.map(({ column }) => column))];
  await engine.project(view, table, { programs: named, kept, every: stride }, signal);
  const found = programs.map((program, i) => ({
    run: compileProgram({ ...program, output: plain(program, "") }),
    column: program.column,
    prepared: `prepared ${i}`,
    columns: outputNames(program),
    tolerance: fitted.features[i] === undefined ? 0 : toleranceOf(fitted.features[i]),
    rows: 0,
    mismatches: 0,
    largest: 0,
    examples: [] as SideComparison["examples"][number][],
  }));
  let from = 0;
  const names = [...kept, ...found.map(({ prepared }) => prepared)];
  for await (const batch of engine.scan(view, names, batchRows, signal)) {
    for (const each of found) {
      const raw = batch.columns[each.column] ?? [];
      const data = batch.columns[each.prepared] ?? [];
      for (let row = 0; row < batch.rows; row += 1) {
        const left = data[row] ?? null;
        const right = each.run(raw[row] ?? null);
        each.rows += 1;
        const apart = difference(left, right);
        if (apart > each.largest) each.largest = apart;
        if (apart <= each.tolerance * Math.max(1, typeof left === "number" ? Math.abs(left) : 1)) continue;
        each.mismatches += 1;
        if (each.examples.length < mostExamples)
          each.examples.push({ row: (from + row) * stride, data: left, served: right });
      }
    }
    from += batch.rows;
  }
  return found.map(({ column, columns, rows, mismatches, largest, tolerance, examples }) => ({
    input: column,
    columns,
    rows,
    mismatches,
    largest,
    tolerance,
    examples,
  }));
}

/** One column for each program: indicators stay the position that they are made of. */
const plain = ({ output }: Program, name: string): Program["output"] =>
  output.kind === "indicators" ? { kind: "number", name, whole: true } : { ...output, name };

const absent = (cell: Cell): boolean => cell === null || (typeof cell === "number" && Number.isNaN(cell));

/** 0 for equal values and for two missing ones, infinite for different texts and for one missing. */
export function difference(left: Cell, right: Cell): number {
  if (absent(left) || absent(right)) return absent(left) === absent(right) ? 0 : Number.POSITIVE_INFINITY;
  if (typeof left === "number" && typeof right === "number") return Math.abs(left - right);
  return left === right ? 0 : Number.POSITIVE_INFINITY;
}
