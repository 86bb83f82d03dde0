import type { Dimension } from "../../query/aggregate.ts";
import type { Key, Part } from "../metrics/groups.ts";

/** One of the subgroups that rows are grouped by, and which of its groups are meant. */
export interface GroupPart {
  /** Its name in the spec. */
  readonly by: string;
  readonly dimension: Dimension;
  /** These groups, null for the rows without a value; or every group that occurs but these. */
  readonly keys:
    | { readonly only: readonly (string | null)[] }
    | { readonly except: readonly (string | null)[] };
}

export function isMeant({ keys }: GroupPart, key: Key | undefined): boolean {
  const text = key === undefined || key === null ? null : String(key);
  return "only" in keys ? keys.only.includes(text) : !keys.except.includes(text);
}

/** `origin=ORD`, or crossed `origin=ORD & weekday=monday`. */
export function groupLabel(parts: readonly GroupPart[], keys: readonly (Key | undefined)[]): string {
  return parts.map(({ by }, i) => `${by}=${keys[i] ?? "(missing)"}`).join(" & ");
}

/** The part that has these keys. */
export const partOf = (parts: readonly Part[], keys: readonly Key[]): Part | undefined =>
  parts.find((part) => keys.every((key, i) => (part.keys[i] ?? null) === key));

/** Every group of the answer that is meant, and each combination that is named but does not occur as no cells. */
export function meantParts(
  group: readonly GroupPart[],
  parts: readonly Part[],
): readonly { readonly keys: readonly Key[]; readonly part: Part | null }[] {
  const named = group.map(({ keys }) => ("only" in keys ? keys.only : null));
  if (named.every((keys) => keys !== null)) {
    const wanted = named.reduce<readonly (readonly Key[])[]>(
      (all, keys) => all.flatMap((before) => keys.map((key) => [...before, key])),
      [[]],
    );
    return wanted.map((keys) => ({
      keys,
      part: partOf(parts, keys) ?? null,
    }));
  }
  return parts
    .filter((part) => group.every((own, i) => isMeant(own, part.keys[i])))
    .map((part) => ({ keys: part.keys, part }));
}
