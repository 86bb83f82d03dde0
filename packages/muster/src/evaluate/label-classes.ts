import type { Engine } from "../engine/engine.ts";
import type { Scalar } from "../query/scalar.ts";
import { MusterError } from "../source/muster-error.ts";

/** More values are numbers or texts, and no classes. */
const mostClasses = 100;

/**
 * The values of a label, in the order of their texts. Throws `call/bad-argument` where it has more than a hundred, or times, and
 * `engine/unknown-column` where there is no such column.
 */
export async function labelClasses(
  engine: Engine,
  table: string,
  label: string,
  signal?: AbortSignal,
): Promise<readonly Scalar[]> {
  const question = {
    table,
    by: [{ kind: "values", column: label }],
    values: { rows: { fn: "count" } },
  } as const;
  const [answer] = await engine.aggregate([question], signal);
  const keys = (answer?.groups.keys[0] ?? []).filter((key) => key !== null);
  const type = engine.info(table).columns.find(({ name }) => name === label)?.type;
  if (keys.length > mostClasses || type === "datetime") {
    throw new MusterError(
      "call/bad-argument",
      `Column ${JSON.stringify(label)} ${type === "datetime" ? "holds times" : `has ${keys.length} values`}, which are no classes.`,
      { hint: "Numbers have mean_absolute_error and mean_squared_error." },
    );
  }
  return keys.map((key) => {
    if (type === "boolean") return key === "true";
    return type === "integer" || type === "float" ? Number(key) : String(key);
  });
}
