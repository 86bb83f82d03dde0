import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Diagnostic } from "../source/diagnostic.ts";
import type { Analysis } from "./analysis.ts";
import { meant } from "./did-you-mean.ts";
import type { CodeAction, EditorDiagnostic, Range } from "./protocol.ts";
import { rangeOf } from "./to-protocol.ts";

/** Each one is tried on the text before it is offered, so an editor that asks for a whole file gets the first ones. */
const mostTried = 20;
/** Above it trying a fix would take longer than typing it. */
const longest = 512 * 1024;

/** Quick fixes of what is marked within a range. */
export function codeActions(
  { text, items }: Pick<Analysis, "text" | "items">,
  document: TextDocument,
  range: Range,
  shown: (diagnostic: Diagnostic) => EditorDiagnostic,
): CodeAction[] {
  if (text.length > longest) return [];
  const from = document.offsetAt(range.start);
  const to = document.offsetAt(range.end);
  const touched = items.filter(
    ({ diagnostic: { at } }) => at !== null && at.start.offset <= to && at.end.offset >= from,
  );
  return touched
    .filter(({ diagnostic }) => diagnostic.message.includes("Did you mean "))
    .slice(0, mostTried)
    .flatMap(({ diagnostic }) =>
      meant(text, diagnostic).map((one, _, all): CodeAction => {
        const edits = [{ range: rangeOf(document, one.start, one.end), newText: one.text }];
        const { uri, version } = document;
        return {
          title: one.title,
          kind: "quickfix",
          diagnostics: [shown(diagnostic)],
          isPreferred: all.length === 1,
          edit: { documentChanges: [{ textDocument: { uri, version }, edits }] },
        };
      }),
    );
}
