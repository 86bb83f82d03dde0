import { expect, test } from "vitest";
import { confusionMatrix, MemoryEngine, type MusterError, measure, measuring } from "../index.ts";

const rows = [
  { y: 1, s: 0.9, p: 1, w: 2, g: "a" },
  { y: 0, s: 0.8, p: 1, w: 1, g: "a" },
  { y: 1, s: 0.7, p: 0, w: 1, g: "b" },
  { y: 0, s: 0.1, p: 0, w: 3, g: "b" },
  { y: null, s: 0.5, p: 0, w: 1, g: "b" },
];
const engine = MemoryEngine.of({ t: rows });
const columns = { table: "t", label: "y", positive: 1 };

/** What a wrong question is answered with. */
function refused(...asked: Parameters<typeof measuring>): Pick<MusterError, "code" | "message" | "hint"> {
  try {
    measuring(...asked);
  } catch (caught) {
    const { code, message, hint } = caught as MusterError;
    return { code, message, hint };
  }
  throw new Error("nothing was wrong");
}

test("a metric is asked for by its name or alias, with groups by columns or dimensions", async () => {
  const { all, groups } = await measure(
    engine,
    measuring("roc_auc_score", { ...columns, score: "s" }, { by: ["g"] }),
  );
  // Of the four pairs three are in order.
  expect(all).toMatchObject({ kind: "value", value: 3 / 4, rows: 4 });
  expect(groups.map(({ keys }) => keys)).toEqual([["a"], ["b"]]);
  const bins = { kind: "bins", column: "s", edges: [0, 0.5, 1] } as const;
  const found = await measure(
    engine,
    measuring("accuracy", { ...columns, prediction: "p" }, { by: [bins, "g"] }),
  );
  expect(found.groups.length).toBeGreaterThan(2);
});

test("what is wrong with a question is said before a table is read", () => {
  const scored = { ...columns, score: "s" };
  expect(refused("roc_aux", scored)).toEqual({
    code: "call/bad-argument",
    message: 'There is no metric "roc_aux".',
    hint: "Did you mean roc_auc?",
  });
  expect(refused("zzzzzzzzzzzz", scored).hint).toBe("metricNames() lists them.");
  expect(refused("__proto__", scored).code).toBe("call/bad-argument");
  expect(refused("ndcg", { ...scored, query: "g" }, { params: { cut: 1 } }).message).toBe(
    'ndcg has no parameter "cut".',
  );
  expect(refused("roc_auc", columns).message).toBe("roc_auc cannot be measured: it needs a score column.");
});

test("a confusion matrix counts rows or weights by true and predicted class, the listed classes first", async () => {
  const predicted = { ...columns, prediction: "p" };
  const counts = [
    [1, 1],
    [1, 1],
  ];
  expect(await confusionMatrix(engine, predicted)).toEqual({
    kind: "matrix",
    classes: ["0", "1"],
    counts,
    rows: 4,
  });
  expect(await confusionMatrix(engine, { ...predicted, weight: "w" }, ["1", "2"])).toMatchObject({
    classes: ["1", "2", "0"],
    counts: [
      [2, 0, 1],
      [0, 0, 0],
      [1, 0, 3],
    ],
  });
  expect(await confusionMatrix(engine, { ...columns, score: "s", threshold: 0.75 })).toMatchObject({
    classes: ["negative", "positive"],
    counts,
  });
  await expect(confusionMatrix(engine, columns)).rejects.toMatchObject({ code: "call/bad-argument" });
  const silent = MemoryEngine.of({ t: [...rows, { y: 1, p: null }] });
  expect(await confusionMatrix(silent, predicted)).toMatchObject({
    kind: "undefined",
    because: expect.stringContaining("no prediction"),
  });
});
