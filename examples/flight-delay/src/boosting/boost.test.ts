import { expect, test } from "vitest";
import { generator } from "../testing/made-up-flights.ts";
import { type BoostRules, boost } from "./boost.ts";
import { sigmoid } from "./exact-math.ts";
import { scoreRow } from "./score.ts";

const RULES: BoostRules = {
  trees: 20,
  maxDepth: 3,
  learningRate: 0.3,
  lambda: 1,
  minHessian: 2,
  maxBins: 32,
};

/** Exclusive or with one label in ten turned over: no single feature tells anything. */
function exclusiveOr(rows: number): { a: Float32Array; b: Float32Array; labels: Uint8Array } {
  const random = generator(7);
  const a = Float32Array.from({ length: rows }, random);
  const b = Float32Array.from({ length: rows }, random);
  const labels = Uint8Array.from(a, (x, i) => Number((x > 0.5 !== (b[i] ?? 0) > 0.5) !== random() < 0.1));
  return { a, b, labels };
}

function columnsOf({ a, b }: { a: Float32Array; b: Float32Array }) {
  return [
    { name: "a", values: a },
    { name: "b", values: b },
  ];
}

const data = exclusiveOr(4000);

test("boosting learns an interaction that no feature shows alone", () => {
  const model = boost(columnsOf(data), data.labels, RULES);
  const same = scoreRow(model, [0.9, 0.9]);
  const different = scoreRow(model, [0.1, 0.9]);
  expect(same).toBeLessThan(0.2);
  expect(different).toBeGreaterThan(0.8);
});

test("scoring a row gives what training gave it", () => {
  const scores = new Float64Array(data.labels.length);
  const model = boost(columnsOf(data), data.labels, RULES, scores);
  scores.forEach((logOdds, row) => {
    expect(scoreRow(model, [data.a[row] ?? 0, data.b[row] ?? 0])).toBe(sigmoid(logOdds));
  });
});

test("the order of the rows does not change a bit of the model", () => {
  const turned = {
    a: data.a.slice().reverse(),
    b: data.b.slice().reverse(),
    labels: data.labels.slice().reverse(),
  };
  expect(boost(columnsOf(turned), turned.labels, RULES)).toEqual(boost(columnsOf(data), data.labels, RULES));
});

test("no tree is deeper than allowed, thresholds are float32 and leaves multiples of 2^-16", () => {
  const model = boost(columnsOf(data), data.labels, RULES);
  for (const { nodes } of model.trees) {
    const depth = (id: number): number => {
      const node = nodes[id];
      return node === undefined || node.feature < 0 ? 0 : 1 + Math.max(depth(node.left), depth(node.right));
    };
    expect(depth(0)).toBeLessThanOrEqual(RULES.maxDepth);
    for (const node of nodes) {
      expect(Math.fround(node.threshold)).toBe(node.threshold);
      expect(Number.isInteger(node.value * 65_536)).toBe(true);
    }
  }
});
