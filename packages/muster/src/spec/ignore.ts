import type { Diagnostic } from "../source/diagnostic.ts";
import type { SourceFile } from "../source/source-file.ts";
import { type IgnoreComment, ignoreComments } from "./ignore-comments.ts";
import type { LintFinding } from "./lint.ts";
import { lintUrl, nearestRule, ruleNamed } from "./lint-settings.ts";
import type { Places } from "./places.ts";
import { readDay } from "./quantity-day.ts";
import type { Rule } from "./rules/rule.ts";

export interface SuppressedFinding {
  readonly finding: LintFinding;
  readonly reason: string;
  /** The line of the comment. */
  readonly line: number;
}

export interface IgnoreInput {
  readonly source: SourceFile;
  readonly places: Places;
  readonly findings: readonly LintFinding[];
  readonly rules: readonly Rule[];
  /** Whether a rule ran: of one that did not run nobody knows whether its ignore is still needed. */
  readonly ran: (rule: Rule) => boolean;
  /** Year-month-day: an `until` before it is over. */
  readonly today: string;
}

/** Divides the findings by the file's muster-ignore comments, and says (MU-A110) which comments have to go. */
export function applyIgnores(input: IgnoreInput): {
  shown: readonly LintFinding[];
  suppressed: readonly SuppressedFinding[];
  diagnostics: readonly Diagnostic[];
} {
  const { source, findings } = input;
  const comments = ignoreComments(source);
  if (comments.length === 0) return { shown: findings, suppressed: [], diagnostics: [] };
  const diagnostics: Diagnostic[] = [];
  const hidden = new Map<LintFinding, SuppressedFinding>();
  const byLine = findingsByLine(input);
  for (const comment of comments) {
    const wrong = (message: string, hint: string): void => {
      diagnostics.push({
        code: "MU-A110",
        severity: "warning",
        message,
        at: source.span(comment.start, comment.end),
        hint,
        url: lintUrl("MU-A110"),
      });
    };
    if (!isValid(comment, input.today, wrong)) continue;
    for (const name of comment.names) {
      const rule = ruleNamed(name, input.rules);
      if (rule === null) {
        const near = nearestRule(name, input.rules);
        const guess = near === null ? "" : ` Did you mean ${near}?`;
        const what = /^MU-A110$/iu.test(name) ? `${name} cannot be suppressed.` : null;
        wrong(
          what ?? `There is no rule ${JSON.stringify(name)} to ignore.${guess}`,
          "muster rules lists all rules.",
        );
      } else if (rule.unsuppressible === true) {
        wrong(
          `${rule.code} (${rule.slug}) may not be suppressed.`,
          "Mend what it finds, and delete this comment.",
        );
      } else {
        const here = (comment.line === null ? [] : (byLine.get(comment.line) ?? [])).filter(
          (f) => f.rule === rule,
        );
        const { line } = source.position(comment.start);
        for (const finding of here) hidden.set(finding, { finding, reason: comment.reason, line });
        if (here.length === 0 && input.ran(rule)) {
          wrong(`${rule.code} (${rule.slug}) finds nothing here to ignore.`, "Delete the comment.");
        }
      }
    }
  }
  return {
    shown: findings.filter((finding) => !hidden.has(finding)),
    suppressed: findings.flatMap((finding) => hidden.get(finding) ?? []),
    diagnostics,
  };
}

/** A finding belongs to the line that it marks, and to that of its key: a map's value begins below it. */
function findingsByLine({ findings, places }: IgnoreInput): ReadonlyMap<number, readonly LintFinding[]> {
  const byLine = new Map<number, LintFinding[]>();
  for (const finding of findings) {
    const lines = new Set([finding.diagnostic.at?.start.line, places.keyAt(finding.at).start.line]);
    for (const line of lines) {
      if (line === undefined) continue;
      const own = byLine.get(line);
      if (own === undefined) byLine.set(line, [finding]);
      else own.push(finding);
    }
  }
  return byLine;
}

function isValid(
  { names, reason, until }: IgnoreComment,
  today: string,
  wrong: (message: string, hint: string) => void,
): boolean {
  const how = "Write # muster-ignore MU-E112: the reason, with until=2026-12-31 before the colon if it ends.";
  if (names.length === 0) {
    wrong("This comment names no rule to ignore.", how);
    return false;
  }
  if (reason === "") {
    wrong("This comment gives no reason: it ignores nothing.", how);
    return false;
  }
  if (until === null) return true;
  const day = readDay(until);
  if (!day.ok) {
    wrong(`until=${until}: ${day.message}`, day.hint);
    return false;
  }
  // Both are written year-month-day, whose order is that of the text.
  if (day.value.text >= today) return true;
  wrong(
    `This comment ended on ${day.value.text}: it ignores nothing any more.`,
    "Mend what is found here, or agree on a new day.",
  );
  return false;
}
