import { readDuration } from "./quantity-duration.ts";
import { scheduleGaps } from "./schedule-gaps.ts";
import { readSchedule } from "./schema/schedule.ts";

const dayMs = 86_400_000;

/** The shortest and the longest time between two renewals. */
const words: ReadonlyMap<string, readonly [shortestMs: number, longestMs: number]> = new Map([
  ["minutely", [60_000, 60_000]],
  ["hourly", [3_600_000, 3_600_000]],
  ["daily", [dayMs, dayMs]],
  ["nightly", [dayMs, dayMs]],
  ["weekly", [7 * dayMs, 7 * dayMs]],
  ["biweekly", [14 * dayMs, 14 * dayMs]],
  ["fortnightly", [14 * dayMs, 14 * dayMs]],
  ["monthly", [28 * dayMs, 31 * dayMs]],
  ["quarterly", [90 * dayMs, 92 * dayMs]],
  ["yearly", [365 * dayMs, 366 * dayMs]],
  ["annually", [365 * dayMs, 366 * dayMs]],
]);

function updateIntervals(text: string): readonly [shortestMs: number, longestMs: number] | null {
  const plain = text.trim().toLowerCase();
  const word = words.get(plain);
  if (word !== undefined) return word;
  const schedule = readSchedule(plain);
  if (schedule.ok) {
    const gaps = scheduleGaps(plain);
    return gaps === null ? null : [gaps.shortestMs, gaps.longestMs];
  }
  const reading = readDuration(plain.replace(/^every\s+/, ""));
  return reading.ok ? [reading.value.ms, reading.value.ms] : null;
}

/**
 * The milliseconds between two renewals, from a known word, a cron line or a duration (`6h`, `every 6h`); null for other
 * prose, which is not guessed at. What has a changing length counts as its shortest: a month has 28 days.
 */
export const updateInterval = (text: string): number | null => updateIntervals(text)?.[0] ?? null;

/** The same at its longest: a month has 31 days. */
export const longestUpdateInterval = (text: string): number | null => updateIntervals(text)?.[1] ?? null;
