import { describe, expect, test } from "vitest";
import { inputOf, measure, named } from "./fixtures/measuring.ts";
import type { Cell, Table } from "./fixtures/table.ts";
import type { MetricColumns } from "./metric.ts";
import { readParams } from "./params.ts";

const tableOf = (rows: Readonly<Record<string, readonly Cell[]>>): Table => new Map(Object.entries(rows));
const common = { table: "rows", label: "label" };

function unmet(
  name: string,
  columns: MetricColumns,
  given: Readonly<Record<string, unknown>> = {},
): string | null {
  const read = readParams(named(name), given);
  if (read.kind === "wrong") throw new Error(read.because);
  return named(name).unmet({ columns, params: read.params });
}

describe("several labels a row", () => {
  const labels = [
    { class: "a", column: "a" },
    { class: "b", column: "b" },
  ];
  const predictions = [
    { class: "a", column: "fa" },
    { class: "b", column: "fb" },
  ];
  const sets: MetricColumns = { ...common, labels, predictions };
  const scores = predictions;

  test("are refused by every metric that judges one", () => {
    for (const name of ["roc_auc", "log_loss", "matthews_corrcoef", "bias", "expected_cost", "custom_loss"]) {
      expect(unmet(name, { ...sets, score: "s", positive: 1 })).toBe(
        "it judges one label a row, not several",
      );
    }
  });

  test.each([
    ["f1", sets, {}, "several labels a row need an average other than binary"],
    ["f1", { ...sets, predictions: [] }, { average: "macro" }, "class a needs its predicted column"],
    [
      "f1",
      { ...common, labels, scores },
      { average: "macro" },
      "it needs the threshold from which a score means that the row has the label",
    ],
    [
      "f1",
      { ...common, prediction: "p" },
      { average: "samples" },
      "an average over samples needs several labels a row",
    ],
    ["accuracy", { ...sets, labels: [...labels, ...labels] }, {}, "a class has more than one label column"],
    ["coverage_error", sets, {}, "class a needs its score column"],
    ["coverage_error", { ...common, scores }, {}, "it needs 1 to 500 label columns"],
    [
      "mean_absolute_error",
      { ...common, labels, predictions: predictions.slice(1) },
      {},
      "output a needs one column with its predicted number",
    ],
  ] as const)("%s says what is missing (%#)", (name, columns, given, words) => {
    expect(unmet(name, columns, given)).toBe(words);
  });

  test("that are missing in part, or no 0 and no 1, leave it undefined", async () => {
    const rows = { a: [1, 0, null], b: [0, 1, null], fa: [1, 1, 1], fb: [0, 1, 1] };
    expect(await measure("accuracy", sets, tableOf(rows))).toMatchObject({ value: 0.5, rows: 2 });
    expect(await measure("accuracy", sets, tableOf({ ...rows, a: [1, 0, 1] }))).toMatchObject({
      because: "in 1 of 3 labelled rows some labels are missing",
    });
    expect(await measure("hamming_loss", sets, tableOf({ ...rows, fb: [2, 1, 1] }))).toMatchObject({
      because: "in 1 of 2 rows a label is neither 0 nor 1",
    });
  });

  test("may be true and false, or predicted from a score by a threshold", async () => {
    const table = tableOf({ a: [true, false], b: [false, true], fa: [0.9, 0.5], fb: [0.1, 0.4] });
    const columns = { ...common, labels, scores, threshold: 0.5 };
    expect(await measure("f1", columns, table, { average: "none", zero_division: 0 })).toMatchObject({
      classes: [
        { class: "a", result: { value: 2 / 3 } },
        { class: "b", result: { value: 0 } },
      ],
    });
  });

  test("of one class keep the exact facts of a proportion", async () => {
    const table = tableOf({ a: [1, 1, 0], b: [0, 0, 0], fa: [1, 0, 1], fb: [0, 0, 0] });
    const found = await measure("recall", sets, table, { average: "none" });
    expect(found).toMatchObject({
      classes: [
        { result: { value: 0.5, facts: { successes: 1, trials: 2 } } },
        { result: { kind: "undefined", because: "it is 0/0 for class b" } },
      ],
    });
  });
});

describe("several classes of one score each", () => {
  const scores = ["x", "y", "z"].map((own) => ({ class: own, column: own }));
  const rows = { label: ["x", "y", "y"], x: [0.5, 0.2, 0.2], y: [0.5, 0.8, 0.2], z: [0, 0, 0.6] };

  test("need to know how they are compared, and a row of each", async () => {
    expect(unmet("roc_auc", { ...common, scores })).toContain("multi_class: ovr or ovo");
    expect(unmet("roc_auc", { ...common, scores }, { multi_class: "ovo", average: "micro" })).toContain(
      "no micro",
    );
    const ovr = await measure("roc_auc", { ...common, scores }, tableOf(rows), { multi_class: "ovr" });
    expect(ovr).toMatchObject({ because: "no row is of class z" });
    const strange = tableOf({ ...rows, label: ["x", "y", "w"] });
    const words = { because: "in 1 of 3 rows the class has no score column" };
    expect(await measure("roc_auc", { ...common, scores }, strange, { multi_class: "ovo" })).toMatchObject(
      words,
    );
    expect(await measure("top_k_accuracy", { ...common, scores }, strange)).toMatchObject(words);
  });

  test("have their ties broken towards the class that is listed last", async () => {
    const found = await measure("top_k_accuracy", { ...common, scores }, tableOf(rows), { k: 1 });
    expect(found).toMatchObject({ value: 1 / 3, facts: { successes: 1, trials: 3 } });
    const turned = { ...common, scores: scores.toReversed() };
    expect(await measure("top_k_accuracy", turned, tableOf(rows), { k: 1 })).toMatchObject({ value: 2 / 3 });
  });
});

describe("predicted numbers", () => {
  const numbers: MetricColumns = { ...common, prediction: "prediction" };

  test("of equal truths have an r2 in floating point alone, which is never a value", async () => {
    const of = (prediction: readonly number[]) =>
      measure("r2", numbers, tableOf({ label: [2, 2], prediction }), { force_finite: false });
    expect(await of([2, 3])).toMatchObject({ kind: "undefined", as: "-Infinity" });
    expect(await of([2, 2])).toMatchObject({ kind: "undefined", as: "NaN", because: "all truths are equal" });
    expect(inputOf(named("r2"), numbers).params.get("force_finite")).toBe("undefined");
  });

  test.each([
    ["mean_poisson_deviance", {}, [-1, 1], [1, 1], "label is below 0"],
    ["mean_poisson_deviance", {}, [0, 1], [0, 1], "prediction is not above 0"],
    ["mean_gamma_deviance", {}, [0, 1], [1, 1], "label is not above 0"],
    ["d2_tweedie", { power: 2 }, [0, 1], [1, 1], "label is not above 0"],
  ] as const)(
    "outside of the domain of %s leave it undefined (%#)",
    async (name, given, label, prediction, words) => {
      const found = await measure(name, numbers, tableOf({ label, prediction }), given);
      expect(found).toMatchObject({ kind: "undefined", because: expect.stringContaining(words) });
    },
  );

  test("have no deviance of a power that has no distribution", () => {
    expect(unmet("mean_tweedie_deviance", numbers, { power: 0.5 })).toContain("no Tweedie distribution");
  });

  test("with truths of 0 have a weighted percentage error, unless all are", async () => {
    const of = (label: readonly number[]) => measure("wape", numbers, tableOf({ label, prediction: [1, 3] }));
    expect(await of([0, 2])).toMatchObject({ value: 1 });
    expect(await of([0, 0])).toMatchObject({ because: "all truths or all weights are 0" });
    const smape = await measure("smape", numbers, tableOf({ label: [0, 0], prediction: [0, 1] }));
    expect(smape).toMatchObject({ value: 1 });
  });

  test("that only tie have no rank correlation", async () => {
    const table = tableOf({ label: [1, 1], prediction: [1, 2] });
    expect(await measure("spearman", numbers, table)).toMatchObject({
      because: "one of the two is constant",
    });
  });
});

describe("costs", () => {
  const classes: MetricColumns = { ...common, prediction: "prediction" };
  const table = tableOf({ label: ["a", "b", "b", "a"], prediction: ["a", "a", "b", "b"] });
  const costs = [
    [0, 2],
    [10, -1],
  ];

  test("are added up by true and predicted class, in the order of labels", async () => {
    expect(await measure("expected_cost", classes, table, { costs })).toMatchObject({
      value: (0 + 10 - 1 + 2) / 4,
    });
    const turned = await measure("expected_cost", classes, table, { costs, labels: ["b", "a"] });
    expect(turned).toMatchObject({ value: (-1 + 2 + 0 + 10) / 4 });
    const text = await measure("expected_utility", classes, table, { utilities: "[[0, -2], [-10, 1]]" });
    expect(text).toMatchObject({ value: -(0 + 10 - 1 + 2) / 4 });
  });

  test("need a square for all classes", async () => {
    expect(unmet("expected_cost", classes)).toContain("(costs)");
    for (const wrong of [
      [[1]],
      [[1, 2]],
      [
        [1, 2],
        [3, "4"],
      ],
      "[[0, 1], [1",
      5,
    ]) {
      const read = readParams(named("expected_cost"), { costs: wrong });
      if (read.kind === "params") expect(unmet("expected_cost", classes, { costs: wrong })).not.toBeNull();
    }
    const three = await measure(
      "expected_cost",
      classes,
      tableOf({ label: ["a", "b"], prediction: ["c", "c"] }),
      { costs },
    );
    expect(three).toMatchObject({
      kind: "undefined",
      because: expect.stringContaining("there are 3 classes"),
    });
  });
});

describe("alarms", () => {
  const columns: MetricColumns = { ...common, event: "event", prediction: "alarm", positive: 1, time: "at" };
  const day = (n: number): string => `2024-01-0${n}`;
  const table = tableOf({
    label: [1, 1, 1, 0, 0, 0],
    event: ["e1", "e1", "e2", null, null, null],
    alarm: [0, 1, 0, 1, 1, 0],
    at: [1, 2, 3, 4, 5, 6].map(day),
  });

  test("find an event by one of its rows, and are false one by one outside", async () => {
    expect(await measure("event_recall", columns, table)).toMatchObject({
      value: 1 / 2,
      facts: { successes: 1, trials: 2 },
    });
    // Its bound looks at days, for which texts have to be read as times first.
    const { time: _, ...timeless } = columns;
    expect(await measure("event_precision", timeless, table)).toMatchObject({ value: 1 / 3 });
    const quiet = new Map(table).set("alarm", [0, 0, 0, 0, 0, 0]);
    expect(await measure("event_precision", timeless, quiet)).toMatchObject({ because: "there is no alarm" });
    const calm = new Map(table).set("event", [null, null, null, null, null, null]);
    expect(await measure("event_recall", columns, calm)).toMatchObject({
      because: "no row belongs to an event",
    });
    expect(unmet("event_recall", { ...columns, weight: "w" })).toContain("whatever its rows weigh");
  });

  test("are counted by day", async () => {
    expect(await measure("false_alarms_per_day", columns, table, { days: 4 })).toMatchObject({
      value: 0.5,
      facts: { poisson_count: 2, exposure: 4 },
    });
    expect(unmet("false_alarms_per_day", { ...common, prediction: "alarm", positive: 1 })).toContain(
      "(days)",
    );
  });

  test("that nobody has time for are not looked at", async () => {
    const scored = tableOf({ label: [1, 0, 1, 0, 0], score: [0.9, 0.8, 0.3, 0.2, 0.1] });
    const score: MetricColumns = { ...common, score: "score", positive: 1 };
    expect(await measure("alert_precision", score, scored, { k: 2 })).toMatchObject({ value: 0.5 });
    expect(await measure("alert_recall", score, scored, { share: 0.6 })).toMatchObject({ value: 1 });
    expect(await measure("lift", score, scored, { k: 1 })).toMatchObject({ value: 1 / (2 / 5) });
    expect(unmet("lift", score)).toContain("k, or share");
    expect(unmet("lift", score, { k: 1, share: 0.5 })).toContain("k, or share");
  });
});
