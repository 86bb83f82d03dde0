import type { LintEntry, LintedFile, LintRuleInfo } from "../report/lint-report.ts";
import { codeFrame } from "../source/code-frame.ts";
import type { Diagnostic } from "../source/diagnostic.ts";
import { type SourceFile, sourceFile } from "../source/source-file.ts";
import { fingerprintOfDiagnostic } from "../spec/baseline.ts";
import { diagnosticCodes } from "../spec/diagnostic-codes.ts";
import { type FixResult, fixInWords } from "../spec/fix.ts";
import { lintCodes } from "../spec/lint-codes.ts";
import { lintUrl } from "../spec/lint-settings.ts";
import type { LintedText, LintItem } from "../spec/lint-text.ts";
import type { Rule } from "../spec/rules/rule.ts";
import { docsUrl } from "../spec/trouble.ts";
import type { FoundConfig } from "./lint-config.ts";

export interface FileReport {
  readonly file: string;
  readonly text: string;
  readonly linted: LintedText;
  /** Those of `linted` to be shown. */
  readonly items: readonly LintItem[];
  readonly claims: number | null;
  readonly known: number | null;
  readonly fixes: Pick<FixResult, "applied" | "refused"> | null;
}

/** What one file gave, as reports print it; the text itself is not held on to. */
export function reportedFile({ file, text, linted, items, claims, known, fixes }: FileReport): LintedFile {
  const source = sourceFile(file, text);
  const { suppressed, skipped } = linted;
  return {
    file,
    entries: items.map((item) => entry(item, source)),
    suppressed: suppressed.map((item) => ({ ...entry(item, source), reason: item.reason, line: item.line })),
    skipped: skipped.map(({ rule, because }) => ({ code: rule.code, slug: rule.slug, because })),
    claims,
    known,
    fixes: fixes === null ? [] : [...fixes.applied, ...fixes.refused],
  };
}

/** The same for a muster.config.yaml. */
export function reportedConfig({ file, text, diagnostics }: FoundConfig): LintedFile {
  const source = sourceFile(file, text);
  const item = (diagnostic: Diagnostic): LintItem => ({
    diagnostic,
    fingerprint: fingerprintOfDiagnostic(diagnostic, text),
    finding: null,
  });
  return {
    file,
    entries: diagnostics.map((diagnostic) => entry(item(diagnostic), source)),
    suppressed: [],
    skipped: [],
    claims: null,
    known: null,
    fixes: [],
  };
}

const slugs = new Map([...lintCodes, ...diagnosticCodes].map(({ code, slug }) => [code, slug]));

function entry({ diagnostic, fingerprint, finding }: LintItem, source: SourceFile): LintEntry {
  const fix = finding?.rule.fix ?? "none";
  const edits = finding?.fix ?? [];
  return {
    diagnostic,
    slug: finding?.rule.slug ?? slugs.get(diagnostic.code) ?? null,
    fingerprint,
    allowed: finding?.allowed ?? [],
    fix: fix === "none" || edits.length === 0 ? null : { kind: fix, edits: edits.map(fixInWords) },
    frame: diagnostic.at === null ? "" : codeFrame(source, diagnostic.at),
  };
}

/** Everything that a report may have to describe. */
export function ruleInfos(rules: readonly Rule[]): readonly LintRuleInfo[] {
  const plain = (url: (code: string) => string) => (entry: (typeof lintCodes)[number]) => ({
    code: entry.code,
    slug: entry.slug,
    title: entry.title,
    severity: "error" as const,
    preset: null,
    why: entry.explanation,
    url: url(entry.code),
  });
  return [
    ...rules.map(({ code, slug, title, severity, preset, why }) => ({
      code,
      slug,
      title,
      severity,
      preset,
      why,
      url: lintUrl(code),
    })),
    ...lintCodes.map(plain(lintUrl)),
    ...diagnosticCodes.map(plain(docsUrl)),
  ];
}
