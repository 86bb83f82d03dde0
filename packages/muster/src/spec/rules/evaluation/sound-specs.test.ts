import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { lint } from "../../lint.ts";
import { dataRules } from "../data/family.ts";
import { parsed } from "../fixtures/rule-specs.ts";
import { evaluationRules } from "./family.ts";

/** Sound specs of other trades: whatever a rule of data or evaluation finds here, it finds wrongly. */
const sound: Readonly<Record<string, string>> = {
  "credit default, labels after 90 days, granted loans only": `
    problem: {statement: Loans default., output: classification, baseline: {description: Scorecard, reaches: 0.71}}
    contract:
      inputs: [{name: income, type: float, required: true, range: [0, 1000000]}]
      outputs: [{name: default_risk, type: probability, range: [0, 1], decide: {at: 0.2, positive: refuse, negative: grant}}]
    data:
      label: {column: defaulted, positive: true, prevalence: 4%, delay: 90d, known_for: acted_on, correction: 1% are granted at random}
      time: {column: granted_on, season: 365d}
      split: {method: by_time, at: 2025-01-01}
      evaluation: {path: e.parquet, unit_id: customer_id, rows: 60_000, columns: [customer_id, age_band, sex, defaulted, granted_on]}
      requirements:
        examples: {total: 400_000, per_class: 10_000}
        dates: {from: 2022-01-01, to: 2024-12-31}
        freshness: 180d
        class_balance: {max_share: 97%}
        no_leakage: {keys: [customer_id]}
      sources: [{name: core banking, volume: 900_000, updates: nightly}]
    evaluation:
      primary: {metric: roc_auc, at_least: 0.74}
      secondary: [{metric: brier_score, alert_above: 0.036}, {metric: average_precision, alert_below: 0.15}]
      subgroups: [{by: age_band, values: [18-30, 31-50, 51+], rows: [15_000]}, {by: sex, values: [f, m]}]
      plan: {expected: 0.79, power: 80%}
    monitoring: {performance: {metric: primary, alert_below: 0.72, window: 30d, labels_after: 90d}}`,
  "intents of a chat, twelve classes": `
    problem: {statement: Routing takes long., output: classification}
    contract:
      inputs: [{name: message, type: text, required: true}]
      outputs: [{name: intent, type: label, values: [a, b, c, d, e, f, g, h, i, j, k, l]}, {name: confidence, type: probability}]
    data:
      label: {column: intent}
      requirements: {examples: {total: 24_000, per_class: 500}, class_balance: {max_share: 30%}}
    evaluation:
      primary: {metric: f1, average: macro, at_least: 0.8}
      secondary: [{metric: accuracy, alert_below: 0.85}, {metric: coverage, alert_below: 0.9}]
      subgroups: [{by: language, values: [de, en]}]`,
  "film recommender by ratings": `
    problem: {statement: People search too long., output: ranking}
    contract:
      inputs: [{name: user, type: string, required: true}]
      outputs: [{name: films, type: ranking, items: 50}]
    data: {label: {column: rating}, sources: [{name: views, updates: every 5m}], requirements: {freshness: 1d}}
    evaluation:
      primary: {metric: recall_at_20, at_least: 0.2}
      secondary: [{metric: rmse, alert_above: 0.95}, {metric: ndcg, k: 50, alert_below: 0.3}, {metric: catalogue_coverage, alert_below: 0.4}, {metric: map, alert_below: 0.1}]`,
  "answers from documents": `
    problem: {statement: Manuals are long., output: generation}
    contract:
      inputs: [{name: question, type: text, required: true}]
      outputs: [{name: answer, type: text}]
    data: {label: {column: reference}, evaluation: {path: e.jsonl, rows: 400, query_id: question}}
    evaluation:
      primary: {metric: exact_match, at_least: 0.55}
      secondary: [{metric: f1, alert_below: 0.6}, {metric: mrr, alert_below: 0.5}, {metric: bleu, scale: 0-100, alert_below: 28}, {metric: wer, alert_above: 1.2}, {metric: faithfulness, alert_below: 0.9, judge: {model: m, version: 2026-01-01, agreement: 0.8}}]`,
  "detector of card fraud": `
    problem: {statement: Cards are stolen., output: anomaly_detection}
    contract:
      inputs: [{name: amount, type: float, required: true}]
      outputs: [{name: anomaly, type: score, decide: {at: 3.2, positive: alarm, negative: pass}}]
    data:
      label: {column: fraud, positive: 1, prevalence: 0.1%, delay: 45d}
      requirements: {class_balance: {max_share: 99.95%}, freshness: 60d}
      sources: [{name: payments, updates: hourly}, {name: disputes, updates: monthly}]
    evaluation:
      primary: {metric: recall, at_least: 0.6}
      secondary: [{metric: false_positive_rate, alert_above: 0.0002}, {metric: precision_at_100, alert_below: 0.7}]
      workload: {cases: 1_000_000/d, capacity: 1000/d}
    monitoring: {performance: {metric: primary, alert_below: 0.55, window: 7d, labels_after: 45d}}`,
  "demand, with sign and shares": `
    problem: {statement: Shelves are empty., output: regression, baseline: {description: Last week, reaches: 0.31}}
    contract:
      inputs: [{name: shop, type: string, required: true}]
      outputs: [{name: units, type: number}]
    data: {label: {column: sold}, time: {column: day, as_of: 2026-01-01, season: 365d}, requirements: {dates: {from: 2024-01-01, to: 2025-12-31}, freshness: 14d}, split: {method: by_time, at: 2026-01-01}}
    evaluation:
      primary: {metric: mape, at_most: 0.25}
      secondary: [{metric: r2, alert_below: 0.4}, {metric: bias, alert_above: 3}, {metric: coverage, alert_below: 0.85}]
      subgroups: [{by: shop, rows: [3_000]}]
      plan: {expected: 0.2, power: 80%}`,
};

const findings = (text: string): readonly string[] => {
  const { spec, places } = parsed(text);
  return lint(spec, places, [...dataRules, ...evaluationRules]).findings.map(
    ({ diagnostic: d }) => `${d.code} ${d.message}`,
  );
};

test.each(Object.keys(sound))("%s: no finding", (name) => {
  const sections = (sound[name] ?? "").replaceAll(/^ {4}/gm, "");
  expect(findings(`muster: 1\nname: sound\nversion: 1.0.0\n${sections}\n`)).toEqual([]);
});

test("the example on real data: no finding", () => {
  const url = new URL("../../../../../../examples/flight-delay/muster.yaml", import.meta.url);
  expect(findings(readFileSync(url, "utf8"))).toEqual([]);
});
