import { applyFixes, fixInWords } from "../spec/fix.ts";
import { lint } from "../spec/lint.ts";
import type { LintItem } from "../spec/lint-text.ts";
import { parse } from "../spec/parse.ts";
import type { Rule } from "../spec/rules/rule.ts";

/** A replacement of a stretch of the text. */
export interface Replacement {
  readonly title: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The fix of a rule's finding as one replacement, as `muster lint --fix` would apply it; null where that refuses, or the finding stays. */
export function ruleFix(text: string, item: LintItem): Replacement | null {
  if (item.finding === null) return null;
  const { rule, fix = [] } = item.finding;
  const { text: after, applied } = applyFixes(text, {
    items: (candidate) => (candidate === text ? [item] : []),
    suggestions: true,
  });
  if (applied.length === 0 || findings(rule, after) >= findings(rule, text)) return null;
  const words = fix.map(fixInWords).join(", ");
  return { title: `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`, ...difference(text, after) };
}

function findings(rule: Rule, text: string): number {
  const { spec, places } = parse(text, "");
  if (spec === null) return Number.POSITIVE_INFINITY;
  return lint(spec, places, [rule], { levels: new Map([[rule.code, rule.severity]]) }).findings.length;
}

/** The smallest stretch in which two texts differ. */
function difference(before: string, after: string): { start: number; end: number; text: string } {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let same = 0;
  while (same < most - start && before[before.length - 1 - same] === after[after.length - 1 - same])
    same += 1;
  return { start, end: before.length - same, text: after.slice(start, after.length - same) };
}
