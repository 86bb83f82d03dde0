import type { YAMLError } from "yaml";
import type { SourceFile } from "../source/source-file.ts";
import { nearbyLines } from "./limits.ts";
import type { Trouble } from "./trouble.ts";

/** Errors about things that were already refused by their token. */
const refusedElsewhere = new Set([
  "TAG_RESOLVE_FAILED",
  "MULTIPLE_TAGS",
  "MULTIPLE_ANCHORS",
  "BAD_ALIAS",
  "ALIAS_PROPS",
  "BAD_PROP_ORDER",
  "BAD_DIRECTIVE",
]);

/** In the spec's words; codes that are not here keep the message of the YAML parser. */
const words: ReadonlyMap<string, readonly [message: string | null, hint: string]> = new Map([
  [
    "BLOCK_AS_IMPLICIT_KEY",
    [
      "A map or list begins where a value on one line is due.",
      'Put text that holds ": " in quotes, or give the inner map lines of its own.',
    ],
  ],
  [
    "BAD_INDENT",
    [null, "Indent what belongs together by the same number of spaces, and close every bracket."],
  ],
  ["MULTILINE_IMPLICIT_KEY", ["A key has to stand on one line and end with a colon.", 'Write "key: value".']],
  ["MISSING_CHAR", [null, "Close what was opened: a quote, a bracket or a brace; a key ends with a colon."]],
  ["BAD_SCALAR_START", [null, "Put the text in quotes."]],
  ["BAD_DQ_ESCAPE", [null, "Use single quotes, in which a backslash is just a backslash, or double it."]],
  ["KEY_OVER_1024_CHARS", ["A key is longer than 1,024 characters.", "Shorten it."]],
  ["UNEXPECTED_TOKEN", [null, "Check the indentation and the brackets just before."]],
]);

export interface ErrorContext {
  /** Whether anchors, tags or the like were refused already. */
  readonly refused: boolean;
  readonly unclosedQuote: number | null;
}

/** The errors of the YAML parser as troubles: tabs by name, and one a line, as the first usually causes the rest. */
export function yamlTroubles(
  source: SourceFile,
  errors: readonly YAMLError[],
  context: ErrorContext,
): readonly Trouble[] {
  const kept = errors.filter((error) => !(context.refused && refusedElsewhere.has(error.code)));
  const sorted = [...kept].sort((a, b) => a.pos[0] - b.pos[0]);
  const tabs = tabbedLines(source, sorted);
  const firstTab = tabs[0]?.start ?? Number.POSITIVE_INFINITY;
  const troubles: Trouble[] = [];
  let lastLine = 0;
  for (const error of sorted) {
    if (error.pos[0] >= firstTab) break;
    const { line } = source.position(error.pos[0]);
    if (line === lastLine) continue;
    lastLine = line;
    const [message, hint] = words.get(error.code) ?? [null, "See the YAML 1.2 rules for this place."];
    const quote =
      error.code === "MISSING_CHAR" && error.message.endsWith("quote") ? context.unclosedQuote : null;
    if (quote !== null) {
      const [start, end] = visible(source.text, quote, quote + 1);
      troubles.push({
        code: "MU-A201",
        message: "A quote opens here and is never closed.",
        hint,
        start,
        end,
      });
      break;
    }
    const [start, end] = visible(source.text, error.pos[0], error.pos[1]);
    troubles.push({ code: "MU-A201", message: message ?? sentence(error.message), hint, start, end });
  }
  return [...troubles, ...tabs];
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** An error is shown within one line, and never as nothing. */
function visible(text: string, start: number, end: number): [start: number, end: number] {
  const from = Math.min(start, text.length);
  const newline = text.indexOf("\n", from);
  const lineEnd = newline === -1 ? text.length : newline;
  return [from, Math.min(Math.max(end, from + 1), Math.max(lineEnd, from))];
}

/** All lines indented by tabs from the first one that an error points at. */
function tabbedLines(source: SourceFile, errors: readonly YAMLError[]): readonly Trouble[] {
  const first = firstTabbedLine(source, errors);
  if (first === null) return [];
  const troubles: Trouble[] = [];
  for (let line = first; line <= source.lineCount; line++) {
    const indentation = tabIndentation(source.line(line));
    const start = source.offset(line, 1);
    if (indentation === 0 || start === null) continue;
    troubles.push({
      code: "MU-A205",
      message: "A tab stands in the indentation.",
      hint: "Indent by spaces; most editors can convert the whole file at once.",
      start,
      end: start + indentation,
    });
  }
  return troubles;
}

function firstTabbedLine(source: SourceFile, errors: readonly YAMLError[]): number | null {
  for (const error of errors) {
    const { line } = source.position(error.pos[0]);
    if (error.code === "TAB_AS_INDENT" && tabIndentation(source.line(line)) > 0) return line;
    for (let near = Math.max(1, line - nearbyLines); near <= line + nearbyLines; near++) {
      if (tabIndentation(source.line(near)) > 0) return near;
    }
  }
  return null;
}

/** Length of a line's indentation if it holds a tab and text follows, else 0. */
function tabIndentation(line: string): number {
  const indentation = /^[ \t]*/.exec(line)?.[0] ?? "";
  return indentation.includes("\t") && indentation.length < line.length ? indentation.length : 0;
}
