import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { editDistance } from "./edit-distance.ts";
import { commonLength, commonPlaces } from "./longest-common-subsequence.ts";
import { NgramOverlap } from "./ngram-overlap.ts";
import { passAtK, passHatK } from "./pass-at-k.ts";
import { translationEdits } from "./translation-edits.ts";

const tokens = fc
  .array(fc.integer({ min: 0, max: 3 }), { maxLength: 110 })
  .map((list) => Int32Array.from(list));

/** The textbook's table, for what is computed by blocks of bits. */
function table(a: Int32Array, b: Int32Array, edits: boolean): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => (edits ? j : 0));
  for (let i = 1; i <= a.length; i++) {
    const next = [edits ? i : 0];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const [up = 0, left = 0, diagonal = 0] = [row[j], next[j - 1], row[j - 1]];
      next.push(
        edits
          ? Math.min(up + 1, left + 1, diagonal + (same ? 0 : 1))
          : same
            ? diagonal + 1
            : Math.max(up, left),
      );
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

describe("sequences of any length, over several blocks of bits", () => {
  test("have the edit distance of the textbook's table", () => {
    fc.assert(
      fc.property(tokens, tokens, (a, b) => {
        expect(editDistance(a, b)).toBe(table(a, b, true));
      }),
      { numRuns: 300 },
    );
  });

  test("have the common subsequence of the textbook's table, and its places are one", () => {
    fc.assert(
      fc.property(tokens, tokens, (a, b) => {
        const length = table(a, b, false);
        expect(commonLength(a, b)).toBe(length);
        const places = commonPlaces(a, b).reverse();
        expect(places).toHaveLength(length);
        let from = 0;
        for (const place of places) {
          from = b.indexOf(a[place] ?? -1, from) + 1;
          expect(from).toBeGreaterThan(0);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("share the n-grams that counting texts finds", () => {
    const overlap = new NgramOverlap();
    const grams = (of: Int32Array, n: number) =>
      Array.from({ length: Math.max(0, of.length - n + 1) }, (_, i) => of.slice(i, i + n).join());
    fc.assert(
      fc.property(tokens, fc.array(tokens, { minLength: 1, maxLength: 3 }), (text, references) => {
        const found = overlap.count(text, references, 5);
        for (let n = 1; n <= 5; n++) {
          const times = (list: readonly string[], one: string) => list.filter((each) => each === one).length;
          const own = grams(text, n);
          const matches = [...new Set(own)].reduce((sum, one) => {
            const most = Math.max(...references.map((reference) => times(grams(reference, n), one)));
            return sum + Math.min(times(own, one), most);
          }, 0);
          expect(found.totals[n - 1]).toBe(own.length);
          expect(found.matches[n - 1]).toBe(matches);
        }
      }),
      { numRuns: 200 },
    );
  });

  test("never take more edits with moved phrases than without", () => {
    fc.assert(
      fc.property(tokens, tokens, (a, b) => {
        fc.pre(Math.abs(a.length - b.length) < 20);
        expect(translationEdits(a, b) ?? 0).toBeLessThanOrEqual(table(a, b, true));
      }),
      { numRuns: 100 },
    );
  });
});

test("samples that pass: one of k, and all of k", () => {
  expect(passAtK(10, 3, 5)).toBeCloseTo(1 - 21 / 252, 12);
  expect(passHatK(10, 3, 2)).toBeCloseTo(3 / 45, 12);
  expect(passAtK(10, 0, 5)).toBe(0);
  expect(passHatK(10, 3, 4)).toBe(0);
  for (const [n, c, k] of [
    [5, 6, 1],
    [5, 1, 6],
    [-1, 0, 1],
    [2.5, 1, 1],
  ] as const) {
    expect(passAtK(n, c, k)).toBeNaN();
    expect(passHatK(n, c, k)).toBeNaN();
  }
});
