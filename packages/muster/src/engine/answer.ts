import { type Groups, type Measure, other } from "../query/aggregate.ts";
import type { MergedAggregate, MergePlan, Projection } from "../query/merge-plan.ts";
import { invariant } from "../source/muster-error.ts";
import type { AggregateAnswer } from "./engine.ts";
import { inKeyOrder } from "./key-order.ts";
import { momentText } from "./moment-text.ts";
import { rolledUp } from "./roll-up.ts";
import type { Output, Statement } from "./sql.ts";
import type { KeyReading } from "./sql-dimension.ts";

/** A column of a result, in the form that its `Output` asks for. */
export type ResultColumn = readonly (string | number | null)[] | Float64Array;

export interface StatementResult {
  readonly columns: readonly ResultColumn[];
  /** Whether a measure is NaN or infinite, and not merely null. */
  readonly extreme: boolean;
}

/** Runs the statements of a plan, one after the other, and answers every aggregate of it in their order. */
export async function answerAll(
  plan: MergePlan,
  statements: readonly Statement[],
  run: (sql: string, outputs: readonly Output[]) => Promise<StatementResult>,
): Promise<readonly AggregateAnswer[]> {
  const answers = new Map<Projection, AggregateAnswer>();
  for (const [s, statement] of statements.entries()) {
    const merged = plan.statements[s];
    invariant(merged !== undefined, "a statement without a plan");
    let query = statement.sql;
    let found = await run(query, statement.outputs);
    if (found.extreme && statement.guardedSql !== undefined) {
      query = statement.guardedSql;
      found = await run(
        query,
        statement.outputs.filter(({ guard }) => guard === undefined),
      );
    }
    const result = found.columns;
    const rows = rowsBySet(statement, merged, result);
    for (const projection of plan.projections) {
      if (projection.statement !== s || answers.has(projection)) continue;
      answers.set(projection, {
        groups: projectGroups(statement, merged, projection, result, rows),
        query,
      });
    }
  }
  return plan.projections.map((projection) => {
    const answer = answers.get(projection);
    invariant(answer !== undefined, "an aggregate without an answer");
    return answer;
  });
}

/** Picks the answer to one aggregate out of its statement's result. */
function projectGroups(
  statement: Statement,
  merged: MergedAggregate,
  projection: Projection,
  result: readonly ResultColumn[],
  rowsOfSet: ReadonlyMap<number, Int32Array> | null,
): Groups {
  const set = merged.sets[projection.set] ?? [];
  const rows = rowsOfSet === null ? null : (rowsOfSet.get(projection.set) ?? new Int32Array(0));
  const found = rows === null ? (result[0]?.length ?? 0) : rows.length;
  const firstKey = statement.hasSetNumber ? 1 : 0;
  const firstMeasure = firstKey + statement.readings.length;
  // With no keys there is one group, also when an engine gives no row for an empty table.
  const missingTotal = set.length === 0 && found === 0;
  const count = missingTotal ? 1 : found;

  const keys = projection.keys.map((d) => {
    const reading = statement.readings[d];
    const column = result[firstKey + d];
    return reading === undefined || column === undefined ? [] : readKeys(reading, column, rows);
  });
  const values = projection.values.map(([name, m]) => {
    const column = result[firstMeasure + m];
    if (missingTotal || column === undefined)
      return [name, new Float64Array(count).fill(emptyValue(statement.measures[m]))] as const;
    // A statement of one set is read as it is: answers are never written to.
    if (rows === null && column instanceof Float64Array) return [name, column] as const;
    const numbers = new Float64Array(count);
    for (let g = 0; g < count; g++) numbers[g] = Number(column[rows === null ? g : (rows[g] as number)]);
    return [name, numbers] as const;
  });
  const groups = { count, keys, values: Object.fromEntries(values) };
  const isFiner = new Set(projection.keys).size < set.length;
  if (!isFiner) return inKeyOrder(groups);
  const measures = projection.values.map(([name, m]) => [name, statement.measures[m]?.fn ?? "sum"] as const);
  return inKeyOrder(rolledUp(inKeyOrder(groups), measures));
}

function emptyValue(measure: Measure | undefined): number {
  return measure?.fn === "count" || measure?.fn === "count_distinct" ? 0 : Number.NaN;
}

/** The result's rows for each grouping set; null where there is one set, and all rows are its own. */
function rowsBySet(
  statement: Statement,
  merged: MergedAggregate,
  result: readonly ResultColumn[],
): ReadonlyMap<number, Int32Array> | null {
  if (!statement.hasSetNumber) return null;
  const total = result[0]?.length ?? 0;
  const all = 2 ** merged.dimensions.length - 1;
  const setOfNumber = new Map(
    merged.sets.map((set, s) => [all - set.reduce((bits, d) => bits + 2 ** d, 0), s] as const),
  );
  const numbers = result[0] ?? [];
  const sizes = new Int32Array(merged.sets.length);
  const setOfRow = new Int32Array(total);
  for (let i = 0; i < total; i++) {
    const s = setOfNumber.get(Number(numbers[i])) ?? 0;
    setOfRow[i] = s;
    sizes[s] = (sizes[s] ?? 0) + 1;
  }
  const rows = merged.sets.map((_, s) => new Int32Array(sizes[s] ?? 0));
  const filled = new Int32Array(merged.sets.length);
  for (let i = 0; i < total; i++) {
    const s = setOfRow[i] ?? 0;
    const at = filled[s] ?? 0;
    const list = rows[s];
    if (list !== undefined) list[at] = i;
    filled[s] = at + 1;
  }
  return new Map(rows.map((list, s) => [s, list]));
}

function readKeys(
  reading: KeyReading,
  column: ResultColumn,
  rows: Int32Array | null,
): (string | number | null)[] {
  const count = rows?.length ?? column.length;
  const at = (g: number): number => (rows === null ? g : (rows[g] as number));
  if (reading.kind !== "number")
    return Array.from({ length: count }, (_, g) => readName(reading, column[at(g)] ?? null));
  const keys = new Array<string | number | null>(count).fill(0.5);
  for (let g = 0; g < count; g++) {
    // Of -0 this makes 0.
    const key = Number(column[at(g)]) + 0;
    keys[g] = Number.isNaN(key) ? null : key;
  }
  return keys;
}

/** The name of a group's key, or a value's text. */
export function readName(
  reading: Exclude<KeyReading, { readonly kind: "number" }>,
  key: string | number | null,
): string | number | null {
  if (key === null || reading.kind === "text") return key;
  if (reading.kind === "number_text") return String(key);
  const number = Number(key);
  if (Number.isNaN(number)) return null;
  if (reading.kind === "label") return reading.labels[number] ?? other;
  return momentText(number, reading.dayOnly);
}
