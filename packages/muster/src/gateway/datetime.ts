const pattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:([Zz])|([+-])(\d{2}):?(\d{2}))?)?$/;

/** What ECMAScript's time values span: 100,000,000 days either side of 1970. */
export const farthestMs = 8.64e15;

/**
 * Milliseconds since 1970-01-01T00:00Z of an ISO 8601 date or time, NaN for anything else. Text without a zone is
 * taken as UTC, as the rest of Muster does; what is finer than a millisecond is cut off. Unlike `Date.parse` it
 * does not depend on the machine's zone and refuses days that do not exist.
 */
export function parseDatetime(text: string): number {
  const found = pattern.exec(text);
  if (found === null) return Number.NaN;
  const part = (index: number): number => Number(found[index] ?? 0);
  const year = part(1);
  const month = part(2);
  const day = part(3);
  if (year < 100 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return Number.NaN;
  if (part(4) > 23 || part(5) > 59 || part(6) > 59 || part(10) > 23 || part(11) > 59) return Number.NaN;
  const ms = Number((found[7] ?? "0").padEnd(3, "0").slice(0, 3));
  const offset = (part(10) * 60 + part(11)) * 60_000 * (found[9] === "-" ? -1 : 1);
  return Date.UTC(year, month - 1, day, part(4), part(5), part(6), ms) - offset;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
