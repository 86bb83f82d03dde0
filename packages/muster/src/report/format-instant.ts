/** Beyond these no Date exists (ECMA-262, 21.4.1.1). */
const latest = 8.64e15;

/**
 * Milliseconds since 1970 as a day in UTC, with the time of day where the day alone would print a value as the
 * limit that it is not.
 */
export function formatInstant(ms: number, limit: number | undefined): string {
  if (!Number.isFinite(ms) || Math.abs(ms) > latest) return "undefined";
  const text = iso(ms);
  if (limit === undefined || limit === ms || Math.abs(limit) > latest || !Number.isFinite(limit)) {
    return ms % 86_400_000 === 0 || limit === undefined ? day(text) : minutes(text);
  }
  const other = iso(limit);
  const width = [day, minutes, seconds, milliseconds].find((cut) => cut(text) !== cut(other));
  return (width ?? milliseconds)(text);
}

/** An ISO 8601 instant as people read it: `2026-03-01 14:05 UTC`. Anything else is returned as it is. */
export function formatTaken(isoText: string): string {
  const ms = Date.parse(isoText);
  return Number.isNaN(ms) ? isoText : `${minutes(iso(ms))} UTC`;
}

const iso = (ms: number): string => new Date(ms).toISOString();

const cutAfter =
  (marker: string) =>
  (text: string): string =>
    text.slice(0, text.indexOf("T") + marker.length).replace("T", " ");

const day = (text: string): string => text.slice(0, text.indexOf("T"));
const minutes: (text: string) => string = cutAfter("T00:00");
const seconds: (text: string) => string = cutAfter("T00:00:00");
const milliseconds: (text: string) => string = cutAfter("T00:00:00.000");
