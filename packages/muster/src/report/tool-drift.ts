import type { ToolDrift } from "../evaluate/drift/like-tool.ts";
import { formatCount } from "./format-number.ts";
import { printable } from "./printable.ts";
import { tableLines } from "./text-table.ts";

export interface ToolDriftInput {
  readonly base: string;
  readonly current: string;
  readonly mode: string;
  /** The version that the numbers were held to; null where only the formulas are known. */
  readonly heldTo: string | null;
  readonly drift: ToolDrift;
}

/** Another tool's numbers as JSON; undefined ones are null. */
export function toolDriftJson({ base, current, mode, heldTo, drift }: ToolDriftInput): string {
  return JSON.stringify({ version: 1, mode, held_to: heldTo, base, current, ...drift }, null, 2);
}

/** Another tool's numbers as a table. */
export function toolDriftText({ base, current, mode, heldTo, drift }: ToolDriftInput): string {
  const head = ["column", "test", "value", "threshold", "drifted"];
  const body = drift.columns.map(({ column, test, value, threshold, drifted }) => [
    printable(column),
    test,
    Number.isNaN(value) ? "undefined" : value.toPrecision(6),
    threshold === null ? "-" : String(threshold),
    drifted === null ? "-" : drifted ? "yes" : "no",
  ]);
  return [
    `${printable(base)} (${formatCount(drift.rows[0])} rows) and ${printable(current)} (${formatCount(drift.rows[1])} rows), as ${mode} compares them`,
    heldTo === null
      ? "By its published formulas; its program was not run beside this one."
      : `Held to the program's version ${heldTo}.`,
    "",
    ...tableLines([head, ...body]),
    ...drift.skipped.map(({ column, because }) => `${printable(column)} was not compared: ${because}.`),
  ].join("\n");
}
