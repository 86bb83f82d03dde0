/** Years that fit in a JavaScript date, as text: `2001-01-31`, `2001-01-31T06:30`, with seconds, fraction and zone. */
const isoText = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/** Milliseconds since 1970 of an ISO 8601 date or time; without a zone it is UTC. Null for any other text. */
export function epochOfText(text: string): number | null {
  const match = isoText.exec(text);
  if (match === null) return null;
  const iso = text.replace(" ", "T");
  const epoch = Date.parse(match[1] !== undefined || !iso.includes("T") ? iso : `${iso}Z`);
  return Number.isNaN(epoch) ? null : epoch;
}

/** The text of a moment as a key: `2001-01-31T06:30:00.000Z`, or outside of the years 0 to 9999 its milliseconds. */
export function textOfEpoch(epoch: number): string {
  return Number.isFinite(epoch) && Math.abs(epoch) <= 8.64e15 ? new Date(epoch).toISOString() : String(epoch);
}
