import type { SourceFile } from "../source/source-file.ts";
import type { Span } from "../source/span.ts";

/** A piece of a line with where it stands. */
export interface Words {
  readonly text: string;
  readonly at: Span;
}

export type Block =
  | { readonly kind: "heading"; readonly words: Words }
  | { readonly kind: "paragraph"; readonly words: Words }
  | { readonly kind: "bullet"; readonly words: Words; readonly checked: boolean | null }
  | { readonly kind: "table"; readonly head: readonly Words[]; readonly rows: readonly (readonly Words[])[] }
  | { readonly kind: "fence"; readonly info: string; readonly words: Words };

/**
 * The blocks of a Markdown text, as far as documents of requirements use them: headings, paragraphs (one a line),
 * bullets with or without a checkbox, tables (also with several rows on one line) and fenced code.
 */
export function readBlocks(source: SourceFile): Block[] {
  const blocks: Block[] = [];
  let at = 1;
  while (at <= source.lineCount) {
    const line = source.line(at);
    const fence = /^\s*(`{3,}|~{3,})\s*(.*)$/.exec(line);
    if (fence !== null) {
      const end = endOfFence(source, at, fence[1] ?? "```");
      blocks.push({ kind: "fence", info: (fence[2] ?? "").trim(), words: between(source, at + 1, end) });
      at = end + 1;
      continue;
    }
    if (isTableLine(line)) {
      let last = at;
      while (last < source.lineCount && isTableLine(source.line(last + 1))) last += 1;
      blocks.push(...tablesOf(source, at, last));
      at = last + 1;
      continue;
    }
    if (!/^\s*(?:<!--.*-->\s*)?$/.test(line)) blocks.push(lineBlock(source, at, line));
    at += 1;
  }
  return blocks;
}

const isTableLine = (line: string): boolean => /^\s*\|.*\|/.test(line);

function lineBlock(source: SourceFile, at: number, line: string): Block {
  const bullet = /^\s*[-*+]\s+(?:\[([ xX])\]\s*)?/.exec(line);
  if (bullet !== null) {
    const box = bullet[1];
    const words = wordsOf(source, at, bullet[0].length, line.length);
    return { kind: "bullet", words, checked: box === undefined ? null : box !== " " };
  }
  const heading = /^\s{0,3}#{1,6}\s+/.exec(line);
  const title = heading === null ? /^(?=\**Section\s+\d)/i.exec(line) : heading;
  const words = wordsOf(source, at, title?.[0].length ?? 0, line.length);
  return { kind: title === null ? "paragraph" : "heading", words };
}

function wordsOf(source: SourceFile, line: number, from: number, to: number): Words {
  const start = source.offset(line, 1) ?? 0;
  const raw = source.text.slice(start + from, start + to);
  const lead = raw.length - raw.trimStart().length;
  const text = raw.trim();
  return { text, at: source.span(start + from + lead, start + from + lead + text.length) };
}

function endOfFence(source: SourceFile, start: number, mark: string): number {
  for (let at = start + 1; at <= source.lineCount; at += 1) {
    const line = source.line(at).trim();
    if (line.startsWith(mark) && /^[`~]+$/.test(line)) return at;
  }
  return source.lineCount + 1;
}

function between(source: SourceFile, first: number, end: number): Words {
  const from = source.offset(first, 1) ?? source.text.length;
  const to = source.offset(end, 1) ?? source.text.length;
  return { text: source.text.slice(from, to), at: source.span(from, to) };
}

function tablesOf(source: SourceFile, first: number, last: number): Block[] {
  const lines = Array.from({ length: last - first + 1 }, (_, i) => cellsOf(source, first + i));
  const all = lines.flatMap((cells, i) => cells.map((cell) => ({ cell, i })));
  const dash = all.findIndex(({ cell }) => isDash(cell.text));
  if (dash < 0) {
    // No table after all: the text must not be lost.
    return Array.from({ length: last - first + 1 }, (_, i) => ({
      kind: "paragraph",
      words: wordsOf(source, first + i, 0, source.line(first + i).length),
    }));
  }
  let columns = 0;
  while (isDash(all[dash + columns]?.cell.text ?? "")) columns += 1;
  const before = all.slice(0, dash).map(({ cell }) => cell);
  const head = before.filter(({ text }) => text !== "").slice(-columns);
  const headLine = all[dash]?.i ?? 0;
  const rows: (readonly Words[])[] = [];
  const rest = all.slice(dash + columns);
  const same = rest.filter(({ i }) => i === headLine).map(({ cell }) => cell);
  rows.push(...rowsOfLine(same, columns));
  for (let i = headLine + 1; i < lines.length; i += 1) {
    const cells = lines[i] ?? [];
    rows.push(...rowsOfLine(cells, columns));
  }
  return [{ kind: "table", head, rows: rows.filter((row) => row.some(({ text }) => text !== "")) }];
}

const isDash = (text: string): boolean => /^:?-{2,}:?$/.test(text);

/** Rows that share a line have an empty cell between them: the end of one and the start of the next. */
function rowsOfLine(cells: readonly Words[], columns: number): (readonly Words[])[] {
  const rows: (readonly Words[])[] = [];
  let at = 0;
  if (cells.length > 0 && cells.length <= columns) return [cells];
  if ((cells.length + 1) % (columns + 1) !== 0 && cells[0]?.text === "") at = 1;
  for (; at < cells.length; at += columns + 1) {
    const between = cells[at + columns];
    // A bar within a cell, not between two rows: what is behind it belongs to the last cell.
    if (between !== undefined && between.text !== "") return [cells];
    rows.push(cells.slice(at, at + columns));
  }
  return rows;
}

/** The cells of a line: between its first and its last bar. */
function cellsOf(source: SourceFile, line: number): Words[] {
  const text = source.line(line);
  const bars: number[] = [];
  for (let i = 0; i < text.length; i += 1) if (text[i] === "|" && text[i - 1] !== "\\") bars.push(i);
  return bars.slice(0, -1).map((bar, i) => {
    const words = wordsOf(source, line, bar + 1, bars[i + 1] ?? text.length);
    return { ...words, text: words.text.replaceAll("\\|", "|") };
  });
}
