import type { Path } from "../spec/places.ts";

/** The map of a block that a key belongs to that is being typed on a line of its own. */
export interface BlockPlace {
  readonly path: Path;
  /** The other keys of that map, above and below. */
  readonly siblings: readonly string[];
}

interface Line {
  /** Column of the dash of a list's entry, or null. */
  readonly dash: number | null;
  /** Column of what stands first, behind the dash. */
  readonly column: number;
  readonly key: string | null;
}

const linePattern = /^( *)(- +)?(?:(?:([\w.-]+)|"([^"]*)"|'([^']*)')\s*:(?=\s|$))?/;

/**
 * In block style the indentation says which map a key belongs to, also where the parser cannot: half a word is no key
 * yet. `start` is the offset of the line, `opened` what stands on it before the word.
 */
export function blockPlace(text: string, start: number, opened: string): BlockPlace {
  const above = text.slice(0, start).split("\n").slice(0, -1);
  const own = /^( *)(- +)?/.exec(opened);
  const dash = own?.[2] === undefined ? null : (own[1] ?? "").length;
  return {
    path: pathAbove(above, opened.length, dash),
    siblings: siblings(text, start, above, opened.length, dash),
  };
}

function pathAbove(above: readonly string[], column: number, dash: number | null): Path {
  const path: (string | number)[] = [];
  let keys = column;
  let entry = dash;
  let index = 0;
  for (let i = above.length - 1; i >= 0 && (entry !== null || keys > 0); i -= 1) {
    const line = read(above[i] ?? "");
    if (line === null) continue;
    if (entry !== null) {
      if (line.dash === entry) {
        index += 1;
        continue;
      }
      const holdsList =
        line.key !== null && line.column <= entry && (line.dash === null || line.dash < entry);
      if (!holdsList) continue;
      path.unshift(line.key ?? "", index);
    } else if (line.key !== null && line.column < keys) path.unshift(line.key);
    else if (line.dash === null || line.column !== keys) continue;
    // The first key of an entry is the one behind its dash: what stands above are other entries of its list.
    entry = line.dash;
    keys = line.column;
    index = 0;
  }
  return path;
}

function siblings(
  text: string,
  start: number,
  above: readonly string[],
  column: number,
  dash: number | null,
): readonly string[] {
  const found: string[] = [];
  for (let i = above.length - 1; i >= 0 && dash === null; i -= 1) {
    const line = read(above[i] ?? "");
    if (line === null) continue;
    if (line.column < column) break;
    if (line.column === column && line.key !== null) found.unshift(line.key);
    if (line.column === column && line.dash !== null) break;
  }
  const end = text.indexOf("\n", start);
  const below = end === -1 ? [] : text.slice(end + 1).split("\n");
  for (const one of below) {
    const line = read(one);
    if (line === null) continue;
    if (line.column < column || (line.dash !== null && line.dash < column)) break;
    if (line.column === column && line.key !== null) found.push(line.key);
  }
  return found;
}

/** Null for what is empty or a comment. */
function read(text: string): Line | null {
  if (/^\s*(#|$)/.test(text)) return null;
  const [, spaces = "", dash, plain, double, single] = linePattern.exec(text) ?? [];
  return {
    dash: dash === undefined ? null : spaces.length,
    column: spaces.length + (dash ?? "").length,
    key: plain ?? double ?? single ?? null,
  };
}
