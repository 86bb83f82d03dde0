import { describe, expect, test } from "vitest";
import { registry } from "../checks/registry.ts";
import type { Verdict } from "../claims/verdict.ts";
import { MemoryEngine } from "../engine/memory/memory-engine.ts";
import type { MemoryRow } from "../engine/memory/memory-table.ts";
import { functionModel } from "../model/function-model.ts";
import type { Model, Tensor } from "../model/model.ts";
import { evaluate } from "./evaluate.ts";
import { now, toy, toySpec } from "./fixtures/toy.ts";

// The same table was made in Python, and every number below is scikit-learn's 1.9.1 (or numpy's average) on it.

const kinds = ["bird", "cat", "dog"];

const rows: readonly MemoryRow[] = Array.from({ length: 600 }, (_, i) => {
  const [a, b, c] = [(i * 37) % 101, (i * 61) % 103, (i * 89) % 107];
  const told = [a + 2 * ((i * 13) % 50), b + 2 * ((i * 29) % 53), c + 2 * ((i * 41) % 59)];
  const block = Math.floor(i / 2);
  return {
    id: `r${i}`,
    a,
    b,
    c,
    kind: kinds[told.indexOf(Math.max(...told))] ?? null,
    seats: 1 + (i % 4),
    side: i % 3 === 0 ? "north" : "south",
    has_a: a + ((i * 17) % 90) > 95 ? 1 : 0,
    has_b: b + ((i * 19) % 90) > 95 ? 1 : 0,
    amount: a + ((i * 53) % 41) - 20,
    amount_b: b + ((i * 31) % 7),
    storm: block % 3 === 0 ? `storm ${block}` : null,
    at: new Date(Date.UTC(2025, 0, 1) + i * 3_600_000),
    verified: true,
  };
});

const spec = (primary: string, more = ""): string =>
  toySpec
    .replace("column: coin", "column: b")
    .replace(
      /inputs:[\s\S]*?data:\n/,
      `inputs:
${["a", "b", "c"].map((name) => `    - {name: ${name}, type: float, required: true, range: [0, 200]}`).join("\n")}
  outputs:
    - {name: rank, type: score, decide: {at: 0.5, positive: yes, negative: no}}
    - {name: rank_b, type: score, decide: {at: 0.5, positive: yes, negative: no}}
    - {name: p, type: embedding}
    - {name: says_a, type: label, values: [0, 1]}
    - {name: says_b, type: label, values: [0, 1]}
    - {name: value, type: number}
    - {name: value_b, type: number}
    - {name: low, type: number}
    - {name: high, type: number}
data:
  time: {column: at}
`,
    )
    .replace(/label: \{.*\}/, "label: {column: kind, positive: bird}")
    .replace("controls: [contract.inputs.weight.range]", "controls: [contract.inputs.a.range]")
    .replace(
      /primary: .*\n {2}subgroups:\n.*\n/,
      `primary: ${primary}\n  subgroups:\n    - {by: side, values: [north, south]}\n${more}`,
    );

const column = (name: string, data: Float64Array): Tensor => ({
  name,
  datatype: "FP64",
  shape: [data.length, 1],
  data,
});

/** A model is closed behind an evaluation. */
const newModel = (): Model =>
  functionModel(
    {
      platform: "onnx_onnxv1",
      inputs: ["a", "b", "c"].map((name) => ({ name, datatype: "FP64", shape: [-1, 1] })),
      outputs: [
        ...["rank", "rank_b", "says_a", "says_b", "value", "value_b", "low", "high"].map(
          (name) => ({ name, datatype: "FP64", shape: [-1, 1] }) as const,
        ),
        { name: "p", datatype: "FP64", shape: [-1, 3] },
      ],
    },
    (tensors) => {
      const [a = new Float64Array(), b = new Float64Array(), c = new Float64Array()] = tensors.map(
        ({ data }) => data as Float64Array,
      );
      const p = new Float64Array(3 * a.length);
      for (let i = 0; i < a.length; i++) {
        const each = [1 + (a[i] ?? 0), 1 + (b[i] ?? 0), 1 + (c[i] ?? 0)];
        const sum = each.reduce((all, one) => all + one, 0);
        each.forEach((one, k) => {
          p[3 * i + k] = one / sum;
        });
      }
      return [
        column(
          "rank",
          a.map((x) => x / 101),
        ),
        column(
          "rank_b",
          b.map((x) => x / 103),
        ),
        column(
          "says_a",
          a.map((x) => (x > 50 ? 1 : 0)),
        ),
        column(
          "says_b",
          b.map((x) => (x > 50 ? 1 : 0)),
        ),
        column("value", a),
        column("value_b", b),
        column(
          "low",
          a.map((x) => x - 10),
        ),
        column(
          "high",
          a.map((x) => x + 12),
        ),
        { name: "p", datatype: "FP64", shape: [a.length, 3], data: p },
      ];
    },
  );

async function verdictsOf(text: string, table = rows): Promise<readonly Verdict[]> {
  const t = toy(text);
  const { verdicts } = await evaluate(
    t.claims,
    registry,
    {
      engine: MemoryEngine.of({ train: table, eval: table }),
      addresses: new Map([
        ["training", "train"],
        ["evaluation", "eval"],
      ]),
      model: { digest: newModel().digest, open: async () => newModel() },
      contract: t.spec.contract,
      now: () => now,
    },
    { evidence: [], waivers: [], measure: "missing" },
  );
  return verdicts;
}

/** The primary metric of all rows, and of those of the north. */
async function gated(primary: string, more = ""): Promise<readonly (number | string)[]> {
  const verdicts = await verdictsOf(spec(primary, more));
  return ["evaluation.primary", "evaluation.primary[side=north]"].map((path) => {
    const found = verdicts.find(({ claim }) => claim.path === path);
    return found?.claim.because ?? found?.observations[0]?.value ?? JSON.stringify(found?.outcome);
  });
}

const classes = "{bird: 'p[0]', cat: 'p[1]', dog: 'p[2]'}";
const sets = "labels: {x: has_a, y: has_b}, predictions: {x: says_a, y: says_b}";
const ranked = "labels: {x: has_a, y: has_b}, scores: {x: rank, y: rank_b}";
const outputs = "label: amount, prediction: value";

describe("a metric of named columns gates with its subgroups", () => {
  test.each([
    [
      "log_loss, at_most: 2",
      `scores: ${classes}`,
      0.8698443264244702,
      0.8733480944940769,
      0.8615522695733289,
    ],
    [
      "roc_auc, at_least: 0.5, params: {multi_class: ovr}",
      `scores: ${classes}`,
      0.7929885800530635,
      0.7897397601326478,
      0.810324303597688,
    ],
    ["top_k_accuracy, at_least: 0.5", `scores: ${classes}`, 0.8883333333333333, 0.8886666666666667, 0.876],
    ["f1, average: macro, at_least: 0.5", sets, 0.7773360293260303, 0.7791072851370036, 0.7779439031292104],
    ["accuracy, at_least: 0.3", sets, 0.6033333333333334, 0.6033333333333334, 0.618],
    ["f1, average: micro, at_least: 0.3", ranked, 0.7762711864406779, 0.7778153533987149, 0.776519052523172],
    ["lrap, at_least: 0.3", ranked, 0.9683333333333334, 0.9693333333333334, 0.968],
    ["interval_coverage, at_least: 0.3", "label: amount, lower: low, upper: high", 0.56, 0.56, 0.556],
    [
      "winkler_score, at_most: 90, params: {alpha: 0.2}",
      "label: amount, lower: low, upper: high",
      44.28333333333333,
      44.29333333333334,
      44.16,
    ],
    ["mean_absolute_error, at_most: 90", outputs, 10.255, 10.272, 10.33],
    [
      "mean_absolute_error, at_most: 90",
      "labels: {one: amount, two: amount_b}, predictions: {one: value, two: value_b}",
      6.628333333333334,
      6.636666666666667,
      6.667,
    ],
    ["roc_auc, at_least: 0.5", "score: rank", 0.6976471087593203, 0.6947585451863983, 0.6784319520381669],
    ["average_precision, at_least: 0.1", "", 0.39674438431625464, 0.39419994306945577, 0.36114688614599266],
    ["recall, at_least: 0.1", "", 0.6894409937888198, 0.684863523573201, 0.6614173228346457],
  ])("%s by {%s}", async (metric, columns, plain, weighted, north) => {
    const own = columns === "" ? "" : `${columns}, `;
    const [all] = await gated(`{metric: ${metric}, columns: {${columns}}}`);
    expect(all).toBeCloseTo(plain, 10);
    const found = await gated(`{metric: ${metric}, columns: {${own}weight: seats}}`);
    expect(found[0]).toBeCloseTo(weighted, 10);
    expect(found[1]).toBeCloseTo(north, 10);
    // Said once for the whole evaluation it is the same.
    expect(
      await gated(`{metric: ${metric}}`, `  columns: {${own}weight: seats}\n`),
      "evaluation.columns",
    ).toEqual(found);
  });

  test("pairs of classes, events and times", async () => {
    const [ovo] = await gated(
      `{metric: roc_auc, at_least: 0.5, params: {multi_class: ovo, average: weighted}, columns: {scores: ${classes}}}`,
    );
    expect(ovo).toBeCloseTo(0.7925820623381054, 10);
    const [found] = await gated("{metric: event_recall, at_least: 0.1, columns: {event: storm}}");
    expect(found).toBeCloseTo(0.86, 10);
    // The time is that of the data section.
    const [alarms] = await gated("{metric: false_alarms_per_day, at_most: 99}");
    expect(alarms).toBeCloseTo(7.412353923205343, 10);
  });

  test("a gain over the baseline takes the baseline of the problem", async () => {
    const verdicts = await verdictsOf(spec("{metric: roc_auc_gain, at_least: 0.1}"));
    const of = (path: string) => verdicts.find(({ claim }) => claim.path === path);
    expect(of("evaluation.primary")?.observations[0]?.value).toBeCloseTo(0.3261223277069568, 10);
    expect(of("evaluation.primary")?.outcome.kind).toBe("kept");
    // The areas themselves are compared there.
    expect(of("problem.baseline")?.outcome.kind).toBe("kept");
    expect(of("problem.baseline")?.observations[0]?.value).toBeCloseTo(0.6976471087593203, 10);
  });
});

/** The primary claim's outcome in words. */
async function outcome(primary: string, more = "", path = "evaluation.primary"): Promise<string> {
  const found = (await verdictsOf(spec(primary, more))).find(({ claim }) => claim.path === path);
  return (
    found?.claim.because ??
    ("because" in (found?.outcome ?? {}) ? Reflect.get(found?.outcome ?? {}, "because") : found?.outcome.kind)
  );
}

describe("what is named and is not so", () => {
  test("a column that the data has not is not measured, and that is no broken promise", async () => {
    expect(await outcome("{metric: recall, at_least: 0.1, columns: {weight: places}}")).toBe(
      "the scored data has no column places",
    );
    expect(
      await outcome(`{metric: log_loss, at_most: 2, columns: {scores: {bird: 'p[0]', cat: 'p[7]'}}}`),
    ).toBe(
      "the model gives no output p[7] of one number or text a row (of several numbers a row one is named: name[0])",
    );
  });

  test.each([
    ["{metric: recall, at_least: 0.1, columns: {score: ranc}}", "the contract has no output ranc"],
    [
      "{metric: recall, at_least: 0.1, columns: {score: value}}",
      "recall cannot take value as score: it is a number, not a label, probability or score",
    ],
    [
      "{metric: recall, at_least: 0.1, columns: {score: p}}",
      "p has several numbers a row, and score is one of them: p[0] is the first",
    ],
    [
      "{metric: recall, at_least: 0.1, columns: {score: 'rank[0]'}}",
      "rank is one score a row, so there is no rank[0]",
    ],
    [
      "{metric: interval_coverage, at_least: 0.1, columns: {lower: low}}",
      "it needs the columns of each row's interval (lower and upper)",
    ],
    [
      "{metric: f1, average: macro, at_least: 0.1, columns: {labels: {x: has_a, y: has_b}, scores: {x: rank, y: 'p[0]'}}}",
      "the outputs of its scores are not all decided at one threshold",
    ],
    [
      "{metric: roc_auc, at_least: 0.1, params: {multi_class: ovr}}",
      "it needs the score columns of at least two classes",
    ],
  ])("%s: %s", async (primary, because) => {
    expect(await outcome(primary)).toBe(because);
  });

  test("a class without its column leaves the metric undefined", async () => {
    expect(
      await outcome(`{metric: log_loss, at_most: 2, columns: {scores: {bird: 'p[0]', cat: 'p[1]'}}}`),
    ).toMatch(/the class has no probability column/);
  });

  test("negative weights are no weights", async () => {
    expect(await outcome("{metric: recall, at_least: 0.1, columns: {weight: amount}}")).toMatch(/weight/);
  });
});

describe("what columns change", () => {
  const primaryOf = (text: string) => toy(text).claims.find(({ path }) => path === "evaluation.primary");

  test("the sentence, what is measured, and so the evidence", () => {
    const plain = primaryOf(spec("{metric: recall, at_least: 0.1}"));
    const own = primaryOf(spec("{metric: recall, at_least: 0.1, columns: {weight: seats}}"));
    const shared = primaryOf(
      spec("{metric: recall, at_least: 0.1}", "  columns: {weight: seats, upper: high}\n"),
    );
    expect(plain?.says).toBe("recall is at least 0.1 in aggregate");
    expect(own?.says).toBe("recall (weight seats) is at least 0.1 in aggregate");
    expect(own?.subject).toEqual({ ...(plain?.subject as object), weight: "seats" });
    expect(shared).toEqual({ ...own, at: shared?.at });
    const classed = primaryOf(spec(`{metric: log_loss, at_most: 1, columns: {scores: ${classes}}}`));
    expect(classed?.says).toBe("log_loss (scores bird: p[0] cat: p[1] dog: p[2]) is at most 1 in aggregate");
    expect(classed?.subject).not.toHaveProperty("positive");
  });

  test("evidence of other columns is stale", async () => {
    const evidenceOf = async (primary: string) =>
      (await verdictsOf(spec(primary))).find(({ claim }) => claim.path === "evaluation.primary")?.evidence;
    const plain = await evidenceOf("{metric: recall, at_least: 0.1}");
    const weighted = await evidenceOf("{metric: recall, at_least: 0.1, columns: {weight: seats}}");
    const again = await evidenceOf("{metric: recall, at_least: 0.2, columns: {weight: seats}}");
    expect(weighted?.subjectDigest).not.toBe(plain?.subjectDigest);
    expect(again?.subjectDigest).toBe(weighted?.subjectDigest);
  });

  test("two alerts on one metric by other columns are two claims, whatever their order", () => {
    const lines = [
      "    - {metric: recall, alert_below: 0.2}\n",
      "    - {metric: recall, alert_below: 0.3, columns: {weight: seats}}\n",
    ];
    const ids = (order: readonly string[]) =>
      toy(spec("{metric: recall, at_least: 0.1}", `  secondary:\n${order.join("")}`))
        .claims.filter(({ path }) => path.startsWith("evaluation.secondary"))
        .map(({ id, says }) => [id, says.split(" (an")[0]])
        .sort();
    expect(ids(lines)).toEqual([
      ["evaluation-secondary-recall", "recall stays at least 0.2"],
      ["evaluation-secondary-recall-weight-seats", "recall (weight seats) stays at least 0.3"],
    ]);
    expect(ids([...lines].reverse())).toEqual(ids(lines));
  });

  test("a metric takes of the evaluation's columns those that it reads", () => {
    const shared = `  columns: {weight: seats, lower: low, upper: high, scores: ${classes}, labels: {x: has_a}, predictions: {x: says_a}}\n`;
    const named = (line: string) => primaryOf(spec(line, shared))?.subject as Record<string, unknown>;
    expect(named("{metric: max_error, at_most: 9}")).not.toHaveProperty("weight");
    expect(named("{metric: log_loss, at_most: 9}")).toMatchObject({ weight: "seats", label: "kind" });
    expect(named("{metric: log_loss, at_most: 9}")).not.toHaveProperty("labels");
    expect(named("{metric: interval_coverage, at_least: 0.1}")).toMatchObject({ lower: "model.low" });
    expect(named("{metric: f1, average: macro, at_least: 0.1}")).toMatchObject({ label: "has_a" });
    expect(named("{metric: f1, average: macro, at_least: 0.1}")).not.toHaveProperty("scores");
    const scored = named("{metric: f1, average: macro, at_least: 0.1, columns: {scores: {x: rank}}}");
    expect(scored).toMatchObject({ scores: [{ class: "x", column: "model.rank" }], threshold: 0.5 });
    expect(scored).not.toHaveProperty("predictions");
    // One label of its own stands against the evaluation's several.
    expect(named("{metric: f1, at_least: 0.1, columns: {label: has_b}}")).toMatchObject({
      label: "has_b",
      score: "model.rank",
      threshold: 0.5,
    });
    expect(named("{metric: f1, at_least: 0.1, columns: {label: has_b}}")).not.toHaveProperty("labels");
  });
});

test.each(["roc_auc", "accuracy", "recall", "f1"])(
  "%s with weights is compared with the baseline, or says why not",
  async (metric) => {
    const plain = await outcome(`{metric: ${metric}, at_least: 0.1}`, "", "problem.baseline");
    const weighted = await outcome(
      `{metric: ${metric}, at_least: 0.1, columns: {weight: seats}}`,
      "",
      "problem.baseline",
    );
    expect([plain, weighted]).not.toContain("could not be measured");
    expect(weighted).not.toMatch(/bug|crash|let an unsound/);
  },
);

test("what reads no single answer is not compared with the baseline's column", async () => {
  expect(
    await outcome(
      "{metric: interval_coverage, at_least: 0.1, columns: {label: amount, lower: low, upper: high}}",
      "",
      "problem.baseline",
    ),
  ).toBe("interval_coverage reads no single answer that the baseline's column could take the place of");
});
