import { expect, test } from "vitest";
import { editDistance, suggest } from "./suggest.ts";

const keys = ["latency", "throughput", "rollback", "shadow", "canary", "log", "at_least", "at_most"];

test("a slip finds the name that was meant", () => {
  expect(suggest("latencey", keys)).toBe("latency");
  expect(suggest("lateny", keys)).toBe("latency");
  expect(suggest("latnecy", keys)).toBe("latency");
  expect(suggest("throughtput", keys)).toBe("throughput");
  expect(suggest("lgo", keys)).toBe("log");
});

test("case, hyphens and underscores count as no difference", () => {
  expect(suggest("At-Least", keys)).toBe("at_least");
  expect(suggest("atmost", keys)).toBe("at_most");
});

test("a name that is near to none gets no suggestion", () => {
  for (const name of ["", "owner", "x", "no", "ab", "completely_different"])
    expect(suggest(name, keys), name).toBeNull();
});

test("long names are not compared", () => {
  expect(suggest("a".repeat(65), ["a".repeat(64)])).toBeNull();
  expect(suggest("latency", ["l".repeat(65)])).toBeNull();
});

test("distances are those of optimal string alignment", () => {
  // "CA" to "ABC" is the textbook case where it differs from the unrestricted Damerau-Levenshtein distance (2).
  expect(editDistance("ca", "abc")).toBe(3);
  expect(editDistance("kitten", "sitting")).toBe(3);
  expect(editDistance("ab", "ba")).toBe(1);
  expect(editDistance("", "abc")).toBe(3);
});
