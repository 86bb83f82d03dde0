import { CST, Lexer } from "yaml";
import type { SourceFile } from "../source/source-file.ts";

/** A `# muster-ignore CODE, CODE until=DAY: reason` of the file. */
export interface IgnoreComment {
  /** Offsets of the comment. */
  readonly start: number;
  readonly end: number;
  /** The line whose findings it speaks of; null when nothing follows it. */
  readonly line: number | null;
  /** Codes or slugs, as written. */
  readonly names: readonly string[];
  /** "" when there is none. */
  readonly reason: string;
  /** As written; null when it has no end. */
  readonly until: string | null;
}

const word = "muster-ignore";

/**
 * The comments that suppress findings. One behind a value speaks of its own line, one on a line of its own of the next
 * line that holds more than a comment. Only comments of YAML count: the same words in a text mean nothing.
 */
export function ignoreComments(source: SourceFile): readonly IgnoreComment[] {
  const { text } = source;
  if (!text.includes(word)) return [];
  const found: IgnoreComment[] = [];
  let offset = 0;
  let scalarFollows = false;
  for (const lexeme of new Lexer().lex(text)) {
    const type: CST.TokenType | null = scalarFollows ? null : CST.tokenType(lexeme);
    scalarFollows = type === "scalar";
    if (type === "comment") {
      const comment = read(source, lexeme, offset);
      if (comment !== null) found.push(comment);
    }
    // Marks of the lexer's own stand for no character of the text.
    if (type === null || !["doc-mode", "flow-error-end", "scalar"].includes(type)) offset += lexeme.length;
  }
  return found;
}

function read(source: SourceFile, comment: string, start: number): IgnoreComment | null {
  const said = /^#+\s*muster-ignore(?![\w-])(.*)$/su.exec(comment)?.[1];
  if (said === undefined) return null;
  const colon = said.indexOf(":");
  const head = colon === -1 ? said : said.slice(0, colon);
  const until = /(?:^|[\s,])until=(\S*)/u.exec(head);
  const names = head
    .replace(until?.[0] ?? "", " ")
    .split(/[\s,]+/u)
    .filter((name) => name !== "");
  return {
    start,
    end: start + comment.trimEnd().length,
    line: lineMeant(source, start),
    names,
    reason: colon === -1 ? "" : said.slice(colon + 1).trim(),
    until: until === null ? null : (until[1] ?? "").replace(/,$/u, ""),
  };
}

function lineMeant(source: SourceFile, start: number): number | null {
  const { line, column } = source.position(start);
  if (
    source
      .line(line)
      .slice(0, column - 1)
      .trim() !== ""
  )
    return line;
  for (let next = line + 1; next <= source.lineCount; next++) {
    const text = source.line(next).trim();
    if (text !== "" && !text.startsWith("#")) return next;
  }
  return null;
}
