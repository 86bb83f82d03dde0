import type { Profile } from "../claims/profile.ts";
import type { Diagnostic, Severity } from "../source/diagnostic.ts";
import type { Preset, RuleLevel } from "./lint-section.ts";
import { isAsked, lintUrl, usualSettings } from "./lint-settings.ts";
import type { Path, Places } from "./places.ts";
import type { Rule, RuleFinding } from "./rules/rule.ts";
import type { Spec } from "./spec.ts";

export interface LintOptions {
  /** `recommended` when absent. */
  readonly preset?: Preset;
  /** The newest one when absent. */
  readonly ruleset?: string;
  /** By code; see `LintSettings`. */
  readonly levels?: ReadonlyMap<string, RuleLevel>;
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
  readonly skipped: readonly SkippedRule[];
}

export interface SkippedRule {
  readonly rule: Rule;
  readonly because: string;
}

const noProfile = "it needs a profile of the training data (--profile)";

/**
 * Runs the rules that are asked for on a spec that parsed. A rule that throws is a mistake of ours: it is told as
 * skipped and leaves the others alone.
 */
export function lint(
  spec: Spec,
  places: Places,
  rules: readonly Rule[],
  options: LintOptions = {},
): LintResult {
  const settings = {
    preset: options.preset ?? usualSettings.preset,
    ruleset: options.ruleset ?? usualSettings.ruleset,
    levels: options.levels ?? usualSettings.levels,
  };
  const context = { spec, places, profile: options.profile ?? null };
  const findings: LintFinding[] = [];
  const skipped: SkippedRule[] = [];
  for (const rule of rules) {
    if (!isAsked(rule, settings)) continue;
    const level = settings.levels.get(rule.code);
    const severity = level === undefined || level === "off" ? rule.severity : level;
    try {
      const found = rule.check(context);
      if ("skipped" in found) skipped.push({ rule, because: found.skipped });
      else if (found.length === 0 && rule.needs === "profile" && context.profile === null)
        skipped.push({ rule, because: noProfile });
      else
        for (const finding of found)
          findings.push({ ...finding, rule, diagnostic: diagnosticOf(rule, severity, finding, places) });
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

/** A hint lists no more; whoever wants all of them has `allowed` itself. */
const mostAllowed = 20;

function diagnosticOf(rule: Rule, severity: Severity, finding: RuleFinding, places: Places): Diagnostic {
  const span = (path: Path, mark: RuleFinding["mark"]) =>
    mark === "key" ? places.keyAt(path) : places.at(path);
  return {
    code: rule.code,
    severity,
    message: finding.message,
    at: span(finding.at, finding.mark),
    hint: `${finding.hint}${allowedWords(finding.allowed ?? [])}`,
    url: lintUrl(rule.code),
    ...(finding.related === undefined
      ? {}
      : { related: finding.related.map(({ at, message }) => ({ message, at: places.at(at) })) }),
  };
}

function allowedWords(allowed: readonly string[]): string {
  if (allowed.length === 0) return "";
  const more = allowed.length - mostAllowed;
  return ` Allowed: ${allowed.slice(0, mostAllowed).join(", ")}${more > 0 ? ` and ${more} more` : ""}.`;
}
