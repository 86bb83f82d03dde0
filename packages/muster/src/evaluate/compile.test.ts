import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { registry } from "../checks/registry.ts";
import type { Claim } from "../claims/claim.ts";
import { parse } from "../spec/parse.ts";
import { countClaims } from "./compile.ts";
import { toy, toySpec } from "./fixtures/toy.ts";

const text = readFileSync(new URL("../spec/fixtures/flight-delay.muster.yaml", import.meta.url), "utf8");

const compileText = (source: string): readonly Claim[] => toy(source).claims;

let claims: readonly Claim[];
beforeAll(() => {
  claims = compileText(text);
});

const claim = (id: string): Claim => {
  const found = claims.find((c) => c.id === id);
  if (found === undefined) throw new Error(`no claim ${id} among ${claims.map((c) => c.id).join(" ")}`);
  return found;
};

describe("the claims of the example", () => {
  test("can be counted without being made", () => {
    const { spec } = parse(text, "muster.yaml");
    expect(claims.length).toBeGreaterThan(100);
    expect(spec && countClaims(spec)).toBe(claims.length);
  });

  test("come from all seven sections, in their order, with ids of their own", () => {
    const order = [...new Set(claims.map((c) => c.section))];
    expect(order).toEqual(["problem", "contract", "data", "evaluation", "risks", "deployment", "monitoring"]);
    expect(new Set(claims.map((c) => c.id)).size).toBe(claims.length);
  });

  test("hold the primary threshold in aggregate and for each declared subgroup", () => {
    const primary = claims.filter((c) => c.id.startsWith("evaluation-primary"));
    expect(primary.map((c) => c.says)).toEqual([
      "roc_auc is at least 0.65 in aggregate",
      ...["ORD", "DFW", "ATL", "LAX", "PHX"].map((v) => `roc_auc is at least 0.65 where origin is ${v}`),
      "roc_auc is at least 0.65 where part_of_day is night (0 to 6 h)",
      "roc_auc is at least 0.65 where part_of_day is morning (6 to 12 h)",
      "roc_auc is at least 0.65 where part_of_day is afternoon (12 to 18 h)",
      "roc_auc is at least 0.65 where part_of_day is evening (18 to 24 h)",
      "roc_auc is at least 0.65 where distance is in [0, 500)",
      "roc_auc is at least 0.65 where distance is in [500, 1000)",
      "roc_auc is at least 0.65 where distance is in [1000, 2000)",
      "roc_auc is at least 0.65 where distance is in [2000, 6000]",
    ]);
    expect(primary.every((c) => c.stage === "release" && c.check === "evaluation/metric")).toBe(true);
  });

  test("stand where their line stands", () => {
    const line = (id: string): string | undefined => text.split("\n")[claim(id).at.start.line - 1];
    expect(line("evaluation-primary")).toContain("primary:");
    expect(line("evaluation-primary-origin-atl")).toContain("by: origin");
    expect(line("data-requirements-examples-per-class")).toContain("per_class");
    expect(line("deployment-infrastructure-model-size")).toContain("model_size");
    expect(line("contract-inputs-distance-range")).toContain("range: [10, 6000]");
  });

  test("name a check that exists, or say why none decides them", () => {
    for (const c of claims) {
      if (c.check === null) expect(c.because).toMatch(/\w/);
      else expect(registry.has(c.check)).toBe(true);
    }
  });

  test("can all be decided in the stages that the gate asks for", () => {
    const open = claims.filter((c) => (c.stage === "data" || c.stage === "release") && c.check === null);
    expect(open.map((c) => c.id)).toEqual([]);
  });
});

test("every promising line of the spec has a claim at or below it", () => {
  const paths = claims.map((c) => c.path);
  for (const line of [
    "problem.baseline",
    "problem.consumers.rebooking-service.budget",
    "problem.consumers.operations desk.explanation",
    "contract.inputs.origin.values",
    "contract.inputs.distance.missing",
    "contract.inputs.distance.preprocessing",
    "contract.outputs.late.range",
    "contract.outputs.late.decide",
    "contract.outputs.late.surface_above",
    "contract.edge_cases.missing_required",
    "contract.edge_cases.out_of_distribution",
    "contract.edge_cases.latency_exceeded",
    "contract.fallback",
    "contract.variance.repeat",
    "contract.variance.between_versions.max_label_changes",
    "data.requirements.examples.total",
    "data.requirements.dates",
    "data.requirements.label_quality",
    "data.requirements.class_balance",
    "data.requirements.freshness",
    "data.requirements.no_leakage",
    "data.sources.on-time performance.access",
    "data.sources.on-time performance.volume",
    "data.sources.on-time performance.updates",
    "evaluation.secondary.recall",
    "evaluation.secondary.expected_calibration_error",
    "risks.shift.controls",
    "risks.shift.mitigation",
    "deployment.latency.p50",
    "deployment.latency.p99",
    "deployment.latency.timeout",
    "deployment.throughput.peak",
    "deployment.throughput.burst",
    "deployment.throughput.per_client",
    "deployment.infrastructure.compute",
    "deployment.infrastructure.memory",
    "deployment.versioning",
    "deployment.rollback",
    "deployment.shadow.requests",
    "deployment.canary",
    "deployment.log.survives",
    "deployment.log.retain",
    "monitoring.performance",
    "monitoring.input_drift",
    "monitoring.prediction_drift",
    "monitoring.latency",
    "monitoring.no_data",
    "monitoring.notify.ml",
    "retraining.triggers.drift",
    "retraining.triggers.schedule",
    "retraining.triggers.data_older_than",
    "retraining.run",
    "retraining.approval",
    "retraining.cooldown",
  ]) {
    expect(paths, line).toContain(line);
  }
});

test("the optional lines of operations are claims too, none of which the gate waits for", () => {
  const more = [
    ["latency: {p50: 5ms", "latency: {mean: 8ms, fallback: 1ms, p50: 5ms"],
    [
      "  versioning:",
      "  retries: {most: 1}\n  replicas: {min: 1, max: 4}\n  regions: {serve: [eu-west-1]}\n  versioning:",
    ],
    ["memory: 1GiB", "memory: 1GiB, load_time: 20s"],
    ["shadow: {share: 100%", "shadow: {effects: none, share: 100%"],
    ["hold: 10m", "hold: 10m, detect: 5m, max_exposed: 3_000"],
    ["  notify:", "  false_alerts: {each: 0.01%, per_week: 2}\n  notify:"],
    ["  cooldown: 7d", "  cooldown: 7d\n  gate: [evaluation]\n  feedback: {loop: true, holdout: 1%}"],
    ["\nretraining:", "\nevidence: {valid_for: 30d}\nretraining:"],
    [
      "    controls: [contract.outputs.late.surface_above]",
      "    contained_within: 1d\n    acceptance: {by: product, on: 2026-01-15, expires: 2026-07-15}",
    ],
  ] as const;
  const written = more.reduce((all, [from, to]) => {
    expect(all.split(from).length, from).toBe(2);
    return all.replace(from, () => to);
  }, text);
  const known = new Set(claims.map((c) => c.path));
  const fresh = compileText(written).filter((c) => !known.has(c.path));
  expect(fresh.map((c) => c.path)).toEqual([
    "risks.false-alarms.acceptance",
    "risks.false-alarms.contained_within",
    "deployment.latency.mean",
    "deployment.latency.fallback",
    "deployment.retries",
    "deployment.infrastructure.load_time",
    "deployment.replicas",
    "deployment.regions",
    "deployment.shadow.effects",
    "deployment.canary.detect",
    "deployment.canary.max_exposed",
    "monitoring.false_alerts",
    "evidence.valid_for",
    "retraining.gate",
    "retraining.feedback.holdout",
  ]);
  for (const c of fresh) {
    expect(["serving", "live"]).toContain(c.stage);
    expect(c.because).toMatch(/\w/);
  }
});

describe("ids", () => {
  test("survive an edit above them", () => {
    const moved = compileText(text.replace("problem:", "# a comment\n# another\nproblem:"));
    expect(moved.map((c) => c.id)).toEqual(claims.map((c) => c.id));
    expect(moved[5]?.at.start.line).toBe((claims[5]?.at.start.line ?? 0) + 2);
  });

  test("a changed threshold changes the promise, not what is measured", () => {
    const stricter = compileText(text.replace("at_least: 0.65", "at_least: 0.70"));
    const [before, after] = [claims, stricter].map((all) => all.find((c) => c.id === "evaluation-primary"));
    expect(after?.subject).toEqual(before?.subject);
    expect(after?.promise).not.toEqual(before?.promise);
  });
});

describe("what cannot be measured stays open with its reason", () => {
  test("a metric that Muster does not know", () => {
    const odd = compileText(text.replace("metric: roc_auc", "metric: wonderfulness"));
    expect(odd.find((c) => c.id === "evaluation-primary")).toMatchObject({
      check: null,
      because: expect.stringContaining("wonderfulness"),
    });
  });

  test("a control that is no line of the spec breaks its risk", () => {
    const odd = compileText(
      text.replace("monitoring.input_drift, retraining.triggers.drift", "monitoring.imput_drift"),
    );
    expect(odd.find((c) => c.id === "risks-shift-controls")?.subject).toMatchObject({
      dangling: ["monitoring.imput_drift"],
    });
  });
});

test("a group that is named as the rows outside of all groups stays open", () => {
  const { claims } = toy(
    toySpec.replace("values: [north, south]}\nrisks", 'values: [north, "(other)"]}\nrisks'),
  );
  expect(claims.find((c) => c.path === "evaluation.primary[depot=(other)]")).toMatchObject({
    check: null,
    because: "a group cannot be told apart by the name (other)",
  });
});
