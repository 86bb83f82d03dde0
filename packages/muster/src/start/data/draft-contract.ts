import type { Draft } from "../draft.ts";
import { todo } from "../draft.ts";
import { type Raw, rawMap } from "../raw.ts";
import { grouped, nameOf } from "../words.ts";
import type { Surveys } from "./data-start.ts";
import { type LabelKind, scalarOf } from "./label-kind.ts";
import type { ColumnSurvey } from "./survey.ts";

/** A set of up to this many texts is taken for closed. */
const mostClosed = 20;

/** Every column but the label and the keys is an input, as wide as both tables need it. */
export function draftContract(draft: Draft, surveys: Surveys, kind: LabelKind): void {
  const { training, evaluation, start, keys, verified, baseline } = surveys;
  draft.note(
    ["contract", "inputs"],
    "Drafted from the data: ranges and values are those that occur. Widen what may be wider in production.",
  );
  for (const one of training) {
    const { name } = one.column;
    const other = evaluation?.find((each) => each.column.name === name);
    const skipped =
      name === start.label || name === verified?.column.name || name === baseline
        ? null
        : keys.includes(name)
          ? `${name} names the row, so it was taken for no input`
          : nameOf(name) !== name
            ? `${name} was left out: a name of the contract has letters, digits, _ . and - only`
            : evaluation !== null && other === undefined
              ? `${name} was left out: the evaluation data lacks it`
              : other !== undefined && other.column.type !== one.column.type
                ? `${name} was left out: it is ${one.column.type} in training and ${other.column.type} in evaluation`
                : undefined;
    if (typeof skipped === "string") draft.note(["contract", "inputs"], skipped);
    if (skipped === undefined) draftInput(draft, other === undefined ? [one] : [one, other]);
  }
  draft.push(["contract", "outputs"], outputOf(start.label, kind));
  draft.note(["contract", "outputs"], "TODO: the output as the model calls it");
  draft.put(["contract", "edge_cases"], rawMap([["missing_required", "reject"]]));
}

function draftInput(draft: Draft, tables: readonly ColumnSurvey[]): void {
  const [{ column }] = tables as readonly [ColumnSurvey];
  const rows = sum(tables, (each) => each.rows);
  const missing = sum(tables, (each) => each.missing);
  const notFinite = sum(tables, (each) => each.notFinite);
  const at = draft.push(
    ["contract", "inputs"],
    rawMap([
      ["name", column.name],
      ["type", column.type],
      // NaN is no value: a row that holds it lacks the input.
      ["required", missing + notFinite === 0],
    ]),
  );
  if (missing + notFinite > 0) draft.put([...at, "missing"], "null");
  if (missing > 0) {
    draft.note(
      at,
      `${column.name} is missing in ${grouped(missing)} of ${grouped(rows)} rows; TODO: is a gap passed on, filled, or refused?`,
    );
  }
  if (notFinite > 0)
    draft.note(
      at,
      `${grouped(notFinite)} values of ${column.name} are NaN or infinite: no range holds for them`,
    );
  const range = notFinite > 0 ? null : rangeOf(tables);
  if (range !== null && (column.type === "integer" || column.type === "float"))
    draft.put([...at, "range"], range);
  const values = column.type === "string" ? valuesOf(tables) : null;
  if (values !== null && values.length > 0) draft.put([...at, "values"], values);
  else if (column.type === "string" && tables[0] !== undefined) {
    draft.note(
      at,
      `${column.name} has ${grouped(tables[0].distinct)} distinct values; write values: profile to close the set`,
    );
  }
}

const sum = (tables: readonly ColumnSurvey[], of: (each: ColumnSurvey) => number): number =>
  tables.reduce((total, each) => total + of(each), 0);

/** The least and the greatest value of all tables, rounded outwards. Each table needs a value, or nothing holds. */
function rangeOf(tables: readonly ColumnSurvey[]): readonly [number, number] | null {
  const lows = tables.flatMap(({ low }) => (low === null ? [] : [low]));
  const highs = tables.flatMap(({ high }) => (high === null ? [] : [high]));
  if (lows.length < tables.length || highs.length < tables.length) return null;
  const [low, high] = [outward(Math.min(...lows), -1), outward(Math.max(...highs), 1)];
  return low < high ? [low, high] : null;
}

/** Four significant digits, away from the data: a range that ends in 0.30000000000000004 reads as a slip. */
export function outward(value: number, side: 1 | -1): number {
  if (value === 0 || Number.isInteger(value)) return value;
  const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 3);
  const near = (side > 0 ? Math.ceil(value / step) : Math.floor(value / step)) * step;
  const tidy = Number(near.toPrecision(6));
  return side > 0 ? Math.max(tidy, value) : Math.min(tidy, value);
}

/** The texts of all tables, when they are few and each table has one. */
function valuesOf(tables: readonly ColumnSurvey[]): readonly Raw[] | null {
  const all = new Set<string>();
  for (const { values } of tables) {
    if (values === null || values.length === 0) return null;
    for (const [value] of values) all.add(value);
  }
  return all.size > mostClosed || [...all].some((value) => value.length > 200 || value.trim() === "")
    ? null
    : [...all].sort();
}

function outputOf(label: string, kind: LabelKind): Raw {
  const name = nameOf(label) ?? "output";
  const interpretation = todo("how to read it, in one sentence");
  if (kind.output === "regression")
    return rawMap([
      ["name", name],
      ["type", "number"],
      ["interpretation", interpretation],
    ]);
  if (kind.positive !== null) {
    return rawMap([
      ["name", name],
      ["type", "probability"],
      ["range", [0, 1]],
      ["interpretation", interpretation],
    ]);
  }
  const values = kind.classes.map((value) => scalarOf(String(value), "string"));
  return rawMap([
    ["name", name],
    ["type", "label"],
    ["values", values.length > 0 ? values : undefined],
    ["interpretation", interpretation],
  ]);
}
