import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatInterval, formatLimit, formatNumber, formatRows, type Unit } from "./format-number.ts";

const thin = "\u202f";

describe("a number", () => {
  test("has three significant digits, and a whole one no more than it needs", () => {
    expect([0.61234, 0.05, 12.345, 1234.5, 0.00012345, 3].map((value) => formatNumber(value))).toEqual([
      "0.612",
      "0.0500",
      "12.3",
      `1${thin}235`,
      "0.000123",
      "3",
    ]);
  });

  test("gets more digits until it stands on the right side of its limit", () => {
    expect(formatNumber(0.6499, { limit: 0.65 })).toBe("0.6499");
    expect(formatNumber(0.649999, { limit: 0.65 })).toBe("0.649999");
    expect(formatNumber(0.6501, { limit: 0.65 })).toBe("0.6501");
    expect(formatNumber(0.65, { limit: 0.65 })).toBe("0.65");
    expect(formatNumber(0.02999, { unit: "share", limit: 0.03 })).toBe("2.999%");
    expect(formatNumber(0.07, { unit: "share", limit: 0.07 })).toBe("7%");
  });

  test("is 1 or 100% only when it is", () => {
    expect(formatNumber(0.99996)).toBe("0.99996");
    expect(formatNumber(0.99996, { unit: "share" })).toBe("99.996%");
    expect(formatNumber(1, { unit: "share" })).toBe("100%");
    expect(formatNumber(0, { unit: "share" })).toBe("0%");
  });

  test("a count is whole and grouped thinly", () => {
    expect(formatNumber(2_403_588, { unit: "count" })).toBe(`2${thin}403${thin}588`);
    expect(formatRows(1)).toBe("1 row");
    expect(formatRows(12_000)).toBe(`12${thin}000 rows`);
  });

  test("sizes and times are given in the unit of their limit", () => {
    const mebi = 1024 ** 2;
    expect(formatNumber(6_904_217, { unit: "bytes", limit: 10 * mebi })).toBe(`6.58${thin}MiB`);
    expect(formatNumber(10 * mebi + 1, { unit: "bytes", limit: 10 * mebi })).toBe(`10.000001${thin}MiB`);
    expect(formatNumber(999, { unit: "bytes" })).toBe(`999${thin}B`);
    expect(formatNumber(1234, { unit: "ms", limit: 25 })).toBe(`1${thin}234${thin}ms`);
    expect(formatNumber(1234, { unit: "ms" })).toBe(`1.23${thin}s`);
    expect(formatNumber(12.34, { unit: "days", limit: 90 })).toBe(`12.3${thin}days`);
    expect(formatNumber(1, { unit: "days" })).toBe(`1${thin}day`);
  });

  test("a date shows its time of day only where the day alone would hide the difference", () => {
    const day = Date.UTC(2001, 0, 1);
    expect(formatNumber(day, { unit: "date", limit: day })).toBe("2001-01-01");
    expect(formatNumber(day + 5 * 60_000, { unit: "date", limit: day })).toBe("2001-01-01 00:05");
    expect(formatNumber(day + 1, { unit: "date", limit: day })).toBe("2001-01-01 00:00:00.001");
    expect(formatNumber(day + 86_400_000, { unit: "date", limit: day })).toBe("2001-01-02");
  });

  test("what is no number says so", () => {
    expect([null, Number.NaN, Infinity, -Infinity].map((value) => formatNumber(value))).toEqual([
      "undefined",
      "undefined",
      "infinite",
      "-infinite",
    ]);
    expect(formatNumber(9e15, { unit: "date" })).toBe("undefined");
    expect(formatNumber(-0)).toBe("0");
  });
});

test("an interval's two ends are told apart", () => {
  expect(formatInterval([0.641, 0.652])).toBe("[0.641, 0.652]");
  expect(formatInterval([0.99958, 0.99964], { unit: "share" })).toBe("[99.96%, 99.964%]");
  expect(formatInterval([0.6493, 0.6512], { limit: 0.65 })).toBe("[0.649, 0.651]");
  expect(formatInterval(null)).toBe("");
});

test("a limit prints as the shortest number that it is", () => {
  expect(formatLimit(0.65)).toBe("0.65");
  expect(formatLimit(0.07, "share")).toBe("7%");
  expect(formatLimit(10 * 1024 ** 2, "bytes")).toBe(`10${thin}MiB`);
  expect(formatLimit(25, "ms")).toBe(`25${thin}ms`);
  expect(formatLimit(1_000_000, "count")).toBe(`1${thin}000${thin}000`);
});

/** The printed number in the base unit, read back as a person would. */
function readBack(text: string, unit: Unit): number {
  if (unit === "date")
    return Date.parse(text.length === 10 ? `${text}T00:00Z` : `${text.replace(" ", "T")}Z`);
  const [amount = "", symbol = ""] = text.replace("%", `${thin}%`).split(/\u202f(?=\D)/u);
  const number = amount.replaceAll(thin, "");
  switch (symbol) {
    case "%":
      // The shift is done on the text, as the reader's eye does it.
      return Number(
        /e/.test(number) ? number.replace(/e(.*)$/, (_, p) => `e${Number(p) - 2}`) : `${number}e-2`,
      );
    case "KiB":
      return Number(number) * 1024;
    case "MiB":
      return Number(number) * 1024 ** 2;
    case "GiB":
      return Number(number) * 1024 ** 3;
    case "TiB":
      return Number(number) * 1024 ** 4;
    case "s":
      return Number(number) * 1000;
    case "min":
      return Number(number) * 60_000;
    case "h":
      return Number(number) * 3_600_000;
    case "d":
      return Number(number) * 86_400_000;
    default:
      return Number(number);
  }
}

/** A limit and a value close to it, where rounding tempts most. */
const nearby = fc
  .tuple(
    fc.oneof(
      fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
      fc.integer({ min: 1, max: 99 }).map((n) => n / 100),
      fc.integer({ min: 1, max: 10_000_000 }),
    ),
    fc.oneof(
      fc.constant(0),
      fc.double({ min: -0.01, max: 0.01, noNaN: true }),
      fc.double({ min: -1e-13, max: 1e-13, noNaN: true }),
    ),
  )
  .map(([limit, offset]) => ({ limit, value: limit * (1 + offset) }));

describe("no number is printed on the wrong side of its limit", () => {
  test.each([undefined, "share", "count", "days"] as const)("unit %s", (unit) => {
    fc.assert(
      fc.property(nearby, ({ limit, value }) => {
        const context = unit === undefined ? { limit } : { unit, limit };
        const printed = readBack(formatNumber(value, context), unit);
        const printedLimit = readBack(formatLimit(limit, unit), unit);
        expect(printedLimit).toBe(limit);
        expect(Math.sign(printed - printedLimit)).toBe(Math.sign(value - limit));
      }),
      { numRuns: 1000 },
    );
  });

  test.each(["bytes", "ms"] as const)("unit %s, in the same scale as the limit", (unit) => {
    fc.assert(
      fc.property(nearby, ({ limit, value }) => {
        const printed = formatNumber(value, { unit, limit });
        const printedLimit = formatLimit(limit, unit);
        const amount = (text: string): number => Number.parseFloat(text.replaceAll(/\u202f(?=\d)/gu, ""));
        const symbol = (text: string): string => text.replace(/^.*\u202f/u, "");
        if (symbol(printed) === symbol(printedLimit)) {
          expect(Math.sign(amount(printed) - amount(printedLimit))).toBe(Math.sign(value - limit));
        } else {
          expect(Math.sign(amount(printed) - limit)).toBe(Math.sign(value - limit));
        }
      }),
      { numRuns: 1000 },
    );
  });

  test("dates, to the millisecond", () => {
    const instant = fc.integer({ min: Date.UTC(1950, 0, 1), max: Date.UTC(2100, 0, 1) });
    const offset = fc.oneof(
      fc.integer({ min: -2, max: 2 }),
      fc.integer({ min: -200_000_000, max: 200_000_000 }),
    );
    fc.assert(
      fc.property(instant, offset, fc.boolean(), (at, by, wholeDay) => {
        const limit = wholeDay ? at - (((at % 86_400_000) + 86_400_000) % 86_400_000) : at;
        const value = limit + by;
        const text = formatNumber(value, { unit: "date", limit });
        const sameCut = formatNumber(limit, { unit: "date", limit: value });
        expect(Math.sign(readBack(text, "date") - readBack(sameCut, "date"))).toBe(Math.sign(by));
      }),
    );
  });

  test("interval ends obey the limit and stay in order", () => {
    fc.assert(
      fc.property(nearby, fc.double({ min: 0, max: 0.01, noNaN: true }), ({ limit, value }, width) => {
        const high = value * (1 + width);
        const [low = Number.NaN, top = Number.NaN] = formatInterval([value, high], { limit })
          .slice(1, -1)
          .split(", ")
          .map((end) => readBack(end, undefined));
        expect(Math.sign(low - limit)).toBe(Math.sign(value - limit));
        expect(Math.sign(top - limit)).toBe(Math.sign(high - limit));
        expect(Math.sign(top - low)).toBe(Math.sign(high - value));
      }),
      { numRuns: 1000 },
    );
  });
});
