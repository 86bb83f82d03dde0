import type { SourceFile } from "../source/source-file.ts";
import type { Span } from "../source/span.ts";

export type Path = readonly (string | number)[];

/** Where the values and keys of a parsed file stand. Array elements are addressed by their index. */
export interface Places {
  /** The span of the value at `path`, or of its nearest parent that exists. The root is the whole content. */
  at(path: Path): Span;
  /**
   * The span of the key that the value at `path` stands under. A path that does not exist gives its nearest parent's; a list's element
   * has no key and gives itself.
   */
  keyAt(path: Path): Span;
  has(path: Path): boolean;
}

/** One node of the file: offsets of its value, of its key (-1 for none), and what is inside. */
export interface Place {
  readonly start: number;
  readonly end: number;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly children: ReadonlyMap<string | number, Place> | null;
  /** What stands here was already refused (an alias, a tag ..): whatever else is wrong with it is no news. */
  readonly refused: boolean;
}

export const nowhere: Place = { start: 0, end: 0, keyStart: -1, keyEnd: -1, children: null, refused: false };

/** The place at `path` and whether it exists; otherwise its nearest parent that does. */
export function findPlace(root: Place, path: Path): { place: Place; exists: boolean; refused: boolean } {
  let place = root;
  let refused = root.refused;
  for (const step of path) {
    const next = place.children?.get(step);
    if (next === undefined) return { place, exists: false, refused };
    place = next;
    refused ||= next.refused;
  }
  return { place, exists: true, refused };
}

export function keyOrValue(place: Place): { start: number; end: number } {
  return place.keyStart === -1 ? place : { start: place.keyStart, end: place.keyEnd };
}

/** The value; for one left empty, the key that it is missing behind. */
export function valueOrKey(place: Place): { start: number; end: number } {
  return place.start === place.end ? keyOrValue(place) : place;
}

export function placesOf(source: SourceFile, root: Place): Places {
  const span = ({ start, end }: { start: number; end: number }): Span => source.span(start, end);
  return {
    at: (path) => span(valueOrKey(findPlace(root, path).place)),
    keyAt: (path) => span(keyOrValue(findPlace(root, path).place)),
    has: (path) => findPlace(root, path).exists,
  };
}
