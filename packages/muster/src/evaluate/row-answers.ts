import type { Check } from "../checks/check.ts";
import type { Claim } from "../claims/claim.ts";
import type { NewColumn } from "../engine/engine.ts";
import type { ModelSignature, TensorSpec } from "../model/model.ts";
import { columnsRead } from "./absent-columns.ts";
import { modelColumn } from "./compile/tables.ts";

/** One number or text a row that a model gives: an output of one, or one place of an output of several. */
export interface RowAnswer {
  readonly tensor: TensorSpec;
  /** Null for an output of one a row. */
  readonly place: number | null;
  /** The table's column for it. */
  readonly column: NewColumn;
  readonly name: string;
}

const element = /^(.*)\[(\d{1,5})\]$/s;

/** All outputs of one number or text a row and, of those with several numbers, the places that `asked` names as columns. */
export function rowAnswers(signature: ModelSignature, asked: Iterable<string> = []): readonly RowAnswer[] {
  const whole = signature.outputs
    .filter(({ shape }) => shape.slice(1).every((length) => length === 1))
    .map((tensor): RowAnswer => {
      const name = modelColumn(tensor.name);
      const column = tensor.datatype === "BYTES" ? { text: name } : name;
      return { tensor, place: null, column, name };
    });
  const taken = new Set(whole.map(({ name }) => name));
  const places = [...new Set(asked)].flatMap((name): RowAnswer[] => {
    const [, output, digits] = element.exec(name) ?? [];
    const tensor = signature.outputs.find((one) => modelColumn(one.name) === output);
    if (tensor === undefined || taken.has(name) || tensor.datatype === "BYTES") return [];
    const [, width = 0, ...more] = tensor.shape;
    const place = Number(digits);
    // A width that is not stated shows when the model answers; a place beyond it then has no value.
    return more.length > 0 || width === 1 || (width !== -1 && place >= width)
      ? []
      : [{ tensor, place, column: name, name }];
  });
  return [...whole, ...places];
}

/** The columns that claims read of a model's outputs of several numbers a row. */
export function elementsRead(
  claims: readonly Claim[],
  registry: ReadonlyMap<string, Check<unknown, unknown>>,
): readonly string[] {
  const found = new Set<string>();
  for (const { check: id, subject } of claims) {
    const check = id === null ? undefined : registry.get(id);
    // What the claim's own case cannot read is told there.
    for (const read of check === undefined ? [] : readsOf(check, subject)) {
      if (read.kind !== "aggregate") continue;
      for (const column of columnsRead(read)) if (isElement(column)) found.add(column);
    }
  }
  return [...found];
}

export const isElement = (column: string): boolean =>
  column.startsWith(modelColumn("")) && element.test(column);

function readsOf(check: Check<unknown, unknown>, subject: unknown): ReturnType<typeof check.reads> {
  try {
    return check.reads(subject, "exact");
  } catch {
    return [];
  }
}
