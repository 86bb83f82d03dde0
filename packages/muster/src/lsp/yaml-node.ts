import { Composer, isMap, isPair, isScalar, isSeq, type Node } from "yaml";
import type { Path } from "../spec/places.ts";
import { readTokens } from "../spec/yaml-tokens.ts";

/** What stands at an offset. */
export interface NodeAt {
  /** Of the value, of the key's value, or of the map or list around a place between entries. */
  readonly path: Path;
  /** `gap`: between the entries of a map or list; `hole`: where the value of `key:` will stand. */
  readonly on: "key" | "value" | "gap" | "hole";
  /** Keys of the map that the key or the gap belongs to. */
  readonly siblings: readonly string[];
}

/** Above it an editor is given diagnostics and nothing else: no spec is as long, and every keystroke would wait. */
const longest = 512 * 1024;

/**
 * What stands at an offset of a text that may be broken elsewhere: the YAML parser goes on as well as it can. Null outside
 * of the content, and for texts that are too long, too large or too deep.
 */
export function nodeAt(text: string, offset: number): NodeAt | null {
  if (text.length > longest) return null;
  try {
    const { tokens, limit } = readTokens(text);
    if (limit !== null) return null;
    const composer = new Composer({
      strict: false,
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: "silent",
    });
    const [document] = composer.compose(tokens, false, text.length);
    const root: Node | null = document?.contents ?? null;
    return root === null ? null : within(root, offset, []);
  } catch {
    // Brackets within pairs nest deeper than tokens do, and half a text may be worse than any whole one.
    return null;
  }
}

function within(node: Node, offset: number, path: Path): NodeAt | null {
  const [start, , end] = node.range ?? [0, 0, -1];
  if (offset < start || offset > end) return null;
  if (isSeq(node)) return withinList(node.items, offset, path);
  if (!isMap(node)) return { path, on: "value", siblings: [] };
  const siblings = node.items.map(({ key }) => (isScalar(key) ? String(key.value) : ""));
  for (const [i, pair] of node.items.entries()) {
    if (!isScalar(pair.key)) continue;
    const own = [...path, String(pair.key.value)];
    const [from, to] = pair.key.range ?? [0, -1];
    if (offset >= from && offset <= to) return { path: own, on: "key", siblings };
    const value = pair.value as Node | null;
    const next = node.items[i + 1]?.key;
    const until = isScalar(next) ? (next.range?.[0] ?? end) : end;
    const empty = value === null || (isScalar(value) && value.source === "");
    if (empty && offset > to && offset < until + (until === end ? 1 : 0)) {
      return { path: own, on: "hole", siblings };
    }
    const inside = value === null || empty ? null : within(value, offset, own);
    if (inside !== null) return inside;
  }
  return { path, on: "gap", siblings };
}

function withinList(items: readonly unknown[], offset: number, path: Path): NodeAt {
  for (const [i, item] of items.entries()) {
    const node = isPair(item) ? (item.key as Node | null) : (item as Node | null);
    const inside = node === null ? null : within(node, offset, [...path, i]);
    if (inside !== null) return inside;
  }
  return { path: [...path, items.length], on: "hole", siblings: [] };
}
