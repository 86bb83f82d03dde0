import fc from "fast-check";
import { expect, test } from "vitest";
import { claimId } from "./claim-id.ts";

test("an id is the path as a label", () => {
  expect(claimId("evaluation.primary[origin=ORD]", new Set())).toBe("evaluation-primary-origin-ord");
  expect(claimId("contract.inputs.distance.range", new Set())).toBe("contract-inputs-distance-range");
});

test("paths that differ only in letters that a label drops keep ids of their own", () => {
  const taken = new Set<string>();
  const ids = ["a[x=A]", "a[x=a]", "a[x=(a)]"].map((path) => claimId(path, taken));
  expect(new Set(ids).size).toBe(3);
  expect(ids[0]).toBe("a-x-a");
});

test("any path gives a label that is legal everywhere, and no two the same", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ maxLength: 200 }), { maxLength: 30 }), (paths) => {
      const taken = new Set<string>();
      const ids = paths.map((path) => claimId(path, taken));
      expect(new Set(ids).size).toBe(paths.length);
      for (const id of ids) expect(id).toMatch(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
    }),
  );
});

test("a path that comes again and again has a label of its own each time", () => {
  const taken = new Set<string>();
  const ids = Array.from({ length: 40 }, () => claimId("evaluation.secondary.recall", taken));
  expect(new Set(ids).size).toBe(40);
  expect(ids[0]).toBe("evaluation-secondary-recall");
});
