import { isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import type { Path } from "../spec/places.ts";

/** Where a person stands in a file, also in one that does not parse yet. */
export interface Cursor {
  /** Of the value under the cursor, or of the map in which a key is being typed. */
  readonly path: Path;
  /** `key`: a key is being typed in the map at `path`; `value`: the value at `path`. */
  readonly on: "key" | "value";
  /** The word so far, up to the cursor. */
  readonly typed: string;
  /** Keys that the map at `path` has already. */
  readonly siblings: readonly string[];
}

/** Above it an editor is given nothing but diagnostics. */
const longest = 2 * 1024 * 1024;

/** The place of an offset. YAML that is broken elsewhere does not matter: the parser goes on as well as it can. */
export function cursorAt(text: string, offset: number): Cursor | null {
  if (text.length > longest) return null;
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const before = text.slice(start, offset);
  const typed = /[\w.*-]*$/.exec(before)?.[0] ?? "";
  const opened = before.slice(0, before.length - typed.length);
  const root = parseDocument(text, { lineCounter: new LineCounter(), logLevel: "silent" }).contents;
  const typingKey = /^\s*(- )?$/.test(opened) || /[{,]\s*$/.test(opened);
  // A bare word on a line of its own is a scalar to YAML; to its author it is the start of a key.
  if (typingKey && /^\s*(- )?$/.test(opened)) return keyByIndent(text, start, opened, typed);
  const found = root === null ? null : deepest(root as Node, offset, []);
  if (found === null) return { path: [], on: "key", typed, siblings: [] };
  if (typingKey && !found.inValueOfKey) {
    const map = found.onKey ? found.path.slice(0, -1) : found.path;
    return { path: map, on: "key", typed, siblings: found.siblings.filter((key) => key !== typed) };
  }
  return { path: found.path, on: found.onKey ? "key" : "value", typed, siblings: found.siblings };
}

interface Deepest {
  readonly path: Path;
  readonly onKey: boolean;
  readonly inValueOfKey: boolean;
  readonly siblings: readonly string[];
}

function deepest(node: Node, offset: number, path: Path): Deepest | null {
  const range = node.range;
  if (!range || offset < range[0] || offset > range[2]) return null;
  if (isMap(node)) {
    const siblings = node.items.map((pair) => String(isScalar(pair.key) ? pair.key.value : ""));
    for (const pair of node.items) {
      if (!isPair(pair) || !isScalar(pair.key)) continue;
      const key = String(pair.key.value);
      const [from, to] = pair.key.range ?? [-1, -1];
      if (offset >= from && offset <= to)
        return { path: [...path, key], onKey: true, inValueOfKey: false, siblings };
      const value = pair.value as Node | null;
      const inside = value === null ? null : deepest(value, offset, [...path, key]);
      if (inside !== null) return inside;
      // `key: |` without a value yet: the cursor stands where the value will be.
      const next = node.items[node.items.indexOf(pair) + 1];
      const until = next && isScalar(next.key) ? (next.key.range?.[0] ?? range[2]) : range[2];
      const empty = value === null || (isScalar(value) && value.value === null);
      if (empty && offset > to && offset <= until)
        return { path: [...path, key], onKey: false, inValueOfKey: true, siblings };
    }
    return { path, onKey: false, inValueOfKey: false, siblings };
  }
  if (isSeq(node)) {
    for (const [i, item] of node.items.entries()) {
      const inside = deepest(item as Node, offset, [...path, i]);
      if (inside !== null) return inside;
    }
    return { path: [...path, node.items.length], onKey: false, inValueOfKey: true, siblings: [] };
  }
  return { path, onKey: false, inValueOfKey: true, siblings: [] };
}

/** In block style the indentation says which map a new key belongs to. */
function keyByIndent(text: string, start: number, opened: string, typed: string): Cursor {
  const dash = opened.includes("- ");
  let indent = opened.length;
  const lines = text.slice(0, start).split("\n").slice(0, -1);
  const path: (string | number)[] = [];
  let entries = 0;
  if (dash) indent -= 2;
  let pendingEntry = dash;
  for (let i = lines.length - 1; i >= 0 && indent >= 0; i -= 1) {
    const line = lines[i] ?? "";
    const match = /^(\s*)(- )?([\w.-]+):(\s|$)/.exec(line);
    if (match === null) {
      if (pendingEntry && /^\s*- /.test(line) && line.search(/\S/) === indent) entries += 1;
      continue;
    }
    const [, spaces = "", item, key = ""] = match;
    const at = spaces.length;
    if (item !== undefined) {
      if (pendingEntry && at === indent) entries += 1;
      else if (!pendingEntry && at + 2 === indent) {
        // The map that is being written is an entry of this list.
        pendingEntry = true;
        indent = at;
      }
      continue;
    }
    if (at < indent || (pendingEntry && at <= indent)) {
      if (pendingEntry) path.unshift(entries);
      path.unshift(key);
      pendingEntry = false;
      entries = 0;
      indent = at;
      if (at === 0) break;
    }
  }
  return { path, on: "key", typed, siblings: siblingsByIndent(lines, opened) };
}

function siblingsByIndent(lines: readonly string[], opened: string): readonly string[] {
  const keys: string[] = [];
  for (let i = lines.length - 1; i >= 0; i -= 1) {
    const match = /^(\s*)(- )?([\w.-]+):/.exec(lines[i] ?? "");
    if (match === null) continue;
    const column = (match[1] ?? "").length + (match[2] ?? "").length;
    if (column < opened.length) break;
    if (column === opened.length) keys.push(match[3] ?? "");
    if (match[2] !== undefined && column === opened.length) break;
  }
  return keys;
}
