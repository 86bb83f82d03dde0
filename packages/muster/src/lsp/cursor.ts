import type { Path } from "../spec/places.ts";
import { blockPlace } from "./block-path.ts";
import { nodeAt } from "./yaml-node.ts";

/** Where a person types, also in a file that does not parse yet. */
export interface Cursor {
  /** Of the value under the cursor, or of the map in which a key is being typed. */
  readonly path: Path;
  /** `key`: a key is being typed in the map at `path`; `value`: the value at `path`. */
  readonly on: "key" | "value";
  /** The word so far, up to the cursor. */
  readonly typed: string;
  /** The whole word, by offsets: what a completion takes the place of. */
  readonly word: { readonly start: number; readonly end: number };
  /** Keys that the map at `path` has already, but for the one being typed. */
  readonly siblings: readonly string[];
}

const wordBefore = /[\w.*/%-]*$/;
const wordAfter = /^[\w.*/%-]*/;
/** No word of a spec is longer; on a line of a million letters there is none to complete. */
const longestWord = 256;

/** The place of an offset as one that types sees it; null where nothing can be completed, in a comment say. */
export function cursorAt(text: string, offset: number): Cursor | null {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const typed = wordBefore.exec(text.slice(Math.max(start, offset - longestWord), offset))?.[0] ?? "";
  const rest = wordAfter.exec(text.slice(offset, offset + longestWord))?.[0] ?? "";
  const opened = text.slice(start, offset - typed.length);
  if (typed.length + rest.length >= longestWord || opened.length > 8 * longestWord) return null;
  if (/(^|\s)#/.test(opened)) return null;
  const word = { start: offset - typed.length, end: offset + rest.length };
  const whole = `${typed}${rest}`;
  // A bare word on a line of its own is a scalar to YAML; to its author it is the start of a key.
  if (/^ *(- +)?$/.test(opened)) {
    const { path, siblings } = blockPlace(text, start, opened);
    return { path, on: "key", typed, word, siblings };
  }
  const found = nodeAt(text, offset);
  if (found === null) return null;
  const { path, on } = found;
  const siblings = found.siblings.filter((key) => key !== whole);
  if (on === "key") return { path: path.slice(0, -1), on, typed, word, siblings };
  if (on === "gap") return { path, on: "key", typed, word, siblings };
  return { path, on: "value", typed, word, siblings: [] };
}
