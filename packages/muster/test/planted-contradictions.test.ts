import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { lintText } from "../src/spec/lint-text.ts";
import { baseText } from "../src/spec/rules/fixtures/rule-specs.ts";
import { rules } from "../src/spec/rules/registry.ts";

/** What somebody slipped in, by exact text that stands once; the code of the finding, and what its line holds. */
type Plant = readonly [name: string, find: string, replace: string, code: string, line: string];

const example = baseText("classification");
const flights = readFileSync(new URL("../../../examples/flight-delay/muster.yaml", import.meta.url), "utf8");

const found = (text: string): readonly string[] => {
  const lines = text.split("\n");
  const { items } = lintText(text, "muster.yaml", { rules, preset: "recommended", today: "2026-06-01" });
  return items.map(({ diagnostic: { code, at } }) => `${code} ${lines[(at?.start.line ?? 0) - 1] ?? ""}`);
};

function planted(text: string, [, find, replace, code, line]: Plant): void {
  expect(text.split(find)).toHaveLength(2);
  const findings = found(text.replace(find, () => replace));
  expect(
    findings.some((one) => one.startsWith(`${code} `) && one.includes(line)),
    `${code} at "${line}", found:\n${findings.join("\n")}`,
  ).toBe(true);
}

test("nothing is found in the untouched example", () => expect(found(example)).toEqual([]));
test("nothing is found in the untouched flights", () => expect(found(flights)).toEqual([]));

const inExample: readonly Plant[] = [
  [
    "a regression judged by an area under a curve",
    "output: classification  ",
    "output: regression  ",
    "MU-E106",
    "primary: {metric: roc_auc",
  ],
  [
    "a review where nobody looks",
    "mode: automates}  ",
    "mode: automates, oversight: none}  ",
    "MU-P104",
    "oversight: none",
  ],
  [
    "a person for every automated decision",
    "mode: automates}  ",
    "mode: automates, oversight: every_decision}  ",
    "MU-P104",
    "oversight: every_decision",
  ],
  ["a consumer who waits less than the timeout", "budget: 50ms", "budget: 20ms", "MU-O103", "timeout: 50ms"],
  [
    "a baseline better than the gate",
    "column: baseline}",
    "column: baseline, reaches: 0.72}",
    "MU-E102",
    "at_least: 0.65",
  ],
  ["a default outside of the range", "default: 568", "default: 7000", "MU-I102", "default: 7000"],
  ["a gap that nothing fills", "missing: {default: 568}, ", "", "MU-I101", "name: distance"],
  ["a null for an integer", "missing: {default: 568}", "missing: null", "MU-I103", "missing: null"],
  ["the truth as an input", "{name: distance, ", "{name: late15, ", "MU-I107", "name: late15"],
  [
    "a decision outside of the probability",
    "decide: {at: 0.30",
    "decide: {at: 1.30",
    "MU-A224",
    "decide: {at: 1.30",
  ],
  [
    "both sides of a decision called the same",
    "negative: on_time",
    "negative: late",
    "MU-A223",
    "negative: late",
  ],
  [
    "a probability in percent",
    "      range: [0, 1]\n",
    "      range: [0, 100]\n",
    "MU-A228",
    "range: [0, 100]",
  ],
  [
    "a fallback that is not defined",
    "  fallback: {constant: {late: 0.205}}  ",
    "  #",
    "MU-I116",
    "latency_exceeded: fallback",
  ],
  [
    "a fallback outside of the output",
    "constant: {late: 0.205}",
    "constant: {late: 1.205}",
    "MU-A228",
    "late: 1.205",
  ],
  [
    "more negative flips than changed labels",
    "max_negative_flips: 1%",
    "max_negative_flips: 5%",
    "MU-A106",
    "max_negative_flips: 5%",
  ],
  [
    "a shadow that lets more change than the contract",
    "requests: 10_000, max_label_changes: 3%",
    "requests: 10_000, max_label_changes: 8%",
    "MU-A106",
    "shadow:",
  ],
  [
    "an evaluation on the training data",
    "path: data/evaluation.parquet",
    "path: data/train.parquet",
    "MU-D111",
    "evaluation: {path",
  ],
  [
    "a positive value that is no class",
    "positive: 1, ",
    "positive: 1, classes: [0, 2], ",
    "MU-I111",
    "label: {column",
  ],
  ["more per class than in all", "per_class: 100_000", "per_class: 600_000", "MU-D101", "per_class: 600_000"],
  [
    "more examples than the source holds",
    "volume: 3_000_000",
    "volume: 300_000",
    "MU-D102",
    "total: 1_000_000",
  ],
  ["a balance that two classes cannot have", "max_share: 85%", "max_share: 40%", "MU-D101", "max_share: 40%"],
  ["data fresher than its monthly source", "freshness: 90d", "freshness: 10d", "MU-D108", "freshness: 10d"],
  [
    "a retraining later than the promised freshness",
    "freshness: 90d",
    "freshness: 10d",
    "MU-M311",
    "data_older_than: 90d",
  ],
  ["a slip in a key of leakage", "keys: [flight_id]", "keys: [fligt_id]", "MU-A104", "keys: [fligt_id]"],
  [
    "a slip in the time column",
    "time: {column: departure}",
    "time: {column: departur}",
    "MU-A104",
    "time: {column: departur}",
  ],
  [
    "labels later than they are counted on",
    "verified_by: verified}",
    "verified_by: verified, delay: 3d}",
    "MU-D106",
    "labels_after: 1d",
  ],
  [
    "labels later than the next retraining",
    "verified_by: verified}",
    "verified_by: verified, delay: 45d}",
    "MU-M311",
    "schedule:",
  ],
  [
    "another prevalence than the training balance",
    "verified_by: verified}",
    "verified_by: verified, prevalence: 5%}",
    "MU-D109",
    "max_share: 85%",
  ],
  [
    "training data past the split",
    "  requirements:\n",
    "  split: {method: by_time, at: 2001-02-01}\n  requirements:\n",
    "MU-D111",
    "at: 2001-02-01",
  ],
  ["a gate on the wrong side", "at_least: 0.65", "at_most: 0.65", "MU-E104", "at_most: 0.65"],
  ["a gate that no model reaches", "at_least: 0.65", "at_least: 65", "MU-E105", "at_least: 65"],
  ["a gate that a coin passes", "at_least: 0.65", "at_least: 0.45", "MU-E103", "at_least: 0.45"],
  [
    "accuracy on a rare class",
    "metric: roc_auc, at_least: 0.65",
    "metric: accuracy, at_least: 0.65",
    "MU-E101",
    "metric: accuracy",
  ],
  ["an alert for good recall", "recall, alert_below", "recall, alert_above", "MU-E118", "metric: recall"],
  [
    "a secondary alert stricter than the gate",
    "{metric: recall, alert_below: 0.45}",
    "{metric: roc_auc, alert_below: 0.70}",
    "MU-E118",
    "alert_below: 0.70",
  ],
  [
    "a secondary alert looser than the gate",
    "{metric: recall, alert_below: 0.45}",
    "{metric: roc_auc, alert_below: 0.60}",
    "MU-E118",
    "alert_below: 0.60",
  ],
  ["a slip in a subgroup", "by: origin, values", "by: orgin, values", "MU-E110", "by: orgin"],
  ["a slip in a subgroup's column", "from: departure", "from: departur", "MU-E110", "from: departur,"],
  ["hours of a distance", "from: departure", "from: distance", "MU-E124", "hours:"],
  ["distances that the contract refuses", "2000, 6000]}", "2000, 7000, 9000]}", "MU-E124", "7000, 9000"],
  ["hours that overlap", "morning: [6, 12]", "morning: [5, 12]", "MU-A225", "morning: [5, 12]"],
  [
    "a control that is nowhere",
    "contract.outputs.late.surface_above",
    "contract.outputs.delay.surface_above",
    "MU-R101",
    "outputs.delay",
  ],
  [
    "a control whose line is gone",
    ", per_client: 100/s}",
    "}",
    "MU-R101",
    "deployment.throughput.per_client",
  ],
  ["a median above the p99", "p50: 5ms", "p50: 50ms", "MU-O101", "p50: 50ms"],
  ["a timeout below the p99", "timeout: 50ms}", "timeout: 10ms}", "MU-O102", "timeout: 10ms"],
  ["a burst below the peak", "burst: {rate: 1000/s", "burst: {rate: 100/s", "MU-O119", "rate: 100/s"],
  [
    "one client above all of them",
    "per_client: 100/s",
    "per_client: 5000/s",
    "MU-O119",
    "per_client: 5000/s",
  ],
  ["a model larger than the memory", "model_size: 10MiB", "model_size: 2GiB", "MU-O108", "model_size: 2GiB"],
  [
    "a rollback shorter than its drain",
    "rollback: {within: 1m}",
    "rollback: {within: 1m, drain: 5m}",
    "MU-O110",
    "drain: 5m",
  ],
  ["a log gone before the window closes", "retain: 90d", "retain: 1d", "MU-M317", "retain: 1d"],
  ["a redacted name that is none", "redact: []", "redact: [passenger]", "MU-A104", "redact: [passenger]"],
  ["an alert far under the gate", "alert_below: 0.63", "alert_below: 0.40", "MU-M304", "alert_below: 0.40"],
  ["an alert above the gate", "alert_below: 0.63", "alert_below: 0.70", "MU-M305", "alert_below: 0.70"],
  [
    "an alert when nothing drifts",
    "{metric: kl, alert_above",
    "{metric: kl, alert_below",
    "MU-M318",
    "metric: kl",
  ],
  [
    "a latency alert ten times the promise",
    "alert_above: 25ms",
    "alert_above: 250ms",
    "MU-M304",
    "alert_above: 250ms",
  ],
  [
    "a latency alert under the promise",
    "alert_above: 25ms",
    "alert_above: 10ms",
    "MU-M305",
    "alert_above: 10ms",
  ],
  ["an alert to nobody", "window: 5m, owner: platform", "window: 5m, owner: sre", "MU-M306", "owner: sre"],
  ["a schedule inside of the cooldown", '"0 3 1 * *"', '"0 * * * *"', "MU-M311", "cooldown: 7d"],
  [
    "an automatic release under high impact",
    "approval: manual  ",
    "approval: automatic  ",
    "MU-R109",
    "approval: automatic",
  ],
  [
    "an approver who is no role",
    "approvers: [product, ml]",
    "approvers: [product, legal]",
    "MU-A104",
    "legal",
  ],
];

test.each(inExample)("in the example: %s", (...plant) => planted(example, plant));

const inFlights: readonly Plant[] = [
  ["a default outside of the range", "default: 569", "default: 9", "MU-I102", "default: 9"],
  [
    "a gate under the baseline",
    "column: baseline}",
    "column: baseline, reaches: 0.70}",
    "MU-E102",
    "at_least: 0.65",
  ],
  ["a slip in a subgroup", "{by: distance, bins", "{by: distnce, bins", "MU-E110", "by: distnce"],
  ["hours of a distance", "from: departure", "from: distance", "MU-E124", "hours:"],
  [
    "a slip in a key of leakage",
    "no_leakage:\n      keys: [flight_id]",
    "no_leakage:\n      keys: [flight_idd, fligth_id]",
    "MU-A104",
    "fligth_id",
  ],
  [
    "a drift signal that a trigger waits for is gone",
    "drift: input_drift, perf",
    "drift: input_drif, perf",
    "MU-A217",
    "input_drif,",
  ],
  ["a burst below the peak", "peak: 500/s", "peak: 5000/s", "MU-O119", "peak: 5000/s"],
  [
    "a latency alert looser than the promise",
    "p99: 25ms, timeout",
    "p99: 8ms, timeout",
    "MU-M304",
    "alert_above: 25ms",
  ],
  [
    "a log gone before labels are counted on",
    "labels_after: 1d",
    "labels_after: 100d",
    "MU-M317",
    "retain: 90d",
  ],
  ["a window of rows that is gone", "retain: 90d", "retain: 12h", "MU-M317", "retain: 12h"],
];

test.each(inFlights)("in the flights: %s", (...plant) => planted(flights, plant));
