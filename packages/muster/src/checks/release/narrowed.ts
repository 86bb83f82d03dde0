import { identity } from "../../query/identity.ts";
import type { GroupPart } from "./group-part.ts";
import type { MetricSubject } from "./metric-subject.ts";

/**
 * The subjects narrowed to their open groups, by label; null where none is open. Subjects that group the same way get
 * the same groups, those open for any of them, so that one read answers all.
 */
export function narrowed(
  subjects: readonly MetricSubject[],
  open: readonly (readonly string[])[],
): readonly (MetricSubject | null)[] {
  const kinds = subjects.map(({ group = [], table }) =>
    identity([table, group.map(({ by, dimension }) => [by, dimension])]),
  );
  // For each way of grouping one set of keys a part, or null where the open ones cannot be told.
  const keys = new Map<string, readonly Set<string | null>[] | null>();
  for (const [i, subject] of subjects.entries()) {
    const { group = [] } = subject;
    const kind = kinds[i] ?? "";
    const sets = keys.has(kind) ? (keys.get(kind) ?? null) : group.map(() => new Set<string | null>());
    const found = (open[i] ?? []).map((label) => keysOf(group, label));
    for (const each of found) {
      for (const [d, part] of (each ?? []).entries()) for (const key of part) sets?.[d]?.add(key);
    }
    keys.set(kind, found.some((each) => each === null) ? null : sets);
  }
  return subjects.map((subject, i) => {
    if ((open[i] ?? []).length === 0) return null;
    const sets = keys.get(kinds[i] ?? "");
    if (subject.group === undefined || sets == null) return subject;
    return { ...subject, only: sets.map((set) => [...set]) };
  });
}

/** For each part the keys that a label can stand for; null for crossed groups that the data named. */
function keysOf(group: readonly GroupPart[], label: string): readonly (readonly (string | null)[])[] | null {
  const named = group.map(({ keys }) => ("only" in keys ? keys.only : null));
  if (named.every((keys) => keys !== null)) return named;
  const [part, ...crossed] = group;
  if (part === undefined || crossed.length > 0) return null;
  const key = label.slice(part.by.length + 1);
  // The word for missing may also be a value.
  return [key === "(missing)" ? [null, key] : [key]];
}
