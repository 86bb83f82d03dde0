import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Diagnostic } from "../source/diagnostic.ts";
import type { LintItem } from "../spec/lint-text.ts";
import type { Analysis } from "./analysis.ts";
import { meant } from "./did-you-mean.ts";
import type { CodeAction, EditorDiagnostic, Range } from "./protocol.ts";
import { type Replacement, ruleFix } from "./rule-fix.ts";
import { rangeOf } from "./to-protocol.ts";

/** Each one is tried on the text before it is offered, so an editor that asks for a whole file gets the first ones. */
const mostTried = 20;
/** Above it trying a fix would take longer than typing it. */
const longest = 512 * 1024;

/** Quick fixes of what is marked within a range; the preferred one of a finding is that which promises nothing new. */
export function codeActions(
  { text, items }: Pick<Analysis, "text" | "items">,
  document: TextDocument,
  range: Range,
  shown: (diagnostic: Diagnostic) => EditorDiagnostic,
): CodeAction[] {
  if (text.length > longest) return [];
  const { uri, version } = document;
  const from = document.offsetAt(range.start);
  const to = document.offsetAt(range.end);
  return items
    .filter(({ diagnostic: { at } }) => at !== null && at.start.offset <= to && at.end.offset >= from)
    .filter(isMendable)
    .slice(0, mostTried)
    .flatMap((item) =>
      fixesOf(text, item).map(({ start, end, text: newText, title }, _, all): CodeAction => {
        const edits = [{ range: rangeOf(document, start, end), newText }];
        return {
          title,
          kind: "quickfix",
          diagnostics: [shown(item.diagnostic)],
          isPreferred: item.finding === null ? all.length === 1 : item.finding.rule.fix === "safe",
          edit: { documentChanges: [{ textDocument: { uri, version }, edits }] },
        };
      }),
    );
}

const isMendable = ({ finding, diagnostic }: LintItem): boolean =>
  finding === null ? diagnostic.message.includes("Did you mean ") : (finding.fix ?? []).length > 0;

function fixesOf(text: string, item: LintItem): readonly Replacement[] {
  if (item.finding === null) return meant(text, item.diagnostic);
  const fix = ruleFix(text, item);
  return fix === null ? [] : [fix];
}
