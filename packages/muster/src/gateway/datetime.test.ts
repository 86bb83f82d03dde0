import fc from "fast-check";
import { expect, test } from "vitest";
import { parseDatetime } from "./datetime.ts";

test.each([
  ["2001-01-01", 978307200000],
  ["2001-01-01T06:00", 978328800000],
  ["2001-01-01 06:00:00", 978328800000],
  ["2001-01-01T06:00:00Z", 978328800000],
  ["2001-01-01T07:00:00+01:00", 978328800000],
  ["2001-01-01T00:30:00-0530", 978328800000],
  ["2001-01-01T06:00:00.1239Z", 978328800123],
  ["1969-12-31T23:59:59.999Z", -1],
  ["2000-02-29", 951782400000],
])("%s is %d", (text, ms) => {
  expect(parseDatetime(text)).toBe(ms);
});

test.each([
  ...[
    "",
    "today",
    "2001",
    "2001-13-01",
    "2001-00-01",
    "2001-02-29",
    "1900-02-29",
    "2001-04-31",
    "0050-01-01",
  ],
  ...[
    "2001-01-01T24:00",
    "2001-01-01T06:60",
    "2001-01-01T06:00:60",
    "2001-01-01T06",
    "2001-01-01T06:00+25:00",
  ],
  ...["01/02/2001", " 2001-01-01", "2001-01-01\n", "2001-1-1", "2001-01-01Z", "٢٠٠١-01-01"],
])("%j is no time", (text) => {
  expect(parseDatetime(text)).toBeNaN();
});

test("agrees with the platform on its own format", () => {
  const dates = fc.date({ noInvalidDate: true, min: new Date("0100-01-01"), max: new Date("9999-12-31") });
  fc.assert(
    fc.property(dates, (date) => {
      expect(parseDatetime(date.toISOString())).toBe(date.getTime());
    }),
  );
});
