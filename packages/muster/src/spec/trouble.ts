import type { Diagnostic, Severity } from "../source/diagnostic.ts";
import type { SourceFile } from "../source/source-file.ts";

/** A finding on its way to a diagnostic: places are still offsets into the text. */
export interface Trouble {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly start: number;
  readonly end: number;
  /** `error` when absent. */
  readonly severity?: Severity;
  readonly related?: { readonly message: string; readonly start: number; readonly end: number };
}

/** Where a code is explained, relative to the repository. */
export function docsUrl(code: string): string {
  return `docs/diagnostics.md#${code.toLowerCase()}`;
}

export function toDiagnostic(source: SourceFile, trouble: Trouble): Diagnostic {
  const { code, message, hint, related } = trouble;
  return {
    code,
    severity: trouble.severity ?? "error",
    message,
    at: source.span(trouble.start, trouble.end),
    hint,
    url: docsUrl(code),
    ...(related === undefined
      ? {}
      : { related: [{ message: related.message, at: source.span(related.start, related.end) }] }),
  };
}
