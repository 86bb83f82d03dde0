import type { SourceFile } from "../source/source-file.ts";
import { findPlace, type Place } from "./places.ts";
import type { Fix } from "./rules/rule.ts";

/** A stretch of the text, by offsets, and what stands in its place. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The edits of the text that carry a fix out, or why there are none. Offsets are those of the given text. */
export type Planned = { readonly edits: readonly TextEdit[] } | { readonly because: string };

/** Plans one fix on a text whose tree is `root`. Comments and layout around it stay as they are. */
export function planFix(source: SourceFile, root: Place, fix: Fix): Planned {
  const found = findPlace(root, fix.path);
  if (!found.exists) return { because: `${fix.path.join(".")} is not in the file` };
  switch (fix.kind) {
    case "replace":
      return { edits: [replacing(source, found.place, fix.yaml)] };
    case "add":
      return adding(source, found.place, fix.key, fix.yaml);
    case "remove":
      return removing(source, root, fix.path);
    default:
      return fix satisfies never;
  }
}

function replacing({ text }: SourceFile, place: Place, yaml: string): TextEdit {
  const { start, end, keyEnd } = place;
  // A block under its key becomes one value beside it, unless a comment stands between them.
  const between = keyEnd === -1 ? "" : text.slice(keyEnd, start);
  if (/^\s*:[ \t]*\r?\n\s*$/u.test(between)) {
    return { start: keyEnd + between.indexOf(":") + 1, end, text: ` ${yaml}` };
  }
  return { start, end, text: yaml };
}

function adding(source: SourceFile, map: Place, key: string, yaml: string): Planned {
  const { text } = source;
  if (map.children === null) return { because: "there is no map to add to" };
  if (map.children.has(key)) return { because: `${key} is there already` };
  const entries = [...map.children.values()];
  const [first] = entries;
  const last = entries[entries.length - 1];
  if (text[map.start] === "{") {
    const at = last === undefined ? map.start + 1 : last.end;
    return { edits: [{ start: at, end: at, text: `${last === undefined ? "" : ", "}${key}: ${yaml}` }] };
  }
  if (first === undefined || last === undefined || first.keyStart === -1) {
    return { because: "only a map can be added to" };
  }
  const { line, column } = source.position(first.keyStart);
  const at = endOfLine(text, last.end);
  const indent = source
    .line(line)
    .slice(0, column - 1)
    .replace(/\S/gu, " ");
  return { edits: [{ start: at, end: at, text: `${lineEnd(text)}${indent}${key}: ${yaml}` }] };
}

function removing(source: SourceFile, root: Place, path: Fix["path"]): Planned {
  const { text } = source;
  const step = path[path.length - 1];
  const parent = findPlace(root, path.slice(0, -1)).place;
  const place = step === undefined ? undefined : parent.children?.get(step);
  if (parent.children === null || place === undefined) return { because: "the whole file cannot be removed" };
  const entries = [...parent.children.values()];
  const index = entries.indexOf(place);
  const start = place.keyStart === -1 ? place.start : place.keyStart;
  const flow = text[parent.start] === "{" || text[parent.start] === "[";
  if (flow) return { edits: withoutEntry(text, entries, index, start) };
  if (entries.length === 1) return { because: "nothing would be left of its map or list" };
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const before = text.slice(lineStart, start);
  const alone = place.keyStart === -1 ? /^\s*-\s+$/u : /^\s*$/u;
  if (alone.test(before.replace("\ufeff", ""))) {
    return { edits: [{ start: lineStart, end: afterLine(text, place.end), text: "" }] };
  }
  // The first key behind a dash: the next one moves up to it.
  const next = entries[index + 1];
  if (next === undefined || next.keyStart === -1 || /\S/u.test(text.slice(place.end, next.keyStart))) {
    return { because: "something else stands on its line" };
  }
  return { edits: [{ start, end: next.keyStart, text: "" }] };
}

/** From between brackets: the entry with the comma behind it, or of the last one with the comma before it. */
function withoutEntry(text: string, entries: readonly Place[], index: number, start: number): TextEdit[] {
  const end = entries[index]?.end ?? start;
  const next = entries[index + 1];
  if (next !== undefined) {
    const comma = commaIn(text, end, next.keyStart === -1 ? next.start : next.keyStart);
    const after = comma === null ? end : comma + 1;
    const spaces = /^[ \t]*/u.exec(text.slice(after))?.[0].length ?? 0;
    return [{ start, end: after + spaces, text: "" }];
  }
  const previous = entries[index - 1];
  const comma = previous === undefined ? null : commaIn(text, previous.end, start);
  if (comma === null) return [{ start, end, text: "" }];
  const plain = !/\S/u.test(text.slice(comma + 1, start));
  if (plain) return [{ start: comma, end, text: "" }];
  return [
    { start: comma, end: comma + 1, text: "" },
    { start, end, text: "" },
  ];
}

/** The comma between two entries, outside of comments. */
function commaIn(text: string, from: number, to: number): number | null {
  for (let at = from; at < to; at++) {
    if (text[at] === ",") return at;
    if (text[at] === "#") {
      const line = text.indexOf("\n", at);
      if (line === -1) return null;
      at = line;
    }
  }
  return null;
}

/** As the file has it. */
const lineEnd = (text: string): string => /\r?\n/u.exec(text)?.[0] ?? "\n";

function endOfLine(text: string, from: number): number {
  const newline = text.indexOf("\n", from);
  if (newline === -1) return text.length;
  return text[newline - 1] === "\r" ? newline - 1 : newline;
}

function afterLine(text: string, from: number): number {
  const newline = text.indexOf("\n", from);
  return newline === -1 ? text.length : newline + 1;
}

/** The text with the edits, which must not overlap. */
export function spliced(text: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((rest, { start, end, text: put }) => rest.slice(0, start) + put + rest.slice(end), text);
}
