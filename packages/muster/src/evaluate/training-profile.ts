import type { InputProfile, Profile } from "../claims/profile.ts";
import type { Engine } from "../engine/engine.ts";
import type { Aggregate, Groups } from "../query/aggregate.ts";
import type { Expression } from "../query/expression.ts";
import type { InputSpec } from "../spec/spec.ts";

/** Above it a list of values is no closed set any more. */
const mostValues = 10_000;

/**
 * What the training data looks like, input by input, to be frozen with a release. Inputs that the table lacks are left
 * out. Throws MusterError when the engine cannot read the table.
 */
export async function trainingProfile(
  engine: Engine,
  table: string,
  inputs: readonly InputSpec[],
  signal?: AbortSignal,
): Promise<Profile> {
  const info = engine.info(table);
  const present = inputs.filter((input) => info.columns.some((c) => c.name === input.name));
  const answers = await engine.aggregate(
    present.flatMap((input) =>
      isNumber(input) ? [numbers(table, input)] : [counts(table, input), values(table, input)],
    ),
    signal,
  );
  const profiles = new Map<string, InputProfile>();
  let next = 0;
  for (const input of present) {
    const first = answers[next++]?.groups;
    const second = isNumber(input) ? undefined : answers[next++]?.groups;
    if (first !== undefined) profiles.set(input.name, profileOf(input, first, second));
  }
  return { version: 1, rows: info.rows, inputs: Object.fromEntries(profiles) };
}

const isNumber = (input: InputSpec): boolean => ["integer", "float", "datetime"].includes(input.type);

function numbers(table: string, { name, type }: InputSpec): Aggregate {
  const of: Expression =
    type === "datetime" ? { kind: "epoch_ms", column: name } : { kind: "column", column: name };
  return {
    table,
    by: [],
    values: {
      missing: { fn: "count", where: { kind: "is_missing", column: name } },
      min: { fn: "min", of },
      max: { fn: "max", of },
      sum: { fn: "sum", of },
      present: { fn: "count", where: { kind: "is_finite", column: name } },
    },
  };
}

const counts = (table: string, { name }: InputSpec): Aggregate => ({
  table,
  by: [],
  values: {
    missing: { fn: "count", where: { kind: "is_missing", column: name } },
    distinct: { fn: "count_distinct", column: name },
  },
});

const values = (table: string, { name }: InputSpec): Aggregate => ({
  table,
  by: [{ kind: "values", column: name }],
  values: { rows: { fn: "count" } },
});

function profileOf(input: InputSpec, groups: Groups, byValue: Groups | undefined): InputProfile {
  const at = (name: string): number => groups.values[name]?.[0] ?? Number.NaN;
  const base = { type: input.type, missing: at("missing") };
  if (byValue === undefined) {
    const present = at("present");
    return present > 0 ? { ...base, min: at("min"), max: at("max"), mean: at("sum") / present } : base;
  }
  if (at("distinct") > mostValues) return base;
  const found = (byValue.keys[0] ?? []).filter((key) => key !== null).map(String);
  return { ...base, values: found.sort() };
}
