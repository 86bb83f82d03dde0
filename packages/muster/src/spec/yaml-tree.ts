import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar } from "yaml";
import { deepestNesting, mostNodes } from "./limits.ts";
import type { Place } from "./places.ts";
import { shown } from "./reading.ts";
import type { Trouble } from "./trouble.ts";
import { tooDeep, tooManyNodes } from "./yaml-tokens.ts";

/** Plain data (maps without a prototype) with the place of everything in it. */
export interface Tree {
  readonly data: unknown;
  readonly root: Place;
  readonly troubles: readonly Trouble[];
}

interface Walk {
  readonly text: string;
  readonly troubles: Trouble[];
  nodes: number;
}

interface Found {
  readonly data: unknown;
  readonly place: Place;
}

type Key = readonly [start: number, end: number];
const noKey: Key = [-1, -1];

/** Reads a composed YAML document. Stops with `MU-A211` when it holds too many nodes. */
export function readTree(text: string, contents: Node | null): Tree {
  const walk: Walk = { text, troubles: [], nodes: 0 };
  const { data, place } = read(walk, contents, 0, noKey, 0);
  return { data, root: place, troubles: walk.troubles };
}

function read(walk: Walk, node: Node | null, depth: number, key: Key, fallback: number): Found {
  walk.nodes += 1;
  const start = node?.range?.[0] ?? fallback;
  const end = trimmed(walk.text, start, node?.range?.[1] ?? fallback);
  if (walk.nodes > mostNodes) {
    if (walk.nodes === mostNodes + 1) walk.troubles.push(tooManyNodes(start));
    return { data: null, place: leaf(start, end, key, true) };
  }
  if (node === null) return { data: null, place: leaf(start, start, key, false) };
  if (isAlias(node)) return { data: null, place: leaf(start, end, key, true) };
  const refused = node.tag !== undefined;
  if (isScalar(node)) return scalar(walk, node, leaf(start, end, key, refused));
  if (depth === deepestNesting) {
    walk.troubles.push(tooDeep(start, Math.min(end, start + 1)));
    return { data: null, place: leaf(start, end, key, true) };
  }
  if (isSeq<Node>(node)) return list(walk, node, depth, { ...leaf(start, end, key, refused) });
  if (isMap<Node | null, Node | null>(node)) return map(walk, node, depth, leaf(start, end, key, refused));
  return { data: null, place: leaf(start, end, key, true) };
}

function leaf(start: number, end: number, key: Key, refused: boolean): Place {
  return { start, end, keyStart: key[0], keyEnd: key[1], children: null, refused };
}

/** Block scalars and block collections end at the next line's start; people see the end of their last text. */
function trimmed(text: string, start: number, end: number): number {
  // Most ends are those of a word already: this is asked for each key and value.
  const code = text.charCodeAt(end - 1);
  const isMaybeSpace = code <= 0x20 || code >= 0x7f;
  if (end <= start || !isMaybeSpace) return end;
  return start + text.slice(start, end).trimEnd().length;
}

function scalar(walk: Walk, node: Scalar, place: Place): Found {
  const { value, source } = node;
  if (typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    if (/^[-+]?\d+$/.test(source ?? "")) {
      walk.troubles.push({
        code: "MU-A235",
        message: `${source?.slice(0, 40)} is too large to be kept exactly as a number.`,
        hint: "Put an identifier in quotes; numbers go up to 9_007_199_254_740_991.",
        start: place.start,
        end: place.end,
      });
      return { data: value, place: { ...place, refused: true } };
    }
  }
  return { data: value, place };
}

function list(walk: Walk, node: { items: readonly (Node | null)[] }, depth: number, place: Place): Found {
  const data: unknown[] = [];
  const children = new Map<string | number, Place>();
  for (const item of node.items) {
    const found = read(walk, item, depth + 1, noKey, place.start);
    children.set(data.length, found.place);
    data.push(found.data);
    if (walk.nodes > mostNodes) break;
  }
  return { data, place: { ...place, children } };
}

function map(
  walk: Walk,
  node: { items: readonly Pair<Node | null, Node | null>[] },
  depth: number,
  place: Place,
): Found {
  const data: Record<string, unknown> = Object.create(null);
  const children = new Map<string | number, Place>();
  let refused = place.refused;
  for (const { key, value } of node.items) {
    walk.nodes += 1;
    const start = key?.range?.[0] ?? place.start;
    const end = trimmed(walk.text, start, key?.range?.[1] ?? start);
    const name = keyText(key);
    const first = name === null ? undefined : children.get(name);
    const trouble = refusedKey(name, key, start, end, first);
    if (trouble !== null) {
      walk.troubles.push(trouble);
      // What a merge key would have brought in is unknown: a key that is missing here may be no mistake.
      refused ||= trouble.code === "MU-A204";
    }
    if (name === null || trouble !== null) continue;
    if (isEmpty(value)) walk.troubles.push(emptyValue(name, start, end));
    const found = read(walk, value, depth + 1, [start, end], end);
    children.set(name, found.place);
    data[name] = found.data;
    if (walk.nodes > mostNodes) break;
  }
  return { data, place: { ...place, children, refused } };
}

/** Nothing behind the key at all, which is not the same as the word null. */
function isEmpty(value: Node | null): boolean {
  return value === null || (isScalar(value) && value.value === null && (value.source ?? "") === "");
}

function emptyValue(name: string, start: number, end: number): Trouble {
  const hint = "Write a value, or delete the key.";
  return { code: "MU-A233", message: `${shown(name)} has no value.`, hint, start, end };
}

/** A key as it is written: `1`, `no` and `1.0` are names, too. Null for what cannot be a name. */
function keyText(key: Node | null): string | null {
  if (!isScalar(key) || key.tag !== undefined) return null;
  if (typeof key.value === "string") return key.value;
  return key.source === undefined || key.source === "" ? null : key.source;
}

function refusedKey(
  name: string | null,
  key: Node | null,
  start: number,
  end: number,
  first: Place | undefined,
): Trouble | null {
  if (name === null) {
    // An alias or a tagged key was refused by its token.
    if (key !== null && (isAlias(key) || key.tag !== undefined)) {
      return {
        code: "MU-A234",
        message: "A key has to be a plain name.",
        hint: "Write the name out.",
        start,
        end,
      };
    }
    const message =
      key === null || isScalar(key) ? "A value stands here without a key." : "A key has to be a name.";
    return {
      code: "MU-A234",
      message,
      hint: 'Write "key: value"; a list or a map cannot be a key.',
      start,
      end,
    };
  }
  if (name === "<<" && isScalar(key) && key.type === "PLAIN") {
    return {
      code: "MU-A204",
      message: "Merge keys (<<) are not part of the spec language.",
      hint: "Write the keys out where they are needed.",
      start,
      end,
    };
  }
  if (name === "__proto__") {
    return {
      code: "MU-A214",
      message: `${shown(name)} cannot be a key.`,
      hint: "Choose another name: JavaScript gives this one a meaning of its own.",
      start,
      end,
    };
  }
  if (first === undefined) return null;
  return {
    code: "MU-A202",
    message: `The key ${shown(name)} stands here for the second time.`,
    hint: "Keep one of the two; the first one is what was read.",
    start,
    end,
    related: { message: "first written here", start: first.keyStart, end: first.keyEnd },
  };
}
