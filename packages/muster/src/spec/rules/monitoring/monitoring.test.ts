import { describe, expect, test } from "vitest";
import { baseText, parsed } from "../fixtures/rule-specs.ts";
import { found, said } from "../fixtures/say.ts";
import { alertBelowNoiseFloor } from "./alert-below-noise-floor.ts";
import { alertLooserThanGate } from "./alert-looser-than-gate.ts";
import { alertTighterThanGate } from "./alert-tighter-than-gate.ts";
import { autoRetrainWithoutGate } from "./auto-retrain-without-gate.ts";
import { divergenceOf } from "./divergence.ts";
import { divergenceVsType } from "./divergence-vs-type.ts";
import { multiplicity } from "./multiplicity.ts";
import { retrainFasterThanLabels } from "./retrain-faster-than-labels.ts";
import { signalNoOwner } from "./signal-no-owner.ts";
import { windowTooSmall } from "./window-too-small.ts";

const base = baseText("classification");
const drift = (line: string) => base.replace("{metric: kl, alert_above: 0.1, window: 1d,", `{${line},`);

describe("the noise of a drift signal", () => {
  test.each([
    ["kl", 10, 10_000, 500, 0.0228, 0.0227],
    ["kl", 20, 50_000, 1_000, 0.0186, 0.0184],
    ["psi", 10, 10_000, 500, 0.0456, 0.0454],
    ["psi", 10, 100_000, 100, 0.218, 0.216],
  ])("%s of %s bins, %s rows against %s", (metric, bins, n, m, above, below) => {
    const at = (limit: number) =>
      drift(
        `metric: ${metric}, alert_above: ${limit}, bins: ${bins}, reference_rows: ${n}, min_rows: ${m}, window: 1d`,
      );
    expect(said(at(above), alertBelowNoiseFloor)).toEqual([]);
    expect(said(at(below), alertBelowNoiseFloor)).toHaveLength(1);
  });

  test("the folk rule of 0.2 is noise with 100 rows and 10 bins, and the fix is not", () => {
    const line = (limit: string) =>
      drift(
        `metric: psi, alert_above: ${limit}, bins: 10, reference_rows: 100_000, min_rows: 100, window: 1d`,
      );
    const [finding] = found(line("0.2"), alertBelowNoiseFloor);
    expect(finding?.message).toBe(
      "Without any drift one window in a hundred has a psi above 0.217 (10 bins, 100 rows against 100_000; 0.0901 on average): an alert above 0.2 is within that noise.",
    );
    const [fix] = finding?.fix ?? [];
    expect(fix).toMatchObject({ yaml: "0.22" });
    expect(said(line("0.22"), alertBelowNoiseFloor)).toEqual([]);
  });

  test("without min_rows the peak gives the most rows, which is the least noise", () => {
    // 500/s for 1 s.
    const text = drift("metric: kl, alert_above: 0.01, bins: 10, window: 1s");
    expect(alertBelowNoiseFloor.explain?.({ ...parsed(text), profile: null })).toBe(
      "input_drift: 10 bins, 500 rows: 0.009 on average, 99 % below 0.0217; the alert is at 0.01",
    );
    expect(said(text, alertBelowNoiseFloor)).toHaveLength(1);
  });

  test("without bins it is skipped, not passed", () => {
    expect(said(base, alertBelowNoiseFloor)).toMatch(/bins/);
  });
});

test("a p99 of fewer than a hundred requests is the slowest of them", () => {
  const text = base.replace("peak: 500/s", "peak: 12/m");
  expect(said(text, windowTooSmall)).toEqual([
    "Even at the peak of 12/m a window of 5m holds 60 requests: their p99 is the slowest of them.",
  ]);
});

describe("gate and alert", () => {
  const at = (gate: string, alert: string) =>
    base.replace("at_least: 0.65", gate).replace("alert_below: 0.63, window", `${alert}, window`);

  test.each([
    ["at_least: 0.65", "alert_below: 0.63", 0, 0],
    ["at_least: 0.65", "alert_below: 0.585", 0, 0],
    ["at_least: 0.65", "alert_below: 0.58", 1, 0],
    ["at_least: 0.99", "alert_below: 0.98", 0, 0],
    ["at_least: 0.99", "alert_below: 0.95", 1, 0],
    ["at_least: 0.65", "alert_below: 0.66", 0, 1],
    ["at_least: 0.65", "alert_above: 0.63", 1, 0],
    ["at_most: 6", "alert_above: 6.5", 0, 0],
    ["at_most: 6", "alert_above: 7", 1, 0],
    ["at_most: 6", "alert_above: 5", 0, 1],
    ["at_most: 6", "alert_below: 5", 1, 0],
    ["at_least: -1", "alert_below: -1.05", 0, 0],
  ])("%s against %s: %s too loose, %s too tight", (gate, alert, loose, tight) => {
    expect(said(at(gate, alert), alertLooserThanGate)).toHaveLength(loose);
    expect(said(at(gate, alert), alertTighterThanGate)).toHaveLength(tight);
  });

  test("another metric than the gate's has no gate to be held against", () => {
    const other = base.replace("metric: primary, alert_below: 0.63", "metric: recall, alert_below: 0.1");
    expect(said(other, alertLooserThanGate)).toEqual([]);
  });
});

test("a spec that notifies nobody at all has not said it yet; one that leaves a signal out has", () => {
  const without = base.replace("window: 5m, owner: platform}", "window: 5m}");
  expect(said(without, signalNoOwner)).toEqual([
    "monitoring.latency has no owner: of the roles that are notified none is told when it alerts.",
  ]);
  const nobody = without.replace(/ {2}notify:\n(?: {4}.*\n)+/, "");
  expect(said(nobody, signalNoOwner)).toEqual([]);
});

test("the gate of a retraining may name the evaluation as a whole, its parts, or nothing at all", () => {
  const gate = (line: string) =>
    said(base.replace("approval: manual ", `approval: automatic\n  gate: ${line} `), autoRetrainWithoutGate);
  expect(gate("[evaluation]")).toEqual([]);
  expect(gate("[evaluation.*]")).toEqual([]);
  expect(gate("[evaluation.primary]")).toEqual([
    "A retrained model ships by itself without passing evaluation.subgroups again.",
  ]);
  expect(gate("[]")).toHaveLength(1);
});

test("a trigger by age is slower than promised only where no schedule is quicker", () => {
  const slow = base.replace("data_older_than: 90d", "data_older_than: 180d");
  expect(said(slow, retrainFasterThanLabels)).toEqual([]);
  expect(said(slow.replace('schedule: "0 3 1 * *", ', ""), retrainFasterThanLabels)).toHaveLength(1);
});

test("false alerts add up over windows and signals", () => {
  const text = base.replace("  notify:\n", "  false_alerts: {each: 1%, per_week: 2}\n  notify:\n");
  expect(said(text, multiplicity)).toEqual([
    "2025 windows a week (performance 1, input_drift 7, prediction_drift 1, latency 2016) with 1% false alerts each are 20.3 a week, not 2.",
  ]);
});

describe("the kind of distance", () => {
  test.each([
    ["KL", "kl"],
    ["kl_divergence", "kl"],
    ["Kullback-Leibler", "kl"],
    ["psi", "psi"],
    ["jensen_shannon", "js"],
    ["total_variation", "total_variation"],
    ["L-infinity", "infinity_norm"],
    ["linf", "infinity_norm"],
    ["accuracy", null],
    ["p99", null],
  ])("%s is %s", (metric, kind) => {
    expect(divergenceOf(metric)).toBe(kind);
  });

  test("a signal over everything watches what fits, but the infinity norm of a number is always near 0", () => {
    const generation = baseText("generation");
    expect(said(generation, divergenceVsType)).toEqual([]);
    const named = generation.replace("{metric: kl, ", "{metric: kl, of: [message, topic], ");
    expect(said(named, divergenceVsType)).toEqual([
      "kl does not fit message, a text: no value comes twice, so that every window is as far away as any other.",
    ]);
    expect(said(base.replace("metric: kl,", "metric: l_infinity,"), divergenceVsType)).toHaveLength(2);
  });
});
