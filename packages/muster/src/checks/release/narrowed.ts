import { identity } from "../../query/identity.ts";
import { groupLabel, type MetricSubject } from "./metric-subject.ts";

/**
 * The subjects narrowed to their open groups, by label; null where none is open. Subjects that group the same way get
 * the same groups, those open for any of them, so that one read answers all.
 */
export function narrowed(
  subjects: readonly MetricSubject[],
  open: readonly (readonly string[])[],
): readonly (MetricSubject | null)[] {
  const groups = subjects.map(({ dimension, by, table }) => identity([table, by ?? null, dimension ?? null]));
  const labels = new Map<string, Set<string>>();
  for (const [i, group] of groups.entries())
    labels.set(group, new Set([...(labels.get(group) ?? []), ...(open[i] ?? [])]));
  return subjects.map((subject, i) => {
    if ((open[i] ?? []).length === 0) return null;
    if (subject.dimension === undefined) return subject;
    const only = [...(labels.get(groups[i] ?? "") ?? [])].flatMap((label) => keysOf(subject, label));
    return { ...subject, only };
  });
}

/** The keys that a label can stand for: the word for missing may also be a value. */
function keysOf(subject: MetricSubject, label: string): readonly (string | null)[] {
  const key = label.slice(groupLabel(subject, "").length);
  return label === groupLabel(subject, null) ? [null, key] : [key];
}
