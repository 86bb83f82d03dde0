import type { Position, Span } from "./span.ts";

/**
 * A text with its line table. Lines end at LF or CRLF (as in YAML as read here; a lone CR is no line end). A byte
 * order mark counts as a character of the text for offsets but not for columns: column 1 is what an editor shows
 * first.
 */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
  readonly lineCount: number;
  /** The position at an offset; offsets outside of the text are moved to its nearest end. */
  position(offset: number): Position;
  /** The offset of a line and column, both from 1; null where the text has no such place. */
  offset(line: number, column: number): number | null;
  /** From `start` to just before `end`, as offsets. */
  span(start: number, end: number): Span;
  /** A line's text without its line end and without a byte order mark; empty for a line that does not exist. */
  line(line: number): string;
}

const byteOrderMark = 0xfeff;

export function sourceFile(name: string, text: string): SourceFile {
  const starts = lineStarts(text);
  const lineEnd = (line: number): number => {
    const next = starts[line];
    if (next === undefined) return text.length;
    return text.charCodeAt(next - 2) === 0x0d ? next - 2 : next - 1;
  };
  const position = (offset: number): Position => {
    const first = starts[0] ?? 0;
    const at = Math.min(Math.max(Math.trunc(offset) || 0, first), text.length);
    const line = lineOf(starts, at);
    return { line: line + 1, column: at - (starts[line] ?? 0) + 1, offset: at };
  };
  return {
    name,
    text,
    lineCount: starts.length,
    position,
    offset(line, column) {
      const start = starts[line - 1];
      if (start === undefined || !Number.isInteger(column) || column < 1) return null;
      const at = start + column - 1;
      return at <= lineEnd(line) ? at : null;
    },
    span: (start, end) => ({ file: name, start: position(start), end: position(Math.max(start, end)) }),
    line(line) {
      const start = starts[line - 1];
      return start === undefined ? "" : text.slice(start, lineEnd(line));
    },
  };
}

/** Offsets at which lines begin; the first one lies after a byte order mark. */
function lineStarts(text: string): readonly number[] {
  const starts = [text.charCodeAt(0) === byteOrderMark ? 1 : 0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** Index of the last start that is not after `offset`. */
function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
