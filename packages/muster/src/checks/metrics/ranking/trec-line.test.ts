import fc from "fast-check";
import { expect, test } from "vitest";
import { readQrelsLine, readRunLine } from "./trec-line.ts";

test("fields stand apart by any spaces and tabs, and the rank is not read", () => {
  expect(readRunLine("301\tQ0\tFR94\t104\t  2.129133\tSTANDARD more junk\r")).toEqual({
    query: "301",
    document: "FR94",
    score: 2.129133,
  });
  expect(readRunLine("q 0 d not-a-rank -1e-3 t")).toEqual({ query: "q", document: "d", score: -0.001 });
  expect(readQrelsLine("301 0 CR93E-1282 1")).toEqual({ query: "301", document: "CR93E-1282", relevance: 1 });
  expect(readQrelsLine("301 0 CR93E-1282 -1")).toMatchObject({ relevance: -1 });
  expect(readRunLine("  \r")).toBeNull();
  expect(readQrelsLine("")).toBeNull();
});

test("a line that is something else is told in words", () => {
  for (const line of ["301 Q0 d", "301 Q0 d 1 NaN t", "301 Q0 d 1 Infinity t", "301 Q0 d 1 high t"]) {
    expect(readRunLine(line)).toEqual(expect.any(String));
  }
  for (const line of ["301 0 d", "301 0 d 1.5", "301 0 d yes"]) {
    expect(readQrelsLine(line)).toEqual(expect.any(String));
  }
});

test("no line throws", () => {
  fc.assert(
    fc.property(fc.string(), (line) => {
      readRunLine(line);
      readQrelsLine(line);
    }),
  );
});
