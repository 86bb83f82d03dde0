import { expect, test } from "vitest";
import { scheduleGaps } from "./schedule-gaps.ts";

const hour = 3_600_000;

test.each([
  ["0 3 1 * *", 28 * 24, 31 * 24],
  ["0 3 * * *", 24, 24],
  ["0 3 * * mon", 7 * 24, 7 * 24],
  ["0 3 * * 0,7", 7 * 24, 7 * 24],
  ["0 */6 * * *", 6, 6],
  ["0 8,18 * * *", 10, 14],
  ["30 2 1 jan-dec/3 *", 90 * 24, 92 * 24],
  // The 1st and every Monday: either one suffices.
  ["0 0 1 * mon", 24, 7 * 24],
])("%s comes every %s to %s hours", (schedule, shortest, longest) => {
  expect(scheduleGaps(schedule)).toEqual({ shortestMs: shortest * hour, longestMs: longest * hour });
});

test("a day that no year has gives nothing", () => {
  expect(scheduleGaps("0 0 31 2 *")).toBeNull();
});
