import fc from "fast-check";
import { expect, test } from "vitest";
import { delongErrorSlack, delongVariance } from "./delong.ts";
import { rocAuc, rocAucHalfWidth, type ScoreCells } from "./roc-auc.ts";

const rows = fc.array(fc.record({ score: fc.integer({ min: 0, max: 40 }), positive: fc.boolean() }), {
  minLength: 4,
  maxLength: 60,
});

function cellsOf(
  all: readonly { readonly score: number; readonly positive: boolean }[],
  width: number,
): ScoreCells {
  const count = Math.floor(40 / width) + 1;
  const [positives, negatives] = [new Float64Array(count), new Float64Array(count)];
  for (const { score, positive } of all) {
    const side = positive ? positives : negatives;
    const at = Math.floor(score / width);
    side[at] = (side[at] ?? 0) + 1;
  }
  return { positives, negatives };
}

test("wider cells move an AUC and its standard error by no more than is said", () => {
  fc.assert(
    fc.property(rows, fc.integer({ min: 2, max: 40 }), (all, width) => {
      const [exact, cells] = [cellsOf(all, 1), cellsOf(all, width)];
      const [a, b] = [rocAuc(exact), rocAuc(cells)];
      if (a.kind !== "value" || b.kind !== "value") return;
      expect(Math.abs(a.value - b.value)).toBeLessThanOrEqual(rocAucHalfWidth(cells) + 1e-12);
      const errors = [Math.sqrt(delongVariance(exact, a.value)), Math.sqrt(delongVariance(cells, b.value))];
      const [e = Number.NaN, c = Number.NaN] = errors;
      if (Number.isNaN(e)) return;
      expect(Math.abs(e - c)).toBeLessThanOrEqual(delongErrorSlack(cells) + 1e-12);
    }),
  );
});
