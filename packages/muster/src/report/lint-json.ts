import type { Diagnostic, Severity } from "../source/diagnostic.ts";
import { jsonText } from "./json-text.ts";

/** What `muster lint --format json` prints; places are null when a diagnostic has none. */
export interface LintJson {
  readonly version: 1;
  readonly diagnostics: readonly {
    readonly code: string;
    readonly severity: Severity;
    readonly message: string;
    readonly file: string | null;
    readonly line: number | null;
    readonly column: number | null;
    readonly end_line: number | null;
    readonly end_column: number | null;
    readonly hint: string | null;
    readonly url: string | null;
  }[];
}

export function renderLintJson(diagnostics: readonly Diagnostic[]): string {
  const report: LintJson = {
    version: 1,
    diagnostics: diagnostics.map(({ code, severity, message, at, hint, url }) => ({
      code,
      severity,
      message,
      file: at?.file ?? null,
      line: at?.start.line ?? null,
      column: at?.start.column ?? null,
      end_line: at?.end.line ?? null,
      end_column: at?.end.column ?? null,
      hint: hint ?? null,
      url: url ?? null,
    })),
  };
  return jsonText(report);
}
