import { outputNames, type Program, type Projection } from "../transform/program.ts";
import { type SqlColumns, wrongType } from "./sql-columns.ts";
import { formulaSql } from "./sql-formula.ts";
import { integerLiteral, isFiniteSql } from "./sql-literal.ts";

const counter = "muster row number";

/**
 * One statement with a level for each step, so that no step writes out the one before: what a step needs twice is
 * computed once, and the text grows with the steps and not with their powers. Rows keep their order.
 */
export function projectSql(columns: SqlColumns, { programs, kept, every = 1 }: Projection): string {
  const q = (name: string): string => columns.quote(name);
  const value = (p: number): string => q(`p${p}`);
  const keep = kept.map((_, k) => q(`k${k}`));
  const entries = programs.map((program, p) => `${entrySql(columns, program)} AS ${value(p)}`);
  const taken = kept.map((name, k) => `${q(columns.find(name).name)} AS ${keep[k]}`);
  // Rows are counted in their stored order as they stream by.
  const numbered = `(SELECT *, ROW_NUMBER() OVER () AS ${q(counter)} FROM ${q(columns.table)}) AS ${q("n")}`;
  const source =
    every > 1 ? `${numbered} WHERE (${q(counter)} - 1) % ${integerLiteral(every)} = 0` : q(columns.table);
  let from = `SELECT ${[...entries, ...taken].join(", ")} FROM ${source}`;
  const levels = Math.max(0, ...programs.map(({ steps }) => steps.length));
  for (let level = 0; level < levels; level += 1) {
    const made = programs.map(({ steps }, p) => {
      const step = steps[level];
      return step === undefined ? value(p) : `${formulaSql(columns.dialect, step, value(p))} AS ${value(p)}`;
    });
    from = `SELECT ${[...made, ...keep].join(", ")} FROM (${from}) AS ${q("s")}`;
  }
  const outputs = programs.flatMap((program, p) => outputSql(program, value(p), q));
  const rest = kept.map((name, k) => `${keep[k]} AS ${q(name)}`);
  return `SELECT ${[...outputs, ...rest].join(", ")} FROM (${from}) AS ${q("s")}`;
}

function outputSql(program: Program, value: string, q: (name: string) => string): string[] {
  const { output } = program;
  switch (output.kind) {
    case "text":
      return [`${value} AS ${q(output.name)}`];
    case "number":
      return [`${output.whole ? `CAST(${value} AS INT)` : value} AS ${q(output.name)}`];
    case "indicators":
      return outputNames(program).map(
        (name, i) => `CASE WHEN ${value} = ${i}e0 THEN 1 ELSE 0 END AS ${q(name)}`,
      );
    default:
      return output satisfies never;
  }
}

const day = 86_400_000;

function entrySql(columns: SqlColumns, { column: name, entry }: Program): string {
  const column = columns.find(name);
  const quoted = columns.quote(column.name);
  if (entry === "text") {
    if (column.type === "string" || column.type === "integer") return columns.text(column);
    throw wrongType(column, columns.table, "a text");
  }
  if (entry === "number") {
    const double = columns.double(column);
    if (column.type !== "float") return double;
    // Adding 0 makes the one zero of -0 and 0, so that no sign is lost on one side only.
    return `CASE WHEN ${isFiniteSql(double)} THEN ${double} + 0e0 END`;
  }
  // Fails for what is no datetime.
  const epoch = columns.epoch(column);
  const extracted = (field: string): string => `CAST(FLOOR(EXTRACT(${field} FROM ${quoted})) AS DOUBLE)`;
  switch (entry) {
    case "weekday": {
      const days = `(FLOOR(CAST(${epoch} AS DOUBLE) / ${day}e0) + 3e0)`;
      return `(${days} - 7e0 * FLOOR(${days} / 7e0))`;
    }
    case "day_of_year":
      return extracted("DOY");
    default:
      return extracted(entry.toUpperCase());
  }
}
