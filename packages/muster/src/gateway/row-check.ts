import type { Datatype } from "../model/model.ts";
import { suggest } from "../source/suggest.ts";
import type { Columns } from "./columns.ts";
import type { ContractPlan } from "./contract-plan.ts";
import { encodeValue } from "./encode-value.ts";
import type { InputPlan } from "./input-plan.ts";
import { type Repair, shorten, show, type Violation } from "./violation.ts";

/** One row of a request: a JSON object as parsed. */
export type Row = Readonly<Record<string, unknown>>;

/** What a row needs to be told about; null where there is nothing to tell, as for most rows. */
export interface RowNotes {
  readonly violations: readonly Violation[];
  /** Values that are of the right type but outside of the training distribution, where a policy says what then. */
  readonly outside: readonly Violation[];
  readonly repairs: readonly Repair[];
}

/** Checks one row and writes its encoded values to `columns[i][at]`. */
export type RowCheck = (row: Row, at: number, columns: Columns) => RowNotes | null;

/** Beyond this many the names that a row should not have are only counted: naming them costs more than it helps. */
const mostUnknownNamed = 20;

export function emptyColumns(plan: ContractPlan, rows: number): Columns {
  return plan.inputs.map(({ tensor }) => emptyColumn(tensor.datatype, rows));
}

function emptyColumn(datatype: Datatype, rows: number): Columns[number] {
  if (datatype === "BYTES") return new Array<string>(rows).fill("");
  if (datatype === "FP32") return new Float32Array(rows);
  return datatype === "BOOL" || datatype === "INT32" ? new Int32Array(rows) : new Float64Array(rows);
}

/** Gathers notes and only then costs anything. */
export class NoteTaker implements RowNotes {
  readonly violations: Violation[] = [];
  readonly outside: Violation[] = [];
  readonly repairs: Repair[] = [];
}

/** The row check without generated code: the definition of what a check does, and its test oracle. */
export function interpretedCheck(plan: ContractPlan): RowCheck {
  return (row, at, columns) => {
    const notes = new NoteTaker();
    let present = 0;
    plan.inputs.forEach((input, index) => {
      const value = Object.hasOwn(row, input.name) ? row[input.name] : undefined;
      if (value !== undefined) present += 1;
      checkInput(plan, index, value, at, columns, notes);
    });
    if (Object.keys(row).length !== present) noteUnknown(plan, row, notes);
    return notesOrNull(notes);
  };
}

export function notesOrNull(notes: NoteTaker): RowNotes | null {
  const { violations, outside, repairs } = notes;
  return violations.length + outside.length + repairs.length === 0 ? null : notes;
}

/** Checks and encodes one value of a row. */
export function checkInput(
  plan: ContractPlan,
  index: number,
  value: unknown,
  at: number,
  columns: Columns,
  notes: NoteTaker,
): void {
  const input = plan.inputs[index];
  const column = columns[index];
  if (input === undefined || column === undefined) return;
  if (value === undefined || value === null) {
    noteMissing(input, at, column, notes);
    return;
  }
  const encoded = encodeValue(input, value);
  const { name, expected } = input;
  if (typeof encoded === "object") {
    notes.violations.push({ input: name, ...encoded, expected, got: show(value) });
    return;
  }
  column[at] = encoded;
  const breaches = plan.outside === "refuse" ? notes.violations : notes.outside;
  const { range, values } = input;
  if (range !== null && typeof encoded === "number" && !(encoded >= range[0] && encoded <= range[1])) {
    const message = `${name} is outside of [${range[0]}, ${range[1]}]`;
    breaches.push({ input: name, code: "input/out-of-range", message, expected, got: show(value) });
  }
  if (values !== null && !values.has(encoded)) {
    const near =
      typeof value === "string" && plan.outside === "refuse" ? suggest(value, closeTo(values)) : null;
    const message = `${name} has a value outside of its closed set${near === null ? "" : `; did you mean ${show(near)}?`}`;
    breaches.push({ input: name, code: "input/unseen-value", message, expected, got: show(value) });
  }
}

/** Searching thousands of values for the nearest would let one bad request cost as much as many good ones. */
function closeTo(values: ReadonlySet<string | number>): string[] {
  return values.size > 50 ? [] : [...values].filter((value) => typeof value === "string");
}

function noteMissing(input: InputPlan, at: number, column: Columns[number], notes: NoteTaker): void {
  const { name, missing, expected } = input;
  if (missing.kind === "reject") {
    const message = `${name} is missing${input.required ? " and required" : ""}`;
    notes.violations.push({ input: name, code: "input/missing", message, expected, got: "nothing" });
    return;
  }
  column[at] = missing.encoded;
  notes.repairs.push({ input: name, policy: missing.policy, value: missing.shown });
}

export function noteUnknown(plan: ContractPlan, row: Row, notes: NoteTaker): void {
  const names = plan.inputs.map(({ name }) => name);
  const known = new Set(names);
  const expected = "only inputs of the contract";
  let unknown = 0;
  for (const key of Object.keys(row)) {
    if (known.has(key)) continue;
    unknown += 1;
    if (unknown > mostUnknownNamed) continue;
    const near = suggest(key, names);
    const shown = shorten(key);
    const message = `the contract has no input ${JSON.stringify(shown)}${near === null ? "" : `; did you mean ${near}?`}`;
    notes.violations.push({ input: shown, code: "input/unknown", message, expected, got: show(row[key]) });
  }
  if (unknown > mostUnknownNamed) {
    const more = unknown - mostUnknownNamed;
    const message = `and ${more} more names that the contract does not have`;
    notes.violations.push({ input: "", code: "input/unknown", message, expected, got: `${more} names` });
  }
}
