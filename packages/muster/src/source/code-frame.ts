import type { SourceFile } from "./source-file.ts";
import type { Span } from "./span.ts";

/** How to colour the parts of a frame; without them a frame is plain text. */
export interface Paint {
  readonly gutter?: (text: string) => string;
  readonly marker?: (text: string) => string;
}

export interface FrameOptions {
  /** Lines shown above and below; 2 when absent. */
  readonly context?: number;
  /** Written after the carets. */
  readonly label?: string;
  readonly paint?: Paint;
}

/** A longer line is cut around the marked place, so that a minified file cannot flood a terminal. */
const widest = 160;
/** A span over more lines shows its first and says so by an open end. */
const mostLines = 4;

/**
 * The lines around a span, with line numbers and carets under it:
 *
 *       13 | deployment:
 *     > 14 |   latency: {p99: 25}
 *          |                 ^^
 */
export function codeFrame(source: SourceFile, span: Span, options: FrameOptions = {}): string {
  const context = Math.max(0, options.context ?? 2);
  const gutter = options.paint?.gutter ?? plain;
  const marker = options.paint?.marker ?? plain;
  const lastMarked = Math.min(span.end.line, span.start.line + mostLines - 1);
  const first = Math.max(1, span.start.line - context);
  const last = Math.min(source.lineCount, lastMarked + context);
  const digits = String(last).length;

  const rows: string[] = [];
  for (let number = first; number <= last; number++) {
    const marked = number >= span.start.line && number <= lastMarked;
    const whole = source.line(number);
    const from = marked && number === span.start.line ? span.start.column - 1 : 0;
    const { text, skipped } = window(whole, from);
    const head = `${marked ? ">" : " "} ${String(number).padStart(digits)} |`;
    rows.push(
      `${marked ? marker(head.slice(0, 1)) + gutter(head.slice(1)) : gutter(head)} ${text}`.trimEnd(),
    );
    if (!marked) continue;
    const to = number === span.end.line ? span.end.column - 1 : whole.length;
    const carets = caretsUnder(text, from - skipped, to - skipped);
    const label = number === lastMarked && options.label !== undefined ? ` ${options.label}` : "";
    rows.push(`${gutter(`${" ".repeat(digits + 2)} |`)} ${carets.indent}${marker(carets.marks + label)}`);
  }
  return rows.join("\n");
}

function plain(text: string): string {
  return text;
}

/** At most `widest` characters of a line, with the column of interest in it. */
function window(line: string, column: number): { text: string; skipped: number } {
  if (line.length <= widest) return { text: line, skipped: 0 };
  const start = Math.max(0, Math.min(column - widest / 4, line.length - widest));
  return { text: line.slice(start, start + widest), skipped: Math.floor(start) };
}

/** Tabs stay tabs in the indentation, so that carets stand under their text whatever a tab's width is. */
function caretsUnder(text: string, from: number, to: number): { indent: string; marks: string } {
  const start = Math.min(Math.max(from, 0), text.length);
  const end = Math.min(Math.max(to, start + 1), Math.max(text.length, start + 1));
  return { indent: text.slice(0, start).replace(/[^\t]/g, " "), marks: "^".repeat(end - start) };
}
