import { expect, test } from "vitest";
import { flightDelay } from "../fixtures/read-fixture.ts";
import { lint } from "../lint.ts";
import { parse } from "../parse.ts";
import { rules } from "../rules/registry.ts";

const find = "primary: {metric: roc_auc, at_least: 0.65}";

const read = (line: string, more = "") => {
  const text = flightDelay.replace(find, () => `primary: {at_most: 3, ${line}}${more}`);
  expect(text).not.toBe(flightDelay);
  return { text, ...parse(text, "muster.yaml") };
};

const errors = (line: string, more = "") =>
  read(line, more).diagnostics.map(({ code, message, hint }) => [code, message, hint ?? ""] as const);

test("columns are read as they are named, those of classes in their order", () => {
  const { spec, diagnostics } = read(
    "metric: log_loss, columns: {weight: seat count, scores: {New York: p_ny, toString: 'p[12]', '1': late}}",
  );
  expect(diagnostics).toEqual([]);
  expect(spec?.evaluation?.primary?.columns).toEqual({
    weight: "seat count",
    scores: [
      { class: "1", column: "late" },
      { class: "New York", column: "p_ny" },
      { class: "toString", column: "p[12]" },
    ],
  });
});

test.each([
  "metric: recall, columns: {weight: w}",
  "metric: unheard_of, columns: {weight: w, lower: a}",
  "metric: roc_auc, params: {multi_class: ovr}, columns: {scores: {a: x, b: y}}",
  "metric: false_alarms_per_day, columns: {time: departure}",
  "metric: P_10, columns: {query: q, document: d}",
  "metric: ece, params: {top_label: true}, columns: {score: a, prediction: b}",
  "metric: accuracy, columns: {}",
])("this is allowed: %s", (line) => {
  expect(errors(line)).toEqual([]);
});

test("a part that the metric does not read is said at its key, with those that it reads", () => {
  const { text, diagnostics } = read("metric: max_error, columns: {prediction: late, weight: seats}");
  const [found] = diagnostics;
  expect(diagnostics.map(({ code }) => code)).toEqual(["MU-A238"]);
  expect(found?.message).toBe("max_error reads no weight.");
  expect(found?.hint).toBe("It reads label, score, prediction.");
  expect(text.slice(found?.at?.start.offset, found?.at?.end.offset)).toBe("weight");
});

test.each([
  ["metric: accuracy, columns: {wieght: w}", "MU-A109", "weight"],
  ["metric: roc_auc, columns: {scores: {a: x, b: y}}", "MU-A238", "only with the parameter multi_class"],
  [
    "metric: roc_auc, params: {multi_class: none}, columns: {scores: {a: x}}",
    "MU-A238",
    "only with the parameter multi_class",
  ],
  [
    "metric: false_alarms_per_day, params: {days: 3}, columns: {time: t}",
    "MU-A238",
    "where the parameter days is given",
  ],
  ["metric: ndcg, columns: {weight: w}", "MU-A238", "reads no weight"],
  ["metric: f1, judge: {model: m}, columns: {weight: w}", "MU-A238", "judge.columns"],
  ["metric: log_loss, columns: {score: a, scores: {x: a, y: b}}", "MU-A226", "score and scores"],
  [
    "metric: accuracy, columns: {labels: {a: x}, predictions: {b: y}}",
    "MU-A239",
    'The class "b" stands under predictions',
  ],
  [
    "metric: accuracy, columns: {labels: {a: x, b: y}, scores: {b: y}}",
    "MU-A239",
    'The class "a" stands under labels',
  ],
  ["metric: log_loss, columns: {scores: {__proto__: a, b: c}}", "MU-A214", ""],
  ["metric: log_loss, columns: {scores: {a: __proto__, b: c}}", "MU-A214", ""],
  ["metric: log_loss, columns: {scores: {a: 'p[01]', b: c}}", "MU-A222", "output of the contract"],
  ["metric: log_loss, columns: {scores: {a: x, a: y}}", "MU-A202", ""],
  ["metric: log_loss, columns: {scores: [a, b]}", "MU-A216", ""],
  ["metric: log_loss, columns: {weight: {a: b}}", "MU-A216", ""],
  ["metric: log_loss, columns: {weight: ''}", "MU-A233", ""],
  ["metric: accuracy, columns: {score: a, prediction: b}", "MU-A226", "score and prediction"],
  [
    "metric: accuracy, columns: {labels: {a: x}, scores: {a: y}, predictions: {a: z}}",
    "MU-A226",
    "scores and predictions",
  ],
  ["metric: log_loss, columns: 3", "MU-A216", ""],
])("%s is wrong", (line, code, words) => {
  const found = errors(line);
  expect(found.map(([each]) => each)).toContain(code);
  const [, message = "", hint = ""] = found.find(([each]) => each === code) ?? [];
  expect(`${message} ${hint}`).toContain(words);
  expect(read(line).spec).toBeNull();
});

test("more classes than any metric compares are one finding, and quick", () => {
  const scores = Array.from({ length: 10_000 }, (_, i) => `c${i}: p${i}`).join(", ");
  const start = performance.now();
  const found = errors(`metric: log_loss, columns: {scores: {${scores}}}`);
  expect(found.map(([code]) => code)).toEqual(["MU-A227"]);
  expect(performance.now() - start).toBeLessThan(5_000);
});

/** What the linter finds of the metrics' columns. */
const findings = (line: string, more = "", edit: (text: string) => string = (text) => text) => {
  const text = edit(read(line, more).text);
  const { spec, places, diagnostics } = parse(text, "muster.yaml");
  if (spec === null) throw new Error(JSON.stringify(diagnostics));
  return lint(spec, places, rules)
    .findings.filter(({ rule }) => ["MU-E125", "MU-E126", "MU-A104", "MU-A106"].includes(rule.code))
    .map(({ rule, message }) => `${rule.code} ${message}`);
};

test.each([
  [
    "metric: interval_coverage, columns: {lower: late}",
    "",
    "MU-E125 interval_coverage cannot be measured without upper.",
  ],
  ["metric: event_recall", "", "MU-E125 event_recall cannot be measured without event."],
  ["metric: mrr", "", "MU-E125 mrr cannot be measured without query."],
  ["metric: top_k_accuracy", "", "MU-E125 top_k_accuracy cannot be measured without scores."],
  ["metric: roc_auc, params: {multi_class: ovo}", "", "MU-E125 roc_auc cannot be measured without scores."],
  [
    "metric: f1, average: macro, columns: {labels: {a: x}}",
    "",
    "MU-E125 f1 needs predictions or scores beside labels, by the same classes.",
  ],
  [
    "metric: f1, average: macro, columns: {scores: {a: late}}",
    "",
    "MU-E125 f1 needs labels beside scores, by the same classes.",
  ],
  [
    "metric: accuracy, columns: {score: lat}",
    "",
    'MU-A104 "lat" is not an output of the contract. Did you mean late?',
  ],
  [
    "metric: accuracy, columns: {score: 'lat[2]'}",
    "",
    'MU-A104 "lat" is not an output of the contract. Did you mean late?',
  ],
  [
    "metric: accuracy",
    "\n  columns: {weight: distanse}",
    "MU-E126 distanse is no column that this spec speaks of. Did you mean distance?",
  ],
])("%s%s: %s", (line, more, said) => {
  expect(findings(line, more)).toEqual([said]);
});

test.each([
  ["metric: interval_coverage", "\n  columns: {lower: late, upper: late}"],
  ["metric: false_alarms_per_day", ""],
  ["metric: roc_auc_gain", ""],
  ["metric: accuracy", "\n  columns: {weight: seats, lower: late}"],
  ["metric: f1, average: macro", "\n  columns: {labels: {a: x}, scores: {a: late}}"],
  [
    "metric: f1, average: macro, columns: {scores: {a: late}}",
    "\n  columns: {labels: {a: x}, predictions: {a: late}}",
  ],
])("%s%s lacks nothing", (line, more) => {
  expect(findings(line, more)).toEqual([]);
});

test("where the spec lists the columns of its data, one that is missing there is told", () => {
  const list = (text: string) => text.replace("unit_id: flight_id}", "unit_id: flight_id, columns: [seats]}");
  expect(findings("metric: accuracy, columns: {weight: seats}", "", list)).toEqual([]);
  expect(findings("metric: accuracy, columns: {weight: people}", "", list)).toEqual([
    "MU-E126 people is no column of the evaluation data.",
  ]);
});

test("one metric by other columns or parameters is not promised twice", () => {
  const two = (second: string) => (text: string) =>
    text.replace(
      "    - {metric: recall, alert_below: 0.45}",
      `    - {metric: recall, alert_below: 0.45}\n    - {metric: recall, alert_below: 0.3${second}}`,
    );
  expect(findings("metric: accuracy", "", two(", columns: {weight: seats}"))).toEqual([]);
  expect(findings("metric: accuracy", "", two(", average: macro"))).toEqual([]);
  expect(findings("metric: accuracy", "", two(""))).toHaveLength(1);
});
