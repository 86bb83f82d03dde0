/**
 * The shapes of the Language Server Protocol that the server gives, so that all of it but the connection runs in a browser
 * and under test without one. Lines and characters count from 0, characters in UTF-16 code units.
 */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  start: Position;
  end: Position;
}

export interface Location {
  uri: string;
  range: Range;
}

export interface EditorDiagnostic {
  range: Range;
  /** Error, warning, information. */
  severity: 1 | 2 | 3;
  code: string;
  codeDescription?: { href: string };
  source: "muster";
  message: string;
  relatedInformation?: { location: Location; message: string }[];
}

export interface TextChange {
  range: Range;
  newText: string;
}

export interface CodeAction {
  title: string;
  kind: "quickfix";
  diagnostics: EditorDiagnostic[];
  isPreferred: boolean;
  edit: { documentChanges: { textDocument: { uri: string; version: number }; edits: TextChange[] }[] };
}

export interface CompletionItem {
  label: string;
  /** Field, value, unit. */
  kind: 5 | 12 | 11;
  detail?: string;
  documentation?: string;
  filterText: string;
  sortText: string;
  textEdit: TextChange;
}

export interface DocumentSymbol {
  name: string;
  detail?: string;
  /** Module for a section, property for what is in it. */
  kind: 2 | 7;
  range: Range;
  selectionRange: Range;
  children?: DocumentSymbol[];
}

/** A change of a document as the client sends it: a part of it, or all. */
export type ContentChange = { readonly range: Range; readonly text: string } | { readonly text: string };
