import { both, not } from "../checks/metrics/row-conditions.ts";
import { other } from "../query/aggregate.ts";
import type { Predicate } from "../query/predicate.ts";
import type { SliceAttribute } from "./slice-attributes.ts";

/** The code of a cell's value as a scan gives it: the position among the attribute's values. */
export function coder({ dimension, values }: SliceAttribute): (cell: unknown) => number {
  const codes = new Map(values.map((value, code) => [value, code]));
  const [rest, missing] = [codes.get(other) ?? 0, codes.get(null) ?? 0];
  if (dimension.kind === "listed") {
    return (cell) => (cell === null ? missing : (codes.get(String(cell)) ?? rest));
  }
  const { edges } = dimension;
  const last = edges.length - 2;
  return (cell) => {
    if (cell === null) return missing;
    const value = Number(cell);
    const bin = edges.findIndex((edge, i) => value >= edge && value < (edges[i + 1] ?? edge));
    if (bin >= 0) return bin;
    return value === edges.at(-1) ? last : rest;
  };
}

/** The rows that have this value of the attribute, as the same rows would be grouped by its dimension. */
export function hasValue(
  { dimension }: SliceAttribute,
  code: number,
  values: SliceAttribute["values"],
): Predicate {
  const { column } = dimension;
  const value = values[code] ?? null;
  const missing: Predicate = { kind: "is_missing", column };
  if (value === null) return missing;
  if (dimension.kind === "listed") {
    const listed: Predicate = { kind: "one_of", column, values: dimension.values };
    if (value === other) return both(not(missing), not(listed));
    return { kind: "equals", column, value: dimension.values[code] ?? value };
  }
  const { edges } = dimension;
  const between = (from: number, to: number, closed: boolean): Predicate =>
    both(
      { kind: "compare", column, operator: ">=", value: edges[from] ?? 0 },
      { kind: "compare", column, operator: closed ? "<=" : "<", value: edges[to] ?? 0 },
    );
  const last = edges.length - 1;
  if (value === other) return both(not(missing), not(between(0, last, true)));
  return between(code, code + 1, code + 1 === last);
}
