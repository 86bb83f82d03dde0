import type { Profile } from "../claims/profile.ts";
import type { Diagnostic } from "../source/diagnostic.ts";
import type { Path, Places } from "./places.ts";
import type { Preset, Rule, RuleFinding } from "./rules/rule.ts";
import type { Spec } from "./spec.ts";

export interface LintOptions {
  /** `recommended` when absent. */
  readonly preset?: Preset;
  readonly profile?: Profile | null;
}

/** A finding of a rule, with its place in the file. */
export interface LintFinding extends RuleFinding {
  readonly rule: Rule;
  readonly diagnostic: Diagnostic;
}

export interface LintResult {
  /** In the order of the file. */
  readonly findings: readonly LintFinding[];
  /** Rules that could not run, and why. */
  readonly skipped: readonly { readonly rule: Rule; readonly because: string }[];
}

const presets: readonly Preset[] = ["minimal", "recommended", "strict", "regulated"];

/**
 * Runs the rules of a preset on a spec that parsed. A rule that throws is a mistake of ours: it is told as skipped and
 * leaves the others alone.
 */
export function lint(
  spec: Spec,
  places: Places,
  rules: readonly Rule[],
  options: LintOptions = {},
): LintResult {
  const level = presets.indexOf(options.preset ?? "recommended");
  const context = { spec, places, profile: options.profile ?? null };
  const findings: LintFinding[] = [];
  const skipped: { rule: Rule; because: string }[] = [];
  for (const rule of rules) {
    if (presets.indexOf(rule.preset) > level) continue;
    try {
      const found = rule.check(context);
      if ("skipped" in found) skipped.push({ rule, because: found.skipped });
      else
        for (const finding of found)
          findings.push({ ...finding, rule, diagnostic: diagnosticOf(rule, finding, places) });
    } catch (e) {
      skipped.push({
        rule,
        because: `it crashed (${e instanceof Error ? e.message : String(e)}): please report this`,
      });
    }
  }
  findings.sort(
    (a, b) => offset(a) - offset(b) || (a.rule.code < b.rule.code ? -1 : a.rule.code > b.rule.code ? 1 : 0),
  );
  return { findings, skipped };
}

const offset = ({ diagnostic }: LintFinding): number => diagnostic.at?.start.offset ?? 0;

/** Where a rule is explained, relative to the repository. */
export const ruleUrl = (code: string): string => `docs/rules/${code}.md`;

function diagnosticOf(rule: Rule, finding: RuleFinding, places: Places): Diagnostic {
  const allowed = finding.allowed === undefined ? "" : ` Allowed: ${finding.allowed.join(", ")}.`;
  const span = (path: Path, mark: RuleFinding["mark"]) =>
    mark === "key" ? places.keyAt(path) : places.at(path);
  return {
    code: rule.code,
    severity: rule.severity,
    message: finding.message,
    at: span(finding.at, finding.mark),
    hint: `${finding.hint}${allowed}`,
    url: ruleUrl(rule.code),
    ...(finding.related === undefined
      ? {}
      : { related: finding.related.map(({ at, message }) => ({ message, at: places.at(at) })) }),
  };
}
