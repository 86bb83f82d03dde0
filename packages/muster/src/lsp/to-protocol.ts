import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Diagnostic, Severity } from "../source/diagnostic.ts";
import type { Suggestion } from "./completion.ts";
import type { OutlineEntry } from "./outline.ts";
import type { CompletionItem, DocumentSymbol, EditorDiagnostic, Range } from "./protocol.ts";

const severities: Readonly<Record<Severity, 1 | 2 | 3>> = { error: 1, warning: 2, info: 3 };
const kinds = { key: 5, value: 12, unit: 11 } as const;

/** Offsets as an editor counts: a lone CR ends a line there, and a byte order mark has a column. */
export function rangeOf(document: TextDocument, start: number, end: number): Range {
  return { start: document.positionAt(start), end: document.positionAt(Math.max(start, end)) };
}

/** `href` makes an address of a docs page's path, or null where there is none. */
export function editorDiagnostic(
  document: TextDocument,
  diagnostic: Diagnostic,
  href: (page: string) => string | null,
): EditorDiagnostic {
  const { at, code, severity, message, hint, url, related } = diagnostic;
  const page = url === undefined ? null : href(url);
  return {
    range: rangeOf(document, at?.start.offset ?? 0, at?.end.offset ?? 0),
    severity: severities[severity],
    code,
    ...(page === null ? {} : { codeDescription: { href: page } }),
    source: "muster",
    message: hint === undefined || hint === "" ? message : `${message}\n${hint}`,
    ...(related === undefined
      ? {}
      : {
          relatedInformation: related.map((one) => ({
            location: {
              uri: document.uri,
              range: rangeOf(document, one.at.start.offset, one.at.end.offset),
            },
            message: one.message,
          })),
        }),
  };
}

/** Items keep the order given; the editor filters by what is typed. */
export function completionItem(
  document: TextDocument,
  suggestion: Suggestion,
  index: number,
): CompletionItem {
  const { label, kind, detail, insert, start, end } = suggestion;
  const range = rangeOf(document, start, end);
  return {
    label,
    kind: kinds[kind],
    ...(detail === undefined ? {} : kind === "key" ? { documentation: detail } : { detail }),
    filterText: label,
    sortText: String(index).padStart(4, "0"),
    textEdit: { range, newText: insert },
  };
}

export function documentSymbol(document: TextDocument, entry: OutlineEntry, kind: 2 | 7 = 2): DocumentSymbol {
  return {
    name: entry.name,
    ...(entry.detail === null ? {} : { detail: entry.detail }),
    kind,
    range: rangeOf(document, entry.start, entry.end),
    selectionRange: rangeOf(document, entry.keyStart, entry.keyEnd),
    ...(entry.entries.length === 0
      ? {}
      : { children: entry.entries.map((one) => documentSymbol(document, one, 7)) }),
  };
}
