/** Milliseconds between neighbouring times of a schedule, the shortest and the longest. */
export interface ScheduleGaps {
  readonly shortestMs: number;
  readonly longestMs: number;
}

const minute = 60_000;
const day = 1_440 * minute;
const names = {
  month: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
  weekday: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"],
};

/**
 * How far apart the times of a cron line (as `parse` accepts them, in UTC) are, found by going through the years 2001 to 2008: they hold
 * two leap days. Null for a line with fewer than two times in them, such as one for 31 February. Where both the day of month
 * and the day of week are restricted either one suffices, as crontab(5) has it.
 */
export function scheduleGaps(schedule: string): ScheduleGaps | null {
  const [minutes = "", hours = "", monthDays = "", months = "", weekDays = ""] = schedule.trim().split(/\s+/);
  const times = expand(hours, 0, 23)
    .flatMap((hour) => expand(minutes, 0, 59).map((m) => (hour * 60 + m) * minute))
    .sort((a, b) => a - b);
  const days = daysOf(monthDays, months, weekDays);
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined || days.length < 2) return null;
  const within = neighbours(times);
  const between = neighbours(days).map((gap) => gap - last + first);
  const all = [...within, ...between];
  return {
    shortestMs: all.reduce((a, b) => Math.min(a, b)),
    longestMs: all.reduce((a, b) => Math.max(a, b)),
  };
}

function daysOf(monthDays: string, months: string, weekDays: string): number[] {
  const inMonth = new Set(expand(monthDays, 1, 31));
  const inYear = new Set(expand(months, 1, 12, names.month));
  const inWeek = new Set(expand(weekDays, 0, 7, names.weekday).map((d) => d % 7));
  const either = !monthDays.startsWith("*") && !weekDays.startsWith("*");
  const days: number[] = [];
  calendar ??= calendarDays();
  for (const { at, month, monthDay, weekDay } of calendar) {
    if (!inYear.has(month)) continue;
    const [a, b] = [inMonth.has(monthDay), inWeek.has(weekDay)];
    if (either ? a || b : a && b) days.push(at);
  }
  return days;
}

interface CalendarDay {
  readonly at: number;
  /** From 1. */
  readonly month: number;
  readonly monthDay: number;
  /** Sunday is 0. */
  readonly weekDay: number;
}

/** Made by the first schedule and kept: its 2,922 dates cost more than all else here. */
let calendar: readonly CalendarDay[] | null = null;

function calendarDays(): readonly CalendarDay[] {
  const days: CalendarDay[] = [];
  for (let at = Date.UTC(2001, 0, 1); at < Date.UTC(2009, 0, 1); at += day) {
    const date = new Date(at);
    const month = date.getUTCMonth() + 1;
    days.push({ at, month, monthDay: date.getUTCDate(), weekDay: date.getUTCDay() });
  }
  return days;
}

function expand(field: string, low: number, high: number, words: readonly string[] = []): number[] {
  const numberOf = (text: string): number => {
    const word = words.indexOf(text.toLowerCase());
    return word >= 0 ? word + low : Number(text);
  };
  const found = new Set<number>();
  for (const piece of field.split(",")) {
    const [range = "", step] = piece.split("/");
    const [from = "", to] = range.split("-");
    const start = from === "*" ? low : numberOf(from);
    // `5/10` goes on to the end, a bare `5` does not.
    const end = to !== undefined ? numberOf(to) : from === "*" || step !== undefined ? high : start;
    for (let value = start; value <= end; value += Math.max(1, Number(step ?? 1))) found.add(value);
  }
  return [...found].sort((a, b) => a - b);
}

const neighbours = (sorted: readonly number[]): number[] =>
  sorted.slice(1).map((value, i) => value - (sorted[i] ?? value));
