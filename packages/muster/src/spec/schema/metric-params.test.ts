import { expect, test } from "vitest";
import { flightDelay } from "../fixtures/read-fixture.ts";
import { parse } from "../parse.ts";

const find = "primary: {metric: roc_auc, at_least: 0.65}";

const read = (line: string) => {
  const text = flightDelay.replace(find, () => `primary: {at_most: 3, ${line}}`);
  expect(text).not.toBe(flightDelay);
  return { text, ...parse(text, "muster.yaml") };
};

const errors = (line: string) =>
  read(line).diagnostics.map(({ code, message, hint }) => [code, message, hint ?? ""] as const);

test("a parameter is read by its metric's own declaration", () => {
  const { spec, diagnostics } = read("metric: mean_pinball_loss, params: {alpha: 0.9}");
  expect(diagnostics).toEqual([]);
  expect(spec?.evaluation?.primary).toMatchObject({ params: { alpha: 0.9 } });
});

test.each([
  "metric: pinball_loss, params: {alpha: 1}",
  "metric: fbeta, params: {beta: 2, average: macro, zero_division: 0, labels: [a, b]}",
  "metric: expected_cost, params: {costs: [[0, 1], [5, 0]], labels: [0, 1]}",
  "metric: ndcg_cut_20, params: {gain: exponential, ties: average}",
  "metric: exact_match, params: {references: json, regexes_to_ignore: [' +', a]}",
  "metric: must_contain, params: {texts: yes}",
  "metric: unheard_of, params: {whatever: 1}",
  "metric: f1, params: {}",
])("this is allowed: %s", (line) => {
  expect(errors(line)).toEqual([]);
});

test("an unknown parameter is said at its key, with those that the metric takes", () => {
  const { text, diagnostics } = read("metric: mean_pinball_loss, params: {alhpa: 0.9}");
  const [found] = diagnostics;
  expect(diagnostics.map(({ code }) => code)).toEqual(["MU-A236"]);
  expect(found?.message).toBe('"alhpa" is not a parameter of mean_pinball_loss. Did you mean alpha?');
  expect(found?.hint).toBe("It takes alpha, multioutput.");
  const at = text.indexOf("alhpa");
  expect(text.slice(found?.at?.start.offset, found?.at?.end.offset)).toBe("alhpa");
  expect(found?.at?.start.line).toBe(text.slice(0, at).split("\n").length);
  expect(errors("metric: accuracy, params: {k: 1}")[0]?.[2]).toBe("It takes none.");
  expect(errors("metric: f1, params: {pos_label: 1}")[0]?.[2]).toContain("data.label.positive");
});

test.each([
  ["metric: mean_pinball_loss, params: {alpha: 90}", "MU-A237", "from 0 to 1"],
  ["metric: mean_pinball_loss, params: {alpha: '0.9'}", "MU-A237", "without quotes"],
  ["metric: top_k_accuracy, params: {k: 1.5}", "MU-A237", "whole number from 1 to 1000"],
  ["metric: bleu, params: {tokenize: 13b}", "MU-A237", "One of 13a, intl, char, none"],
  ["metric: bleu, params: {lowercase: 1}", "MU-A237", "true or false"],
  ["metric: expected_cost, params: {costs: [[0, 1], [5]]}", "MU-A237", "A square of numbers"],
  ["metric: within_tolerance, params: {absolute: -1}", "MU-A237", "A number from 0 up."],
  ["metric: log_loss, params: {eps: 0}", "MU-A237", "A number above 0 and up to 0.1."],
  ["metric: fbeta, params: {labels: [[a]]}", "MU-A216", "matrix"],
  ["metric: fbeta, params: {labels: {a: 1}}", "MU-A216", ""],
  ["metric: fbeta, params: [beta]", "MU-A216", ""],
  ["metric: fbeta, params: {__proto__: 1}", "MU-A214", ""],
  ["metric: fbeta, beta: 2, params: {beta: 1}", "MU-A226", "Keep one of the two."],
])("%s is wrong", (line, code, hint) => {
  const found = errors(line);
  expect(found.map(([each]) => each)).toContain(code);
  expect(found.find(([each]) => each === code)?.[2]).toContain(hint);
  expect(read(line).spec).toBeNull();
});

test("an option beside a metric that does not take it is said at its key, with what it takes", () => {
  const { text, diagnostics } = read("metric: mean_absolute_error, k: 10");
  const [found] = diagnostics;
  expect(diagnostics.map(({ code }) => code)).toEqual(["MU-A236"]);
  expect(found?.message).toBe('"k" is not a parameter of mean_absolute_error.');
  expect(found?.hint).toBe("It takes multioutput.");
  expect(text.slice((found?.at?.start.offset ?? 0) - 2, found?.at?.end.offset)).toBe(", k");
});

test.each([
  ["metric: roc_auc, beta: 2", ["MU-A236"]],
  ["metric: roc_auc, average: binary", ["MU-A237"]],
  ["metric: bleu, scale: 0-1, sql: a, per: b", ["MU-A236", "MU-A236"]],
  ["metric: top_k_accuracy, k: 1_001", ["MU-A237"]],
  ["metric: f1, average: mean", ["MU-A217"]],
  ["metric: ndcg_cut_20, k: 10", []],
  ["metric: unheard_of, k: 10, beta: 3", []],
  ["metric: f1, k: 10, judge: {model: m}", []],
  ["metric: custom_loss, sql: a, per: b", []],
])("%s: %j", (line, codes) => {
  expect(errors(line).map(([code]) => code)).toEqual(codes);
});

test("secondary metrics are held to the same", () => {
  const text = flightDelay.replace(
    "{metric: recall, alert_below",
    "{metric: recall, params: {averge: macro}, alert_below",
  );
  expect(text).not.toBe(flightDelay);
  expect(parse(text, "m.yaml").diagnostics.map(({ code }) => code)).toEqual(["MU-A236"]);
});
