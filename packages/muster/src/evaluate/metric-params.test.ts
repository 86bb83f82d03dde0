import { describe, expect, test } from "vitest";
import { registry } from "../checks/registry.ts";
import { measureMetric, metricReads } from "../checks/release/metric-subject.ts";
import type { Verdict } from "../claims/verdict.ts";
import { MemoryEngine } from "../engine/memory/memory-engine.ts";
import type { MemoryRow } from "../engine/memory/memory-table.ts";
import type { Model } from "../model/model.ts";
import { evaluate } from "./evaluate.ts";
import { bench, toy, toySpec } from "./fixtures/toy.ts";
import { valueModel } from "./fixtures/value-model.ts";

/** What each secondary line is measured as, in their order. */
async function values(
  text: string,
  lines: readonly string[],
  rows: readonly MemoryRow[],
  model: Model,
): Promise<readonly (number | string | null)[]> {
  const spec = text.replace(
    /primary: \{.*\}\n/,
    (primary) => `${primary}  secondary:\n${lines.map((line) => `    - ${line}\n`).join("")}`,
  );
  const t = toy(spec);
  const { verdicts } = await evaluate(
    t.claims,
    registry,
    bench(t, { training: rows, evaluation: rows }, model),
    { evidence: [], waivers: [], measure: "missing" },
  );
  const found = new Map<string, Verdict>(verdicts.map((verdict) => [verdict.claim.id, verdict]));
  return t.claims
    .filter(({ path }) => path.startsWith("evaluation.secondary"))
    .map((claim) => claim.because ?? found.get(claim.id)?.observations[0]?.value ?? null);
}

describe("parameters under params reach the metric and change its number", () => {
  test("of predicted numbers", async () => {
    const text = toySpec
      .replace("output: classification", "output: regression")
      .replace(
        /inputs:[\s\S]*?outputs:\n.*\n/,
        "inputs:\n    - {name: x, type: float, required: true, range: [0, 100]}\n  outputs:\n    - {name: y, type: number, range: [-10, 200]}\n",
      )
      .replace(/label: .*/, "label: {column: truth}")
      .replace("contract.inputs.weight.range", "contract.inputs.x.range")
      .replace("{metric: roc_auc, at_least: 0.8}", "{metric: mean_absolute_error, at_most: 5}")
      .replace("{by: depot, values: [north, south]}", "{by: depot, values: [1]}");
    // Predictions are x itself, truths x + 4 or x - 2.
    const rows = Array.from({ length: 300 }, (_, i) => ({
      id: `p${i}`,
      x: 10 + (i % 80),
      truth: 10 + (i % 80) + (i % 3 === 0 ? 4 : -2),
      coin: 50,
      verified: true,
      depot: 1,
    }));
    const found = await values(
      text,
      [
        "{metric: mean_pinball_loss, params: {alpha: 0.9}, alert_above: 9}",
        "{metric: mean_pinball_loss, alert_above: 9}",
        "{metric: within_tolerance, params: {absolute: 2}, alert_below: 0.1}",
        "{metric: absolute_error_quantile, params: {quantile: 0.5, quantile_method: inverted_cdf}, alert_above: 9}",
        "{metric: mean_absolute_scaled_error, params: {scale: 8}, alert_above: 9}",
      ],
      rows,
      valueModel("y", "x", "FP64", (x: number) => x),
    );
    // Pinball loss (Koenker & Bassett 1978): alpha e above the prediction, (alpha - 1) e below it.
    expect(found[0]).toBeCloseTo((0.9 * 4 + 2 * 0.1 * 2) / 3, 12);
    expect(found[1]).toBeCloseTo((0.5 * 4 + 2 * 0.5 * 2) / 3, 12);
    expect(found[2]).toBeCloseTo(2 / 3, 12);
    expect(found[3]).toBe(2);
    expect(found[4]).toBeCloseTo(8 / 3 / 8, 12);
  });

  test("of probabilities and classes", async () => {
    // Scores 0.2 and 0.7; of the first a tenth is late, of the second half.
    const rows = Array.from({ length: 400 }, (_, i) => ({
      id: `p${i}`,
      weight: i % 2 === 0 ? 0.2 : 0.7,
      depot: "north",
      was_late: i % 2 === 0 ? Number(i % 20 === 0) : Number(i % 4 === 1),
      coin: 0.5,
      verified: true,
    }));
    const found = await values(
      toySpec,
      [
        "{metric: expected_calibration_error, params: {n_bins: 1}, alert_above: 0.9}",
        "{metric: expected_calibration_error, params: {norm: max}, alert_above: 0.9}",
        "{metric: expected_cost, params: {costs: [[0, 1], [5, 0]], labels: [0, 1]}, alert_above: 0.9}",
        "{metric: alert_precision, params: {share: 0.5}, alert_below: 0.1}",
        "{metric: recall_at_precision, params: {precision: 0.5}, alert_below: 0.1}",
        "{metric: roc_auc, params: {max_fpr: 0.5}, alert_below: 0.1}",
      ],
      rows,
      valueModel("late", "weight", "FP64", (weight: number) => weight),
    );
    expect(found[0]).toBeCloseTo(0.45 - 0.3, 6);
    expect(found[1]).toBeCloseTo(0.2, 6);
    // 20 late among 200 called on time cost 5 each, 100 false alarms 1 each.
    expect(found[2]).toBeCloseTo((20 * 5 + 100) / 400, 12);
    expect(found[3]).toBeCloseTo(0.5, 12);
    expect(found[4]).toBeCloseTo(100 / 120, 12);
    // The curve goes by (100 / 280, 100 / 120) to (1, 1); scikit-learn standardises by (1 + (a - min) / (max - min)) / 2.
    const [fpr, tpr] = [100 / 280, 100 / 120];
    const at = tpr + ((0.5 - fpr) * (1 - tpr)) / (1 - fpr);
    const area = (fpr * tpr) / 2 + ((0.5 - fpr) * (tpr + at)) / 2;
    expect(found[5]).toBeCloseTo((1 + (area - 0.125) / (0.5 - 0.125)) / 2, 3);
  });

  test("of texts", async () => {
    const text = toySpec
      .replace("output: classification", "output: generation")
      .replace(
        /inputs:[\s\S]*?outputs:\n.*\n/,
        "inputs:\n    - {name: q, type: string, required: true}\n  outputs:\n    - {name: a, type: text}\n",
      )
      .replace(/label: .*/, "label: {column: expected}")
      .replace("contract.inputs.weight.range", "contract.inputs.q.required")
      .replace("{metric: roc_auc, at_least: 0.8}", "{metric: exact_match, at_least: 0.1}")
      .replace("{by: depot, values: [north, south]}", "{by: depot, values: [x]}");
    const answers = ['{"n": 1}', '{"n": "one"}', "ORD-17", "the Cat sat on the mat"];
    const rows = Array.from({ length: 80 }, (_, i) => ({
      id: `p${i}`,
      q: answers[i % 4] ?? "",
      expected: (answers[i % 4] ?? "").toLowerCase(),
      depot: "x",
      coin: "?",
      verified: true,
    }));
    const schema = '{"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}';
    const found = await values(
      text,
      [
        `{metric: json_schema_valid, params: {schema: '${schema}'}, alert_below: 0.1}`,
        "{metric: regex_match, params: {pattern: '[a-z]{3}-[0-9]+', whole: true, ignore_case: true}, alert_below: 0.1}",
        "{metric: must_contain, params: {texts: [cat, mat], ignore_case: true}, alert_below: 0.1}",
        "{metric: length_within, params: {unit: words, most: 2}, alert_below: 0.1}",
        "{metric: bleu, params: {tokenize: char, lowercase: true, scale: 0-1}, alert_below: 0.1}",
        "{metric: bleu, params: {tokenize: char, scale: 0-100}, alert_below: 0.1}",
        "{metric: regex_match, params: {pattern: '(a'}, alert_below: 0.1}",
      ],
      rows,
      valueModel("a", "q", "BYTES", (q: string) => q),
    );
    expect(found.slice(0, 4)).toEqual([0.25, 0.25, 0.25, 0.75]);
    expect(found[4]).toBeCloseTo(1, 12);
    expect(Number(found[5])).toBeGreaterThan(1);
    expect(Number(found[5])).toBeLessThan(100);
    // What the metric itself finds wrong leaves the line open, with the reason.
    expect(found[6]).toContain("pattern");
  });
});

test("a part of the ROC curve is read exactly also where the scores of many rows are rounded", async () => {
  // Scores that fall into few cells: above one half two of three are late, below one of three.
  const rows = Array.from({ length: 600 }, (_, i) => ({
    score: (i < 300 ? 0.1 : 0.9) + i * 1e-9,
    late: Number(i < 300 ? i % 3 === 0 : i % 3 !== 0),
  }));
  const engine = MemoryEngine.of({ t: rows });
  await engine.attach("t", "t");
  const subject = {
    metric: "roc_auc",
    table: "t",
    label: "late",
    positive: 1,
    score: "score",
    params: { max_fpr: 0.5 },
  };
  const measured = async (effort: "exact" | "quick" | "coarse") => {
    const reads = metricReads(subject, effort).flatMap((read) =>
      read.kind === "aggregate" ? [read.aggregate] : [],
    );
    const answers = (await engine.aggregate(reads)).map(
      ({ groups }) => ({ kind: "aggregate", groups }) as const,
    );
    return measureMetric(subject, answers, effort);
  };
  const exact = await measured("exact");
  expect(exact[0]?.value).toBeGreaterThan(0.5);
  expect(await measured("quick")).toEqual(exact);
  expect(await measured("coarse")).toEqual(exact);
});
