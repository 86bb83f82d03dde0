import { isRawList, isRawMap, type Raw, type RawMap, rawMap, same } from "./raw.ts";

/** Keys by which the entries of a list are told apart, the first that all of them have. */
const identities = ["id", "name", "by", "who", "metric"] as const;

/** `base` with what `over` says: maps key by key, lists of named entries entry by entry, all else replaced. */
export function merge(base: Raw | undefined, over: Raw): Raw {
  if (isRawMap(base) && isRawMap(over)) {
    const merged = rawMap(Object.entries(base));
    for (const [key, value] of Object.entries(over)) merged[key] = merge(base[key], value);
    return merged;
  }
  if (!isRawList(base) || !isRawList(over)) return over;
  const key = identityOf(base, over);
  if (key === null) return over;
  const merged = [...base];
  for (const entry of over) {
    const at = merged.findIndex((each) => sameIdentity(each, entry, key));
    if (at < 0) merged.push(entry);
    else merged[at] = merge(merged[at], entry);
  }
  return merged;
}

/** The least that, merged over `got`, gives `want`; undefined when nothing is left over. */
export function leftOver(want: Raw, got: Raw | undefined): Raw | undefined {
  if (same(want, got)) return undefined;
  if (isRawMap(want) && isRawMap(got)) {
    return rawMap(Object.entries(want).map(([key, value]) => [key, leftOver(value, got[key])]));
  }
  if (!isRawList(want) || !isRawList(got) || want.length !== got.length) return want;
  const key = identityOf(want, got);
  if (key === null || !want.every((each, i) => sameIdentity(each, got[i], key))) return want;
  return want.flatMap((entry, i): Raw[] => {
    const rest = leftOver(entry, got[i]);
    if (rest === undefined || !isRawMap(rest) || !isRawMap(entry)) return [];
    return [rawMap([[key, entry[key]], ...Object.entries(rest)])];
  });
}

function identityOf(a: readonly Raw[], b: readonly Raw[]): (typeof identities)[number] | null {
  return (
    identities.find((key) =>
      [a, b].every((list) => {
        const values = list.map((entry) => (isRawMap(entry) ? entry[key] : undefined));
        return values.every((v) => typeof v === "string") && new Set(values).size === values.length;
      }),
    ) ?? null
  );
}

const sameIdentity = (a: Raw | undefined, b: Raw | undefined, key: keyof RawMap): boolean =>
  isRawMap(a) && isRawMap(b) && a[key] === b[key];
