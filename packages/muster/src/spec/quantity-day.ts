import type { Day } from "./quantity.ts";
import { misread, type Reading, shown } from "./reading.ts";

const how = "Write a day as year-month-day, as in 2001-01-31.";

/** `2001-01-31`: a day of the calendar from year 1 to 9999, as a whole, in UTC. */
export function readDay(value: unknown): Reading<Day> {
  if (typeof value !== "string") {
    return misread("MU-A216", `Expected a day such as 2001-01-31, found ${shown(value)}.`, how);
  }
  const text = value.trim();
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (found === null) return misread("MU-A229", `${shown(text)} is not a day.${likely(text)}`, how);
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  const startMs = Date.parse(`${text}T00:00:00Z`);
  // Date.parse rolls 2001-02-30 over to 2 March; only a date that prints as it was written exists.
  if (year < 1 || Number.isNaN(startMs) || new Date(startMs).toISOString().slice(0, 10) !== text) {
    return misread("MU-A229", `The calendar has no ${text}${noSuchDay(year, month, day)}.`, how);
  }
  return { ok: true, value: { kind: "day", startMs, text } };
}

function noSuchDay(year: number, month: number, day: number): string {
  if (month < 1 || month > 12) return `: months go from 01 to 12`;
  const last = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  return day < 1 || day > last ? `: that month has ${last} days` : "";
}

/** Only forms that have one meaning: 1/2/2001 is January in one country and February in another. */
function likely(text: string): string {
  const parts = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/.exec(text);
  if (parts === null) return "";
  const [, year = "", month = "", day = ""] = parts;
  return ` Did you mean ${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}?`;
}
