import type { Profile } from "../claims/profile.ts";
import type { Diagnostic } from "../source/diagnostic.ts";
import { sourceFile } from "../source/source-file.ts";
import { fingerprintOf, fingerprintOfDiagnostic, namedPath } from "./baseline.ts";
import { applyIgnores } from "./ignore.ts";
import { type LintFinding, lint, type SkippedRule } from "./lint.ts";
import type { Preset } from "./lint-section.ts";
import {
  isAsked,
  type LintSettings,
  resolveSettings,
  type SettingsSource,
  usualSettings,
} from "./lint-settings.ts";
import { type ParseResult, parse } from "./parse.ts";
import type { Rule } from "./rules/rule.ts";

export interface LintTextOptions {
  readonly rules: readonly Rule[];
  /** Of the call: wins over the spec's and the config's. */
  readonly preset?: Preset;
  readonly config?: SettingsSource | null;
  /** Settings in place of the spec's own and the config's: those that another version of the file was linted with. */
  readonly settings?: LintSettings;
  readonly profile?: Profile | null;
  /** Year-month-day. */
  readonly today: string;
}

/** One thing that the linter has to say: of a rule, of the language, or of the linter's own settings. */
export interface LintItem {
  readonly diagnostic: Diagnostic;
  /** The same for the same mistake in another version of the file; see `fingerprintOf`. */
  readonly fingerprint: string;
  /** Null for what no rule says. */
  readonly finding: LintFinding | null;
}

export interface LintedText {
  readonly parsed: ParseResult;
  /** In the order of the file. */
  readonly items: readonly LintItem[];
  readonly suppressed: readonly (LintItem & { readonly reason: string; readonly line: number })[];
  readonly skipped: readonly SkippedRule[];
  readonly settings: LintSettings;
}

/**
 * All of linting but files: parses, applies the settings, runs the rules, divides by the ignore comments. Command line,
 * editor and playground call this, so that they agree. Never throws.
 */
export function lintText(text: string, file: string, options: LintTextOptions): LintedText {
  const { rules, config = null } = options;
  const parsed = parse(text, file);
  const { spec, places } = parsed;
  const plain = (diagnostic: Diagnostic): LintItem => ({
    diagnostic,
    fingerprint: fingerprintOfDiagnostic(diagnostic, text),
    finding: null,
  });
  if (spec === null) {
    const settings = options.settings ?? usualSettings;
    return { parsed, items: parsed.diagnostics.map(plain), suppressed: [], skipped: [], settings };
  }
  const { settings, diagnostics } =
    options.settings === undefined
      ? resolveSettings(rules, {
          ...(options.preset === undefined ? {} : { call: { preset: options.preset } }),
          spec: spec.lint === undefined ? null : { section: spec.lint, places, path: ["lint"] },
          // What is wrong with the config is told once, by whoever read it.
          config,
        })
      : { settings: options.settings, diagnostics: [] };
  const { findings, skipped } = lint(spec, places, rules, { ...settings, profile: options.profile ?? null });
  const ignores = applyIgnores({
    source: sourceFile(file, text),
    places,
    findings,
    rules,
    ran: (rule) => isAsked(rule, settings) && !skipped.some((one) => one.rule === rule),
    today: options.today,
  });
  const item = (finding: LintFinding): LintItem => {
    const { code, message } = finding.diagnostic;
    return {
      diagnostic: finding.diagnostic,
      fingerprint: fingerprintOf(code, namedPath(spec, finding.at), message),
      finding,
    };
  };
  const own = diagnostics.filter(({ at }) => at === null || at.file === file);
  const items = [
    ...[...parsed.diagnostics, ...own, ...ignores.diagnostics].map(plain),
    ...ignores.shown.map(item),
  ].sort((a, b) => startOf(a) - startOf(b));
  const suppressed = ignores.suppressed.map(({ finding, reason, line }) => ({
    ...item(finding),
    reason,
    line,
  }));
  return { parsed, items, suppressed, skipped, settings };
}

const startOf = ({ diagnostic }: LintItem): number => diagnostic.at?.start.offset ?? 0;

/** The items whose fingerprint the other version of the file does not have. */
export function newSince(items: readonly LintItem[], before: readonly LintItem[]): readonly LintItem[] {
  const known = new Set(before.map(({ fingerprint }) => fingerprint));
  return items.filter(({ fingerprint }) => !known.has(fingerprint));
}
