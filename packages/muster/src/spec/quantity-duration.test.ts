import { expect, test } from "vitest";
import { readDuration } from "./quantity-duration.ts";

const ms = (text: string) => {
  const reading = readDuration(text);
  return reading.ok ? reading.value.ms : reading.message;
};
const says = (value: unknown) => {
  const reading = readDuration(value);
  return reading.ok ? "fine" : `${reading.code} ${reading.message}`;
};

test("every unit, fractions, underscores and sums are read", () => {
  expect(ms("5ms")).toBe(5);
  expect(ms("10s")).toBe(10_000);
  expect(ms("1m")).toBe(60_000);
  expect(ms("2h")).toBe(7_200_000);
  expect(ms("7d")).toBe(604_800_000);
  expect(ms("1w")).toBe(604_800_000);
  expect(ms("1h30m")).toBe(5_400_000);
  expect(ms("1d 2h 3m 4s 5ms")).toBe(93_784_005);
  expect(ms("1_500 ms")).toBe(1_500);
  expect(ms("0.1s")).toBe(100);
  expect(ms("0s")).toBe(0);
});

test("the author's own text is kept", () => {
  expect(readDuration(" 90d ")).toEqual({
    ok: true,
    value: { kind: "duration", ms: 7_776_000_000, text: "90d" },
  });
});

test("a missing unit is asked for with the author's own number", () => {
  expect(says(25)).toBe("MU-A103 Expected a duration with its unit, such as 25ms; 25 has none.");
  expect(says("1_000")).toBe("MU-A103 Expected a duration with its unit, such as 1_000ms; 1_000 has none.");
});

test("a unit that can only mean one thing is suggested, others are not guessed", () => {
  expect(says("5 seconds")).toBe('MU-A103 "seconds" is not a unit of time. Did you mean 5s?');
  expect(says("5MS")).toBe('MU-A103 "MS" is not a unit of time. Did you mean 5ms?');
  // M may be minutes or months.
  expect(says("5M")).toBe('MU-A103 "M" is not a unit of time.');
  expect(says("5y")).toBe('MU-A103 "y" is not a unit of time.');
});

test("what is no duration is refused", () => {
  for (const text of [
    "",
    "ms",
    "-5ms",
    "5ms3",
    "1h1h",
    "30m1h",
    "1e3s",
    "5__0s",
    "1".repeat(100),
    "9999w9999",
    "101_000w",
  ]) {
    expect(readDuration(text).ok, text).toBe(false);
  }
  for (const value of [null, undefined, true, [], {}, Number.NaN]) expect(readDuration(value).ok).toBe(false);
});
