import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { lint } from "../lint.ts";
import { authoringRules } from "./authoring/family.ts";
import { contractRules } from "./contract/family.ts";
import { parsed } from "./fixtures/rule-specs.ts";
import { problemRules } from "./problem/family.ts";

/** Sound specs of other trades: whatever authoring, problem or contract rules find here, they find wrongly. */
const sound: Readonly<Record<string, string>> = {
  "intents of a chat, with an automatic router and a cache": `
    problem:
      statement: Customers wait too long for the right desk, and most cases are simple.
      decision: {what: Route a message, mode: automates, oversight: exceptions}
      output: classification
      consumers: [{who: router, use: automated_decision, budget: 200ms}, {who: desk, use: internal_team}]
    contract:
      inputs: [{name: message, type: text, required: true, pii: true}, {name: todo_count, type: float, required: false}]
      outputs: [{name: intent, type: label, values: [billing, TODO, other]}, {name: confidence, type: probability}]
      edge_cases: {out_of_distribution: review, latency_exceeded: cached, detector: {by: output, output: confidence, above: 0.6}}
      cache: {ttl: 5m, on_miss: error}
      review: {capacity: 50/h, owner: desk}
    evaluation: {primary: {metric: f1, at_least: 0.8}, secondary: [{metric: roc_auc, alert_below: 0.9}]}
    deployment: {log: {survives: crash, redact: [message]}}
    monitoring: {notify: {ml: [{webhook: "https://hooks.example/ml"}]}}`,
  "demand in pieces, prices in euros": `
    problem:
      statement: Shelves are empty on Saturdays.
      decision: {what: Order goods, mode: enables, oversight: every_decision}
      output: regression
      goal: {what: 5 % less waste a year, moved_by: [mape, bias]}
      regulated: false
    contract:
      inputs:
        - {name: price_eur, type: float, unit: EUR, required: true, range: [0, 9999]}
        - {name: distance_m, type: float, unit: m, required: true}
        - {name: delay_min, type: float, unit: min, required: false, missing: null}
        - {name: sales, type: float, required: true, source: warehouse.sales, staleness: 1d, available_at: at_decision}
      outputs: [{name: pieces, type: number, bands: [{means: few, range: [0, 10]}, {means: many, range: [10, 500]}]}]
      edge_cases: {missing_required: reject, out_of_distribution: fallback, latency_exceeded: fallback}
      fallback: {rule: Sales of the same day last week, needs: [till archive]}
    data: {label: {column: sold}, sources: [{name: warehouse, updates: daily}]}
    evaluation: {primary: {metric: mape, at_most: 0.25}, secondary: [{metric: bias, alert_above: 30}]}
    monitoring: {performance: {metric: mape, alert_above: 0.3, window: 7d}}`,
  "films for a front page": `
    problem:
      statement: People search too long.
      decision: {what: Order the front page, mode: automates}
      output: ranking
      consumers: [{who: viewers, use: shown_to_users}]
    contract:
      inputs: [{name: user, type: string, required: true, pii: true}, {name: age, type: integer, required: false, missing: reject}]
      outputs: [{name: films, type: ranking}, {name: taste, type: embedding}]
      edge_cases: {latency_exceeded: cached}
      fallback: {version: r12}
    evaluation: {primary: {metric: ndcg_cut_20, at_least: 0.3}}
    deployment: {log: {survives: crash, retain: 30d}}`,
  "answers from documents, never the same twice": `
    problem: {statement: Manuals are long and nobody reads them., decision: {what: Answer a question, mode: enables}, output: generation}
    contract:
      inputs: [{name: question, type: text, required: true, values: profile}]
      outputs: [{name: answer, type: text}, {name: score, type: score}]
      edge_cases: {out_of_distribution: uncertainty, latency_exceeded: error}
      variance: {repeat: {calls: 5, max_difference: 0.2}}
    evaluation: {primary: {metric: rougeL, at_least: 0.4}}`,
  "defects on pictures, two thresholds": `
    problem:
      statement: Faulty parts leave the plant.
      decision: {what: Stop the belt, mode: automates, oversight: none}
      output: anomaly_detection
      consumers: [{who: belt, use: automated_decision}]
    contract:
      inputs: [{name: picture, type: image, required: true}, {name: line, type: string, required: true, values: [a, b]}]
      outputs:
        - {name: scratch, type: score, decide: {at: 3.5, positive: stop, negative: go}}
        - {name: dent, type: score, decide: {at: 2, positive: stop, negative: go}}
      edge_cases: {missing_required: reject, out_of_distribution: fallback, latency_exceeded: fallback}
      fallback: {constant: {scratch: 99, dent: 99}}
    data: {label: {column: defect, positive: 1}}
    evaluation: {primary: {metric: recall, at_least: 0.98}, secondary: [{metric: false_positive_rate, alert_above: 0.02}]}
    risks:
      - {id: light, mode: The lamp fails, probability: low, impact: {level: high, what: Missed defects}, mitigation: "The belt stops <1 s after it", controls: [contract.fallback]}
      - {id: dust, mode: Dust on the lens, probability: high, impact: {level: low, what: False alarms}, mitigation: "[see the manual] Cleaned each shift"}`,
};

const own = [...authoringRules, ...problemRules, ...contractRules];

const found = (text: string): readonly string[] => {
  const { spec, places } = parsed(text);
  const { findings, skipped } = lint(spec, places, own, { preset: "recommended" });
  expect(skipped).toEqual([]);
  return findings.map(({ diagnostic }) => `${diagnostic.code} ${diagnostic.message}`);
};

test.each(Object.entries(sound))("nothing is found in %s", (_trade, sections) => {
  const head =
    "muster: 1\nname: sound\nversion: 1.0.0\nstatus: draft\nowners: {ml: ml@a.example, desk: desk@a.example}\n";
  expect(found(head + sections.replaceAll("\n    ", "\n"))).toEqual([]);
});

test("nothing is found in the project's own example", () => {
  const example = new URL("../../../../../examples/flight-delay/muster.yaml", import.meta.url);
  expect(found(readFileSync(example, "utf8"))).toEqual([]);
});
