import type { Scalar } from "../../query/scalar.ts";

/**
 * Whether a class of the spec is a value of a column, which an engine tells as text: numbers by value, and 1 and 0 are
 * true and false, as they are for `equals`.
 */
export function sameValue(key: string, value: Scalar): boolean {
  if (typeof value === "string") return key === value;
  if (key === "true" || key === "false")
    return (key === "true") === (value === true || value === 1) && Number(value) <= 1;
  if (key.trim() === "") return false;
  return Number(key) === Number(value) && typeof value === "number";
}
