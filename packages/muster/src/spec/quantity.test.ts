import { expect, test } from "vitest";
import { readCount } from "./quantity-count.ts";
import { readDay } from "./quantity-day.ts";
import { readNumber } from "./quantity-number.ts";
import { readRate } from "./quantity-rate.ts";
import { readShare } from "./quantity-share.ts";
import { readSize } from "./quantity-size.ts";
import type { Reading } from "./reading.ts";

function says(reading: Reading<unknown>): string {
  return reading.ok ? JSON.stringify(reading.value) : `${reading.code} ${reading.message}`;
}

const bare = { unit: null, least: 1, fractions: "refused" } as const;
const cpus = { unit: "vCPU", least: 0, fractions: "allowed" } as const;

test("shares are percentages or fractions", () => {
  expect(says(readShare("3%"))).toBe('{"kind":"share","value":0.03,"text":"3%"}');
  expect(says(readShare(0.03))).toBe('{"kind":"share","value":0.03,"text":"0.03"}');
  expect(says(readShare("99.9 %"))).toBe('{"kind":"share","value":0.999,"text":"99.9 %"}');
  expect(says(readShare(1))).toBe('{"kind":"share","value":1,"text":"1"}');
  expect(says(readShare(92))).toBe("MU-A103 Expected a share; 92 lies outside of 0 to 1. Did you mean 92%?");
  expect(says(readShare("120%"))).toBe("MU-A224 120% is not a share: it lies outside of 0% to 100%.");
  expect(says(readShare(-0.1))).toBe("MU-A224 Expected a share; -0.1 lies outside of 0 to 1.");
  expect(says(readShare(Number.NaN))).toBe("MU-A221 NaN is not a finite number.");
  for (const value of ["%", "a%", "", null, [], "1%%"])
    expect(readShare(value).ok, String(value)).toBe(false);
});

test("rates are so many a second, minute, hour or day", () => {
  expect(says(readRate("500/s"))).toBe('{"kind":"rate","perSecond":500,"text":"500/s"}');
  expect(says(readRate("30/m"))).toBe('{"kind":"rate","perSecond":0.5,"text":"30/m"}');
  expect(says(readRate("7_200 / h"))).toBe('{"kind":"rate","perSecond":2,"text":"7_200 / h"}');
  expect(says(readRate(500))).toBe("MU-A103 Expected a rate with its unit, such as 500/s; 500 has none.");
  expect(says(readRate("500 rps"))).toBe('MU-A103 "rps" is not the unit of a rate. Did you mean 500/s?');
  expect(says(readRate("5/minute"))).toBe('MU-A103 "minute" is not the unit of a rate. Did you mean 5/m?');
  for (const value of ["0/s", "-5/s", "/s", "5/", "5s/", null, {}])
    expect(readRate(value).ok, String(value)).toBe(false);
});

test("sizes are decimal or binary, and never mixed up", () => {
  expect(says(readSize("10MiB"))).toBe('{"kind":"size","bytes":10485760,"text":"10MiB"}');
  expect(says(readSize("2GB"))).toBe('{"kind":"size","bytes":2000000000,"text":"2GB"}');
  expect(says(readSize("1kB"))).toBe('{"kind":"size","bytes":1000,"text":"1kB"}');
  expect(says(readSize("1.5 KiB"))).toBe('{"kind":"size","bytes":1536,"text":"1.5 KiB"}');
  expect(says(readSize(512))).toBe("MU-A103 Expected a size with its unit, such as 512MiB; 512 has none.");
  expect(says(readSize("10mb"))).toBe('MU-A103 "mb" is not a unit of size. Did you mean 10MB?');
  expect(says(readSize("10M"))).toBe(
    'MU-A103 "M" is not a unit of size. Did you mean 10MiB (powers of 1024) or 10MB (powers of 1000)?',
  );
  // Megabits for some, a slip for others.
  expect(says(readSize("10Mb"))).toBe(
    'MU-A103 "Mb" is not a unit of size. Did you mean 10MiB (powers of 1024) or 10MB (powers of 1000)?',
  );
  for (const value of ["0B", "-1MB", "MB", "9999999TiB", null, "1 2MB"])
    expect(readSize(value).ok, String(value)).toBe(false);
});

test("counts are whole unless a unit allows halves", () => {
  expect(says(readCount("1_000_000", bare))).toBe(
    '{"kind":"count","value":1000000,"unit":null,"text":"1_000_000"}',
  );
  expect(says(readCount(5, bare))).toBe('{"kind":"count","value":5,"unit":null,"text":"5"}');
  expect(says(readCount("0.5 vCPU", cpus))).toBe(
    '{"kind":"count","value":0.5,"unit":"vCPU","text":"0.5 vCPU"}',
  );
  expect(says(readCount(2, cpus))).toBe(
    "MU-A103 Expected a number with its unit, such as 2 vCPU; 2 has none.",
  );
  expect(says(readCount("2 cores", cpus))).toBe('MU-A103 "cores" is not vCPU. Did you mean 2 vCPU?');
  expect(says(readCount("10k", bare))).toBe(
    'MU-A103 Expected a number without a unit, found "10k". Did you mean 10_000?',
  );
  expect(says(readCount(1.5, bare))).toBe("MU-A224 1.5 is not a whole number.");
  expect(says(readCount(0, bare))).toBe("MU-A224 0 is too small: the least is 1.");
  expect(says(readCount(1e300, bare))).toMatch(/^MU-A224 .*too large/);
  expect(says(readCount(Number.POSITIVE_INFINITY, bare))).toBe("MU-A221 Infinity is not a finite number.");
  for (const value of ["many", "", null, "1__0", "_1"])
    expect(readCount(value, bare).ok, String(value)).toBe(false);
});

test("days are those of the calendar", () => {
  expect(says(readDay("2001-01-31"))).toBe('{"kind":"day","startMs":980899200000,"text":"2001-01-31"}');
  expect(readDay("2000-02-29").ok).toBe(true);
  // 1900 was no leap year in the Gregorian calendar, 2000 was.
  expect(says(readDay("1900-02-29"))).toBe("MU-A229 The calendar has no 1900-02-29: that month has 28 days.");
  expect(says(readDay("2001-13-01"))).toBe(
    "MU-A229 The calendar has no 2001-13-01: months go from 01 to 12.",
  );
  expect(says(readDay("2001/1/5"))).toBe('MU-A229 "2001/1/5" is not a day. Did you mean 2001-01-05?');
  expect(says(readDay("1/2/2001"))).toBe('MU-A229 "1/2/2001" is not a day.');
  for (const value of [20010131, null, "0000-01-01", "2001-04-31", "2001-01-00"]) {
    expect(readDay(value).ok, String(value)).toBe(false);
  }
});

test("numbers may be grouped by underscores, and are finite", () => {
  expect(says(readNumber("1_000_000"))).toBe("1000000");
  expect(says(readNumber("-1_000.5"))).toBe("-1000.5");
  expect(says(readNumber("1e-3"))).toBe("0.001");
  expect(says(readNumber(Number.NEGATIVE_INFINITY))).toBe("MU-A221 -Infinity is not a finite number.");
  expect(says(readNumber("85%"))).toBe('MU-A103 "85%" is a percentage where a plain number is due.');
  for (const value of ["", "1_", "_1", "1__0", "0x10", "1,000", "1e999", null, true]) {
    expect(readNumber(value).ok, String(value)).toBe(false);
  }
});
