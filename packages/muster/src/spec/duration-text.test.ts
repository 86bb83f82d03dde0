import { expect, test } from "vitest";
import { durationText } from "./duration-text.ts";
import { readDuration } from "./quantity-duration.ts";

test.each([
  [0, "0ms"],
  [55, "55ms"],
  [1_000, "1s"],
  [1_234, "1234ms"],
  [90_000, "1.5m"],
  [330_000, "5.5m"],
  [5_400_000, "1.5h"],
  [31 * 86_400_000, "31d"],
  [0.1 + 0.2, "0.3ms"],
])("%s ms is %s, and is read as that again", (ms, text) => {
  expect(durationText(ms)).toBe(text);
  const reading = readDuration(text);
  expect(reading.ok && reading.value.ms).toBeCloseTo(ms, 6);
});
