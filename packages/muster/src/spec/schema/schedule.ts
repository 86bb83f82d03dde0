import { misread, type Reading, shown } from "../reading.ts";

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

interface Field {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  /** Names that stand for numbers from `low` on. */
  readonly names?: readonly string[];
}

const fields: readonly Field[] = [
  { name: "minute", low: 0, high: 59 },
  { name: "hour", low: 0, high: 23 },
  { name: "day of month", low: 1, high: 31 },
  { name: "month", low: 1, high: 12, names: months },
  // 7 is Sunday, too.
  { name: "day of week", low: 0, high: 7, names: days },
];

const how =
  'Write minute, hour, day of month, month and day of week, as in "0 3 1 * *": at 03:00 on the first of each month.';

/** A cron line of five fields with `*`, lists, ranges, steps and English names, as crontab(5) has them; UTC. */
export function readSchedule(text: string): Reading<string> {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== fields.length) {
    return misread("MU-A230", `A schedule has five fields, ${shown(text)} has ${parts.length}.`, how);
  }
  for (const [index, field] of fields.entries()) {
    const part = parts[index] ?? "";
    if (!part.split(",").every((piece) => isPiece(piece, field))) {
      const message = `${shown(part)} cannot be the ${field.name} (${field.low} to ${field.high}).`;
      return misread("MU-A230", message, how);
    }
  }
  return { ok: true, value: text };
}

function isPiece(piece: string, field: Field): boolean {
  const found = /^(\*|[A-Za-z0-9]+)(?:-([A-Za-z0-9]+))?(?:\/(\d{1,3}))?$/.exec(piece);
  if (found === null) return false;
  const [, first = "", last, step] = found;
  if (step !== undefined && (Number(step) < 1 || Number(step) > field.high)) return false;
  if (first === "*") return last === undefined;
  const from = numberOf(first, field);
  const to = last === undefined ? from : numberOf(last, field);
  return from !== null && to !== null && from <= to;
}

function numberOf(text: string, field: Field): number | null {
  const named = field.names?.indexOf(text.toLowerCase()) ?? -1;
  const number = named >= 0 ? named + field.low : /^\d{1,2}$/.test(text) ? Number(text) : null;
  return number !== null && number >= field.low && number <= field.high ? number : null;
}
