import { MusterError } from "../../source/muster-error.ts";
import { compileProgram } from "../../transform/compile-program.ts";
import { outputNames, type Program, type Projection } from "../../transform/program.ts";
import type { Column } from "../engine.ts";
import { wrongType } from "../sql-columns.ts";
import { type Cell, locate, type Rows } from "./rows.ts";

/** The columns of a projection and their cells, by a direct reading of the programs. */
export function projected(
  table: Rows,
  { programs, kept }: Projection,
): { readonly columns: readonly Column[]; readonly cells: readonly (readonly Cell[])[] } {
  const columns: Column[] = [];
  const cells: (readonly Cell[])[] = [];
  for (const program of programs) {
    const values = valuesOf(table, program);
    const { output } = program;
    if (output.kind === "indicators") {
      output.names.forEach((name, i) => {
        columns.push({ name, type: "integer", native: "BIGINT" });
        cells.push(values.map((value) => (value === i ? 1 : 0)));
      });
      continue;
    }
    const type = output.kind === "text" ? "string" : output.whole ? "integer" : "float";
    columns.push({ name: output.name, type, native: type });
    cells.push(values.map((value) => (Number.isNaN(value) ? null : value)));
  }
  for (const name of kept) {
    const { at, column } = locate(table, name);
    columns.push(column);
    cells.push(table.rows.map((row) => row[at] ?? null));
  }
  const taken = new Set<string>();
  for (const name of [...programs.flatMap(outputNames), ...kept]) {
    const twin = name.toLowerCase();
    if (taken.has(twin)) throw new MusterError("engine/failed", `Two columns would be called "${name}".`);
    taken.add(twin);
  }
  return { columns, cells };
}

function valuesOf(table: Rows, program: Program): readonly (string | number | null)[] {
  const { at, column } = locate(table, program.column);
  const takes =
    program.entry === "text"
      ? ["string", "integer"]
      : program.entry === "number"
        ? ["integer", "float", "boolean"]
        : ["datetime"];
  if (!takes.includes(column.type))
    throw wrongType(column, table.name, `what ${program.entry} is taken from`);
  const run = compileProgram(program);
  return table.rows.map((row) => run(row[at] ?? null));
}
