/** A clause as a sentence; a name in its first place, `roc_auc`, keeps its small letter. */
export function sentence(clause: string): string {
  const [first = ""] = clause.split(" ", 1);
  const start = /^[a-z]+$/u.test(first) ? clause.slice(0, 1).toUpperCase() : clause.slice(0, 1);
  return `${start}${clause.slice(1)}${/[.!?]\s*$/u.test(clause) ? "" : "."}`;
}
