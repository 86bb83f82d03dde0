import type { Answer } from "../checks/check.ts";
import type { Engine } from "../engine/engine.ts";
import type { Aggregate, Measure } from "../query/aggregate.ts";
import type { Read } from "../query/read.ts";

export type NotAfterRead = Extract<Read, { readonly kind: "not_after" }>;

/** Rows of `left` up to the last time of `right`: two statements, as the second one's limit is what the first one finds. */
export async function notAfter(
  engine: Engine,
  { left, right, column }: NotAfterRead,
  signal?: AbortSignal,
): Promise<{ readonly answer: Answer; readonly query: string }> {
  const total = async (of: string, measure: Measure): Promise<{ value: number; query: string }> => {
    const [answer] = await engine.aggregate([totalOf(of, measure)], signal);
    return { value: answer?.groups.values.value?.[0] ?? Number.NaN, query: answer?.query ?? "" };
  };
  const last = await total(right, lastTime(column));
  const value = last.value;
  if (Number.isNaN(value)) return { answer: { kind: "not_after", rows: 0, last: null }, query: last.query };
  const count = await total(left, {
    fn: "count",
    where: { kind: "compare", column, operator: "<=", value },
  });
  const query = `${last.query};\n${count.query}`;
  return { answer: { kind: "not_after", rows: count.value, last: value }, query };
}

/** The first of the two. */
export const lastTimeOf = ({ right, column }: NotAfterRead): Aggregate => totalOf(right, lastTime(column));

const lastTime = (column: string): Measure => ({ fn: "max", of: { kind: "epoch_ms", column } });
const totalOf = (table: string, value: Measure): Aggregate => ({ table, by: [], values: { value } });
