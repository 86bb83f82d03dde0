import type { Severity } from "../source/diagnostic.ts";
import type { Span } from "../source/span.ts";
import { jsonText } from "./json-text.ts";
import { type LintEntry, type LintReport, type SeverityCounts, severityCounts } from "./lint-report.ts";

interface Place {
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly end_line: number | null;
  readonly end_column: number | null;
}

interface LintDiagnosticJson extends Place {
  readonly code: string;
  readonly slug: string | null;
  readonly severity: Severity;
  readonly message: string;
  readonly hint: string | null;
  readonly url: string | null;
  readonly allowed: readonly string[];
  readonly related: readonly (Place & { readonly message: string })[];
  readonly fix: LintEntry["fix"];
  readonly fingerprint: string;
}

/** What `muster lint --format json` prints; keys are only ever added. Places are null when a diagnostic has none. */
export interface LintJson {
  readonly version: 1;
  readonly muster: string;
  readonly counts: SeverityCounts;
  readonly diagnostics: readonly LintDiagnosticJson[];
  readonly suppressed: readonly (LintDiagnosticJson & { readonly reason: string })[];
  readonly files: readonly {
    readonly file: string;
    readonly claims: number | null;
    /** Left out because an older version of the file has them as well; null when none was compared. */
    readonly known: number | null;
    readonly skipped: readonly { readonly code: string; readonly slug: string; readonly because: string }[];
    /** Done, where `because` is null; otherwise refused. */
    readonly fixes: readonly {
      readonly code: string;
      readonly line: number | null;
      readonly what: string;
      readonly because: string | null;
    }[];
  }[];
}

export function renderLintReportJson(report: LintReport): string {
  const { files, version } = report;
  const json: LintJson = {
    version: 1,
    muster: version,
    counts: severityCounts(files),
    diagnostics: files.flatMap(({ entries }) => entries.map(entryJson)),
    suppressed: files.flatMap(({ suppressed }) =>
      suppressed.map((entry) => ({ ...entryJson(entry), reason: entry.reason })),
    ),
    files: files.map(({ file, claims, known, skipped, fixes }) => ({ file, claims, known, skipped, fixes })),
  };
  return jsonText(json);
}

function entryJson({ diagnostic, slug, allowed, fix, fingerprint }: LintEntry): LintDiagnosticJson {
  const { code, severity, message, at, hint, url, related = [] } = diagnostic;
  return {
    code,
    slug,
    severity,
    message,
    ...place(at),
    hint: hint ?? null,
    url: url ?? null,
    allowed,
    related: related.map((other) => ({ message: other.message, ...place(other.at) })),
    fix,
    fingerprint,
  };
}

const place = (at: Span | null): Place => ({
  file: at?.file ?? null,
  line: at?.start.line ?? null,
  column: at?.start.column ?? null,
  end_line: at?.end.line ?? null,
  end_column: at?.end.column ?? null,
});
