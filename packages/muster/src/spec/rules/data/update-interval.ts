import { readDuration } from "../../quantity-duration.ts";

const dayMs = 86_400_000;

const words: ReadonlyMap<string, number> = new Map([
  ["minutely", 60_000],
  ["hourly", 3_600_000],
  ["daily", dayMs],
  ["nightly", dayMs],
  ["weekly", 7 * dayMs],
  ["biweekly", 14 * dayMs],
  ["fortnightly", 14 * dayMs],
  ["monthly", 28 * dayMs],
  ["quarterly", 90 * dayMs],
  ["yearly", 365 * dayMs],
  ["annually", 365 * dayMs],
]);

/**
 * The milliseconds between two renewals, from a known word or a duration (`6h`, `every 6h`); null for other prose,
 * which is not guessed at. Words of changing length count as their shortest: a month has 28 days.
 */
export function updateInterval(text: string): number | null {
  const plain = text.trim().toLowerCase();
  const word = words.get(plain);
  if (word !== undefined) return word;
  const reading = readDuration(plain.replace(/^every\s+/, ""));
  return reading.ok ? reading.value.ms : null;
}
