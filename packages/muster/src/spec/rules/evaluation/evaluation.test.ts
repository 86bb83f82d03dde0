import { describe, expect, test } from "vitest";
import { explained, messagesOf } from "../fixtures/findings.ts";
import type { Edit } from "../rule.ts";

const primary = (metric: string): Edit => [
  "primary: {metric: roc_auc, at_least: 0.65}",
  `primary: {${metric}}`,
];
const label = (more: string): Edit => ["positive: 1, verified_by", `positive: 1, ${more}, verified_by`];
const balanced: Edit = ["class_balance: {max_share: 85%}", "class_balance: {max_share: 60%}"];
const plan = (line: string): Edit => ["  confidence: 95%\n", `  confidence: 95%\n  plan: {${line}}\n`];
const rows = (line: string): Edit => ["DFW, ATL, LAX, PHX]", `DFW, ATL, LAX, PHX], rows: [${line}]`];

describe("imbalance", () => {
  const e101 = (...edits: readonly Edit[]) => messagesOf("MU-E101", "classification", edits);

  test("an AUC alone is convicted by an expected prevalence, not by an allowed balance", () => {
    const alone: Edit = ["    - {metric: recall, alert_below: 0.45}\n", ""];
    expect(e101(alone)).toEqual([]);
    expect(e101(alone, label("prevalence: 16%"))).toHaveLength(1);
    expect(e101(alone, label("prevalence: 84%"))).toHaveLength(1);
    expect(e101(alone, label("prevalence: 20%"))).toEqual([]);
  });

  test("accuracy is convicted by either", () => {
    expect(e101(primary("metric: accuracy, at_least: 0.9"))[0]).toContain("reaches 85% accuracy");
    expect(e101(primary("metric: accuracy, at_least: 0.9"), balanced)).toEqual([]);
    expect(e101(primary("metric: error_rate, at_most: 0.1"), balanced, label("prevalence: 3%"))).toHaveLength(
      1,
    );
  });
});

describe("trivial models", () => {
  const e103 = (line: string, prevalence: string) =>
    messagesOf("MU-E103", "classification", [primary(line), label(`prevalence: ${prevalence}`)]);

  // Formulas of section F4: accuracy .9, F1 .1818, average precision .1, log loss .3251, Brier .09 at p = 0.1.
  test.each([
    ["metric: accuracy, at_least: 0.9", "metric: accuracy, at_least: 0.901"],
    ["metric: f1, at_least: 0.18", "metric: f1, at_least: 0.182"],
    ["metric: average_precision, at_least: 0.1", "metric: average_precision, at_least: 0.11"],
    ["metric: log_loss, at_most: 0.326", "metric: log_loss, at_most: 0.325"],
    ["metric: brier_score, at_most: 0.09", "metric: brier_score, at_most: 0.089"],
    ["metric: fbeta, beta: 2, at_least: 0.35", "metric: fbeta, beta: 2, at_least: 0.36"],
    ["metric: balanced_accuracy, at_least: 0.5", "metric: balanced_accuracy, at_least: 0.51"],
    ["metric: mcc, at_least: 0", "metric: mcc, at_least: 0.01"],
  ])("%s is reached without looking, %s is not", (trivial, better) => {
    expect(e103(trivial, "10%")).toHaveLength(1);
    expect(e103(better, "10%")).toEqual([]);
  });

  test("an average over classes is not that of the positive one", () => {
    expect(e103("metric: f1, average: macro, at_least: 0.1", "10%")).toEqual([]);
  });

  test("is explained with the spec's own numbers", () => {
    const text = explained("MU-E103", "classification", [
      primary("metric: f1, at_least: 0.3"),
      label("prevalence: 2%"),
    ]);
    expect(text).toBe("a model that calls every case positive reaches 0.03922, the threshold is 0.3");
  });
});

describe("thresholds", () => {
  test("a gain of nothing over the baseline is none", () => {
    expect(
      messagesOf("MU-E102", "classification", [primary("metric: roc_auc_gain, at_least: 0")]),
    ).toHaveLength(1);
    expect(
      messagesOf("MU-E102", "classification", [primary("metric: roc_auc_gain, at_least: 0.01")]),
    ).toEqual([]);
  });

  test("a baseline is compared in the metric's direction", () => {
    const reaches: Edit = ["column: baseline}", "column: baseline, reaches: 7}"];
    expect(messagesOf("MU-E102", "regression", [reaches])).toEqual([]);
    expect(messagesOf("MU-E102", "regression", [reaches, ["at_most: 6", "at_most: 8"]])).toHaveLength(1);
  });

  test.each([
    ["metric: r2, at_least: -3", 0],
    ["metric: r2, at_least: 1.5", 1],
    ["metric: mae, at_most: 1e6", 0],
    ["metric: mae, at_most: -1", 1],
  ])("%s is out of range %i times", (line, times) => {
    const edit: Edit = ["primary: {metric: mean_absolute_error, at_most: 6}", `primary: {${line}}`];
    expect(messagesOf("MU-E105", "regression", [edit])).toHaveLength(times);
  });

  test.each([
    ["metric: bleu, scale: 0-100, at_least: 35", 0],
    ["metric: bleu, scale: 0-100, at_least: 0.35", 1],
    ["metric: bleu, scale: 0-1, at_least: 35", 1],
    ["metric: rougeL, at_least: 35", 1],
    ["metric: meteor, scale: 0-100, at_least: 35", 0],
  ])("%s is off its scale %i times", (line, times) => {
    const edit: Edit = ["primary: {metric: rougeL, at_least: 0.35}", `primary: {${line}}`];
    expect(messagesOf("MU-E105", "generation", [edit])).toHaveLength(times);
  });

  test("digits finer than the rows are told for positives, too", () => {
    const edits = [primary("metric: recall, at_least: 0.655"), label("prevalence: 10%")];
    const few: Edit = ["unit_id: flight_id}", "unit_id: flight_id, rows: 5_000}"];
    const many: Edit = ["unit_id: flight_id}", "unit_id: flight_id, rows: 10_000}"];
    expect(messagesOf("MU-E116", "classification", [...edits, few])[0]).toContain("500 positives");
    expect(messagesOf("MU-E116", "classification", [...edits, many])).toEqual([]);
  });
});

describe("metrics and outputs", () => {
  test.each([
    ["ranking", "{metric: recip_rank, alert_below: 0.3}", "{metric: roc_auc, alert_below: 0.6}"],
    ["ranking", "{metric: recip_rank, alert_below: 0.3}", "{metric: rmse, alert_above: 2}"],
    ["generation", "{metric: grounded_rate, alert_below: 0.95}", "{metric: exact_match, alert_below: 0.3}"],
    ["generation", "{metric: grounded_rate, alert_below: 0.95}", "{metric: recall_at_5, alert_below: 0.8}"],
    [
      "anomaly_detection",
      "{metric: precision, alert_below: 0.2}",
      "{metric: precision_at_100, alert_below: 0.8}",
    ],
    ["regression", "{metric: bias, alert_above: 2}", "{metric: median_error_of_ours, alert_above: 2}"],
    ["regression", "{name: minutes, type: number,", "{name: minutes, type: score,"],
  ] as const)("%s takes %s", (base, find, replace) => {
    expect(messagesOf("MU-E106", base, [[find, replace]])).toEqual([]);
  });

  test("an area under the ROC curve needs a score", () => {
    const edits: readonly Edit[] = [
      [
        "      type: probability              # probability | label | score | number | ranking | text | embedding\n      range: [0, 1]\n",
        "      type: label\n",
      ],
      ["      decide: {at: 0.30, positive: late, negative: on_time}\n", ""],
      [
        "      surface_above: 0.90            # confidence under which a consumer of kind shown_to_users is not shown the answer\n",
        "",
      ],
      ["    controls: [contract.outputs.late.surface_above]", "    controls: [contract.outputs]"],
    ];
    expect(messagesOf("MU-E106", "classification", edits)[0]).toContain("only late (label)");
  });

  test("beta, k, scale and averages are asked for where they matter", () => {
    const e109 = (line: string, ...more: readonly Edit[]) =>
      messagesOf("MU-E109", "classification", [primary(line), ...more]);
    expect(e109("metric: fbeta, at_least: 0.6")).toHaveLength(1);
    expect(e109("metric: fbeta, beta: 2, at_least: 0.6")).toEqual([]);
    const three: Edit = ["column: late15, positive: 1,", "column: late15, classes: [early, on_time, late],"];
    expect(e109("metric: f1, at_least: 0.6", three)[0]).toContain("3 classes");
    expect(
      e109("metric: f1, average: macro, at_least: 0.6", three, [
        "{metric: recall, alert_below",
        "{metric: recall, average: macro, alert_below",
      ]),
    ).toEqual([]);
    expect(e109("metric: f1, at_least: 0.6")).toEqual([]);
  });

  test("a list is not looked at behind its end", () => {
    const list = (items: number): Edit => ["type: score, range: [0, 1]", `type: ranking, items: ${items}`];
    expect(messagesOf("MU-E109", "ranking", [list(5)])[0]).toContain(
      "first 10 items of a list that has at most 5",
    );
    expect(messagesOf("MU-E109", "ranking", [list(10)])).toEqual([]);
  });
});

describe("subgroups", () => {
  const e112 = (...edits: readonly Edit[]) => messagesOf("MU-E112", "classification", edits);

  test("the rows that are asked for are those of the table: 0.80 to 0.85 takes 398", () => {
    const edits = [primary("metric: accuracy, at_least: 0.8"), plan("expected: 0.85, power: 80%")];
    expect(e112(...edits, rows("360"))).toHaveLength(5);
    expect(e112(...edits, rows("398"))).toEqual([]);
    expect(e112(...edits, rows("398, 398, 360, 398, 398"))[0]).toContain("360 rows in origin ATL");
    expect(explained("MU-E112", "classification", edits)).toContain("398 rows a group");
  });

  test("recall counts positives", () => {
    const edits = [
      primary("metric: recall, at_least: 0.9"),
      plan("expected: 0.95, power: 80%"),
      label("prevalence: 10%"),
    ];
    expect(e112(...edits, rows("2_030"))).toEqual([]);
    expect(e112(...edits, rows("1_500"))).toHaveLength(5);
  });

  test("less is better, mirrored", () => {
    const edits = [primary("metric: error_rate, at_most: 0.1"), plan("expected: 0.05, power: 80%")];
    expect(e112(...edits, rows("203"))).toEqual([]);
    expect(e112(...edits, rows("150"))).toHaveLength(5);
  });

  test("without a plan only groups that no model passes are told", () => {
    const edits = [primary("metric: accuracy, at_least: 0.95")];
    expect(e112(...edits, rows("58"))).toHaveLength(5);
    expect(e112(...edits, rows("59"))).toEqual([]);
    expect(e112(...edits)).toEqual([]);
  });

  test("what has no formula is skipped, with the reason", () => {
    const edits = [primary("metric: f1, at_least: 0.6"), plan("expected: 0.7, power: 80%")];
    expect(e112(...edits, rows("50"))[0]).toMatch(/^skipped: no formula/);
    expect(e112(plan("expected: 0.7, power: 80%"), rows("50"))[0]).toMatch(/^skipped: data.label.prevalence/);
  });

  test("a model that is no better than the threshold shows nothing on any number of rows", () => {
    const edits = [primary("metric: accuracy, at_least: 0.8"), plan("expected: 0.8, power: 80%")];
    expect(e112(...edits, rows("10_000"))[0]).toContain("no number of rows");
  });

  test("five groups of power 0.8 pass together once in three", () => {
    const edits = [primary("metric: accuracy, at_least: 0.8"), plan("expected: 0.85, power: 80%")];
    expect(messagesOf("MU-E113", "classification", [...edits, rows("398")])[0]).toMatch(
      /all together with 3\d/,
    );
    expect(messagesOf("MU-E113", "classification", [...edits, rows("700")])).toEqual([]);
  });

  test("as many numbers of rows as groups, or one", () => {
    expect(() => e112(rows("100, 200"))).toThrow(/MU-A227 There are 2 numbers of rows for 5 groups/);
    expect(() => e112(["1000, 2000, 6000]", "1000, 2000, 6000], rows: [1, 2, 3, 4, 5]"])).toThrow(
      /for 4 groups/,
    );
  });

  test("whether a column is there is not guessed", () => {
    expect(messagesOf("MU-E110", "ranking", [])[0]).toMatch(/^skipped: .*language/);
    expect(messagesOf("MU-E110", "classification", [])).toEqual([]);
  });
});

describe("alerts", () => {
  const e118 = (line: string, ...edits: readonly Edit[]) =>
    messagesOf("MU-E118", "classification", [["{metric: recall, alert_below: 0.45}", `{${line}}`], ...edits]);

  test("on both sides are meant", () => {
    expect(e118("metric: recall, alert_below: 0.45, alert_above: 0.99")).toEqual([]);
  });

  test("are no stricter than the gate, under any name", () => {
    const gate = primary("metric: recall, at_least: 0.6");
    expect(e118("metric: sensitivity, alert_below: 0.7", gate)).toHaveLength(1);
    expect(e118("metric: false_negative_rate, alert_above: 0.3", gate)[0]).toContain("(recall of 0.7)");
    expect(e118("metric: false_negative_rate, alert_above: 0.5", gate)).toEqual([]);
    expect(e118("metric: recall, average: macro, alert_below: 0.7", gate)).toEqual([]);
  });

  test("do not call more cases positive than can be looked at", () => {
    const work: Edit = [
      "  confidence: 95%\n",
      "  confidence: 95%\n  workload: {cases: 1000/d, capacity: 80/d}\n",
    ];
    expect(e118("metric: recall, alert_below: 0.5", label("prevalence: 20%"), work)[0]).toContain(
      "at least 10%",
    );
    expect(e118("metric: recall, alert_below: 0.4", label("prevalence: 20%"), work)).toEqual([]);
  });
});

test("a judge is known by its entry or by its name", () => {
  const judge = (line: string) =>
    messagesOf("MU-E122", "generation", [
      ["{metric: grounded_rate, alert_below: 0.95}", `{${line}, alert_below: 0.5}`],
    ]);
  expect(judge("metric: judge_score")).toHaveLength(1);
  expect(judge("metric: llm_as_a_judge")).toHaveLength(1);
  expect(judge("metric: prejudgement")).toEqual([]);
  expect(judge("metric: grounded_rate, judge: {model: m, version: v3, agreement: 0.8}")).toEqual([]);
  expect(judge("metric: grounded_rate, judge: {model: m, version: v3}")[0]).toContain(
    "agreement with people",
  );
});
