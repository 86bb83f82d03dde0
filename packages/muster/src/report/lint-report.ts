import type { Diagnostic, Severity } from "../source/diagnostic.ts";

/** One finding as reports print it. */
export interface LintEntry {
  readonly diagnostic: Diagnostic;
  /** What people type in place of the code; null for a diagnostic of the language. */
  readonly slug: string | null;
  /** Twelve hex digits, the same for the same mistake in another version of the file. */
  readonly fingerprint: string;
  /** The closed set of what would be right here. */
  readonly allowed: readonly string[];
  /** Edits that would mend it, in words. */
  readonly fix: { readonly kind: "safe" | "suggestion"; readonly edits: readonly string[] } | null;
  /** The marked lines of the file; "" when it has no place. */
  readonly frame: string;
}

export interface SuppressedEntry extends LintEntry {
  readonly reason: string;
  /** The line of the comment. */
  readonly line: number;
}

export interface FixEntry {
  readonly code: string;
  readonly line: number | null;
  readonly what: string;
  /** Null when it was applied. */
  readonly because: string | null;
}

/** What linting one file gave. */
export interface LintedFile {
  readonly file: string;
  readonly entries: readonly LintEntry[];
  readonly suppressed: readonly SuppressedEntry[];
  readonly skipped: readonly { readonly code: string; readonly slug: string; readonly because: string }[];
  /** Null for a file that did not parse. */
  readonly claims: number | null;
  /** Findings that an older version of the file had as well and that are left out; null when none was compared. */
  readonly known: number | null;
  readonly fixes: readonly FixEntry[];
}

/** A rule, or a code of the language, as reports describe it. */
export interface LintRuleInfo {
  readonly code: string;
  readonly slug: string;
  readonly title: string;
  readonly severity: Severity;
  /** Null for a code of the language. */
  readonly preset: string | null;
  readonly why: string;
  readonly url: string;
}

export interface LintReport {
  /** Of Muster. */
  readonly version: string;
  readonly files: readonly LintedFile[];
  /** Every rule there is; a report names those that it needs. */
  readonly rules: readonly LintRuleInfo[];
  /** What pages of the documentation are relative to, with a slash at its end; null when nobody said. */
  readonly docs: string | null;
}

export type SeverityCounts = Readonly<Record<Severity, number>>;

export const severities: readonly Severity[] = ["error", "warning", "info"];

export function severityCounts(files: readonly LintedFile[]): SeverityCounts {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { entries } of files) for (const { diagnostic } of entries) counts[diagnostic.severity] += 1;
  return counts;
}

/** "2 errors, 1 warning", or "no findings". */
export function countsInWords(counts: SeverityCounts): string {
  const word = { error: "error", warning: "warning", info: "remark" };
  const parts = severities
    .filter((severity) => counts[severity] > 0)
    .map((severity) => `${counts[severity]} ${word[severity]}${counts[severity] === 1 ? "" : "s"}`);
  return parts.length === 0 ? "no findings" : parts.join(", ");
}

/** A page of the documentation as a link, if one can be made. */
export const docsLink = (report: Pick<LintReport, "docs">, url: string | undefined): string | null =>
  report.docs === null || url === undefined ? null : new URL(url, report.docs).href;

/** A file as a URI reference: relative, forward slashes, what is special escaped. */
export function fileUri(file: string): string {
  const path = file.replaceAll("\\", "/");
  const escaped = path
    .split("/")
    .map((part) => encodeURIComponent(part.replace(/\p{Cs}/gu, "\ufffd")))
    .join("/");
  // A Windows drive: C:/x is no relative reference, its colon would be read as a scheme's.
  if (/^[A-Za-z]%3A\//u.test(escaped)) return `file:///${escaped.replace("%3A", ":")}`;
  return path.startsWith("/") ? `file://${escaped}` : escaped;
}
