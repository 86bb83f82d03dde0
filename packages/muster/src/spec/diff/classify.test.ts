import { describe, expect, test } from "vitest";
import { baseText, edited, parsed } from "../rules/fixtures/rule-specs.ts";
import type { Edit } from "../rules/rule.ts";
import { needsApproval } from "./change.ts";
import { changeRules, classifyChanges } from "./classify.ts";
import { changesBetween } from "./facts.ts";

const before = parsed(baseText("classification")).spec;
const after = (...edits: Edit[]) => parsed(edited("classification", edits)).spec;
const classified = (...edits: Edit[]) => classifyChanges(before, after(...edits));

/** What is said about the one change of an edit, and about undoing it. */
const both = (edit: Edit) => {
  const there = classified(edit);
  const back = classifyChanges(after(edit), before);
  expect(there.map((c) => c.path)).toHaveLength(1);
  return [there[0], back[0]].map((c) => `${c?.rule}: ${c?.effect}, ${c?.evidence}`);
};

describe("facts", () => {
  test("equal specs have none, whatever their layout and units", () => {
    expect(changesBetween(before, before)).toEqual([]);
    expect(classified(["p99: 25ms, timeout", "p99: 0.025s, timeout"])).toEqual([]);
    expect(classified(["total: 1_000_000", "total: 1000000"])).toEqual([]);
  });

  test("an entry that came is one change, named, at its place", () => {
    const changes = changesBetween(
      before,
      after([
        "  outputs:\n    - name: late",
        "    - {name: carrier, type: string, required: true}\n  outputs:\n    - name: late",
      ]),
    );
    expect(changes).toMatchObject([
      { kind: "added", path: "contract.inputs.carrier", at: ["contract", "inputs", 4] },
    ]);
  });

  test("moved entries are no change", () => {
    const lines = baseText("classification").split("\n");
    const i = lines.findIndex((l) => l.includes("metric: recall"));
    [lines[i], lines[i + 1]] = [lines[i + 1] ?? "", lines[i] ?? ""];
    expect(changesBetween(before, parsed(lines.join("\n")).spec)).toEqual([]);
  });
});

describe("what a change means, and what undoing it means", () => {
  test.each<[Edit, readonly string[]]>([
    [
      ["at_least: 0.65", "at_least: 0.60"],
      ["ship-threshold-lowered: weakening, rejudge", "ship-threshold-raised: tightening, rejudge"],
    ],
    [
      ["values: [ORD, DFW, ATL, LAX, PHX]", "values: [ORD, DFW, LAX, PHX]"],
      ["subgroup-values-removed: weakening, drop", "subgroup-values-added: tightening, new"],
    ],
    [
      ["    - {by: distance, bins: [0, 500, 1000, 2000, 6000]}\n", ""],
      ["subgroup-removed: weakening, drop", "subgroup-added: tightening, new"],
    ],
    [
      ["decide_by: lower_bound ", "decide_by: point "],
      ["judged-by-point: weakening, rejudge", "judged-by-bound: tightening, rejudge"],
    ],
    [
      ["confidence: 95%", "confidence: 80%"],
      ["confidence-lowered: weakening, rejudge", "confidence-raised: tightening, rejudge"],
    ],
    [
      ["metric: roc_auc", "metric: average_precision"],
      ["primary-metric-changed: weakening, drop", "primary-metric-changed: weakening, drop"],
    ],
    [
      ["primary: {metric: roc_auc,", "primary: {columns: {weight: seats}, metric: roc_auc,"],
      ["primary-columns-changed: weakening, drop", "primary-columns-changed: weakening, drop"],
    ],
    [
      ["  confidence: 95%", "  columns: {weight: seats}\n  confidence: 95%"],
      ["primary-columns-changed: weakening, drop", "primary-columns-changed: weakening, drop"],
    ],
    [
      // The primary metric reads no event.
      ["  confidence: 95%", "  columns: {event: storm}\n  confidence: 95%"],
      ["alert-columns-changed: weakening, drop", "alert-columns-changed: weakening, drop"],
    ],
    [
      [
        "{metric: recall, alert_below: 0.45}",
        "{metric: recall, columns: {weight: seats}, alert_below: 0.45}",
      ],
      ["alert-columns-changed: weakening, drop", "alert-columns-changed: weakening, drop"],
    ],
    [
      ["alert_below: 0.45", "alert_below: 0.40"],
      ["secondary-alert-lowered: weakening, rejudge", "secondary-alert-raised: tightening, rejudge"],
    ],
    [
      ["range: [10, 6000]", "range: [10, 4000]"],
      ["input-domain-narrowed: breaking, keep", "input-domain-widened: neutral, stale"],
    ],
    [
      [
        "source: routes.distance, unit: mi, required: false",
        "source: routes.distance, unit: mi, required: true",
      ],
      ["input-made-required: breaking, stale", "input-made-optional: neutral, stale"],
    ],
    [
      ["missing_required: reject ", "missing_required: default "],
      ["missing-policy-laxer: weakening, new", "missing-policy-stricter: breaking, stale"],
    ],
    [
      ["out_of_distribution: review ", "out_of_distribution: fallback "],
      ["oversight-removed: weakening, drop", "oversight-restored: tightening, new"],
    ],
    [
      ["decide: {at: 0.30", "decide: {at: 0.40"],
      ["decision-changed: breaking, stale", "decision-changed: breaking, stale"],
    ],
    [
      ["surface_above: 0.90", "surface_above: 0.80"],
      ["surfacing-lowered: weakening, rejudge", "surfacing-raised: tightening, rejudge"],
    ],
    [
      ["total: 1_000_000", "total: 500_000"],
      ["examples-lowered: weakening, rejudge", "examples-raised: tightening, rejudge"],
    ],
    [
      ["freshness: 90d", "freshness: 120d"],
      ["freshness-raised: weakening, rejudge", "freshness-lowered: tightening, rejudge"],
    ],
    [
      ["from: 2001-01-01", "from: 2001-02-01"],
      ["dates-from-raised: weakening, rejudge", "dates-from-lowered: tightening, rejudge"],
    ],
    [
      ["max_share: 85%", "max_share: 95%"],
      ["class-balance-raised: weakening, rejudge", "class-balance-lowered: tightening, rejudge"],
    ],
    [
      ["max_share: 85%", "max_share: 85%, max_ratio: 9"],
      ["data-requirement-added: tightening, new", "data-requirement-removed: weakening, drop"],
    ],
    [
      ["    freshness: 90d\n", "    freshness: 90d\n    max_missing: {distance: 5%}\n"],
      ["data-requirement-added: tightening, new", "data-requirement-removed: weakening, drop"],
    ],
    [
      ["keys: [flight_id]", "keys: [flight_id], time: {max_overlap: 0%}"],
      ["data-requirement-added: tightening, new", "data-requirement-removed: weakening, drop"],
    ],
    [
      ["p99: 25ms, timeout", "p99: 40ms, timeout"],
      ["latency-raised: weakening, rejudge", "latency-lowered: tightening, rejudge"],
    ],
    [
      ["timeout: 50ms", "timeout: 80ms"],
      ["timeout-raised: breaking, rejudge", "timeout-lowered: breaking, stale"],
    ],
    [
      ["per_client: 100/s", "per_client: 50/s"],
      ["client-rate-lowered: breaking, rejudge", "client-rate-raised: neutral, rejudge"],
    ],
    [
      ["rollback: {within: 1m}", "rollback: {within: 5m}"],
      ["rollback-raised: weakening, rejudge", "rollback-lowered: tightening, rejudge"],
    ],
    [
      ["survives: crash", "survives: power_loss"],
      ["log-stronger: tightening, stale", "log-weaker: weakening, stale"],
    ],
    [
      ["metric: kl, alert_above: 0.1", "metric: kl, alert_above: 0.2"],
      ["alert-loosened: weakening, rejudge", "alert-tightened: tightening, rejudge"],
    ],
    [
      ["approval: manual ", "approval: automatic "],
      ["retraining-automatic: weakening, new", "retraining-manual: neutral, keep"],
    ],
    [
      ["probability: high", "probability: low"],
      ["risk-level-lowered: weakening, keep", "risk-level-raised: tightening, keep"],
    ],
    [
      ["controls: [monitoring.input_drift, retraining.triggers.drift]", "controls: [monitoring.input_drift]"],
      ["control-removed: weakening, drop", "control-added: tightening, new"],
    ],
    [
      ["mode: automates}", "mode: enables}"],
      ["decision-enabled: tightening, keep", "decision-automated: weakening, keep"],
    ],
    [
      ["product: pm@airline.example", "product: po@airline.example"],
      ["wording: editorial, keep", "wording: editorial, keep"],
    ],
  ])("%j", (edit, [there, back]) => {
    expect(both(edit)).toEqual([there, back]);
  });
});

test("what nobody promised less by needs no approval, what weakens or breaks does", () => {
  expect(classified(["at_least: 0.65", "at_least: 0.70"]).some(needsApproval)).toBe(false);
  expect(classified(["at_least: 0.65", "at_least: 0.60"]).every(needsApproval)).toBe(true);
});

test("a fingerprint survives edits elsewhere and dies with another value", () => {
  const one = classified(["at_least: 0.65", "at_least: 0.60"])[0]?.fingerprint;
  const moved = classified(["at_least: 0.65", "at_least: 0.60"], ["freshness: 90d", "freshness: 60d"]);
  expect(one).toMatch(/^[0-9a-f]{12}$/);
  expect(moved.find((c) => c.path.startsWith("evaluation"))?.fingerprint).toBe(one);
  expect(classified(["at_least: 0.65", "at_least: 0.61"])[0]?.fingerprint).not.toBe(one);
});

test("where raise and lower are both possible, both rules exist and name each other", () => {
  for (const rule of changeRules) {
    if (rule.mirror === undefined) continue;
    const mirror = changeRules.find((r) => r.id === rule.mirror);
    expect(mirror?.mirror, rule.id).toBe(rule.id);
  }
});

test("every key that is taken out of the spec is told as something", () => {
  const lines = baseText("classification").split("\n");
  let told = 0;
  const unknown: string[] = [];
  for (let i = 0; i < lines.length; i += 1) {
    // The two lines that say what holds anyway, a default, change nothing when they go.
    if (!/^ {2,6}\w/.test(lines[i] ?? "") || /decide_by|confidence/.test(lines[i] ?? "")) continue;
    let less: ReturnType<typeof parsed>["spec"];
    try {
      less = parsed([...lines.slice(0, i), ...lines.slice(i + 1)].join("\n")).spec;
    } catch {
      continue;
    }
    const changes = classifyChanges(before, less);
    expect(changes.length, lines[i]).toBeGreaterThan(0);
    unknown.push(...changes.filter((c) => c.rule === "other").map((c) => `${c.kind} ${c.path}`));
    told += 1;
  }
  expect(unknown).toEqual([]);
  expect(told).toBeGreaterThan(25);
});
