import type { SourceFile } from "../../source/source-file.ts";
import type { Span } from "../../source/span.ts";
import type { Draft, DraftPath } from "../draft.ts";
import type { Raw, RawMap } from "../raw.ts";
import { isRawMap } from "../raw.ts";

/** One foreign document on its way into a draft. */
export interface Importing {
  readonly draft: Draft;
  readonly source: SourceFile;
  /** Where a key of the document stands; its beginning where it cannot be found. */
  at(...keys: readonly (string | number)[]): Span;
}

/** Finds places by the words of their keys: near enough for a message, and the same for JSON and YAML. */
export function importing(draft: Draft, source: SourceFile): Importing {
  return {
    draft,
    source,
    at(...keys) {
      let from = 0;
      let end = 0;
      for (const key of keys) {
        const found = placeOf(source.text, String(key), from);
        if (found === null) continue;
        [from, end] = found;
      }
      return source.span(from, end);
    },
  };
}

function placeOf(text: string, key: string, from: number): readonly [number, number] | null {
  if (/^\d+$/.test(key) || key === "") return null;
  for (let at = text.indexOf(key, from); at !== -1; at = text.indexOf(key, at + 1)) {
    const before = text[at - 1] ?? "\n";
    const after = text[at + key.length] ?? "\n";
    if (!/[\w-]/.test(before) && !/[\w-]/.test(after)) return [at, at + key.length];
  }
  return null;
}

/** Lists the keys of a map that nothing reads, and keeps the short ones as comments. */
export function leaveOver(
  { draft, at }: Importing,
  map: RawMap,
  known: readonly string[],
  path: DraftPath,
  where: readonly (string | number)[],
): void {
  for (const [key, value] of Object.entries(map)) {
    if (known.includes(key) || isHollow(value)) continue;
    const text = JSON.stringify(value) ?? "";
    draft.keep(
      "MU-S501",
      path,
      at(...where, key),
      `${[...where, key].join(".")} has no line of its own in a spec.`,
      `${key}: ${text.length > 200 ? `${text.slice(0, 200)} ..` : text}`,
    );
  }
}

const isHollow = (value: Raw | undefined): boolean =>
  value === null ||
  value === undefined ||
  value === "" ||
  (Array.isArray(value) && value.every(isHollow)) ||
  (isRawMap(value) && Object.values(value).every(isHollow));
