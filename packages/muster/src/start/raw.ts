import type { Spec } from "../spec/spec.ts";

/** A spec as it is written: plain data, quantities as their text. */
export type Raw = string | number | boolean | null | readonly Raw[] | RawMap;

/** Without a prototype, so that no key of a foreign file means anything else. */
export interface RawMap {
  [key: string]: Raw;
}

export function rawMap(entries: Iterable<readonly [string, Raw | undefined]> = []): RawMap {
  const map: RawMap = Object.create(null);
  for (const [key, value] of entries) if (value !== undefined) map[key] = value;
  return map;
}

export function isRawMap(value: unknown): value is RawMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isRawList(value: Raw | undefined): value is readonly Raw[] {
  return Array.isArray(value);
}

/** The spec as its author could have written it; what equals the language's own defaults is left out. */
export function rawOf(spec: Spec): RawMap {
  const raw = plain(spec);
  if (!isRawMap(raw)) return rawMap();
  if (raw.status === "draft") delete raw.status;
  if (isRawMap(raw.owners) && Object.keys(raw.owners).length === 0) delete raw.owners;
  const { evaluation } = raw;
  if (isRawMap(evaluation)) {
    if (evaluation.decide_by === "lower_bound") delete evaluation.decide_by;
    if (evaluation.confidence === "95%") delete evaluation.confidence;
  }
  return raw;
}

/** Any parsed value as plain data; a quantity is its text, or the number that the text is. */
function plain(value: unknown): Raw {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === "object" && value !== null) {
    if ("kind" in value && "text" in value && typeof value.text === "string") return numberOr(value.text);
    return rawMap(
      Object.entries(value).flatMap(([key, each]) =>
        each === undefined ? [] : [[key, plain(each)] as const],
      ),
    );
  }
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  return null;
}

const numberOr = (text: string): string | number => (String(Number(text)) === text ? Number(text) : text);

/** Whether two pieces of plain data say the same, whatever the order of their keys. */
export function same(a: Raw | undefined, b: Raw | undefined): boolean {
  if (isRawList(a)) return isRawList(b) && a.length === b.length && a.every((each, i) => same(each, b[i]));
  if (isRawMap(a)) {
    if (!isRawMap(b)) return false;
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((key) => key in b && same(a[key], b[key]));
  }
  return Object.is(a, b);
}
