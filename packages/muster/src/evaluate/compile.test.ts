import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { registry } from "../checks/registry.ts";
import type { Claim } from "../claims/claim.ts";
import { parse } from "../spec/parse.ts";
import { compile } from "./compile.ts";

const text = readFileSync(new URL("../spec/fixtures/flight-delay.muster.yaml", import.meta.url), "utf8");

const compileText = (source: string): readonly Claim[] => {
  const { spec, places, diagnostics } = parse(source, "muster.yaml");
  if (spec === null) throw new Error(JSON.stringify(diagnostics));
  return compile(spec, places);
};

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

describe("what the metric's name leaves open", () => {
  const withPrimary = (line: string): readonly Claim[] =>
    compileText(text.replace("primary: {metric: roc_auc, at_least: 0.65}", `primary: {${line}}`));
  const primaryOf = (line: string): Claim | undefined =>
    withPrimary(line).find((c) => c.id === "evaluation-primary");

  test("reaches the metric, and stands in the claim", () => {
    const found = primaryOf("metric: fbeta, beta: 2, average: macro, at_least: 0.5");
    expect(found?.says).toBe("fbeta (beta 2, average macro) is at least 0.5 in aggregate");
    expect(found?.subject).toMatchObject({ metric: "fbeta", params: { beta: 2, average: "macro" } });
  });

  test("changes nothing where it is not said", () => {
    expect(primaryOf("metric: roc_auc, at_least: 0.65")?.subject).not.toHaveProperty("params");
  });

  test("is never ignored: a metric that does not take it is not measured", () => {
    const found = primaryOf("metric: roc_auc, k: 10, at_least: 0.65");
    expect(found?.check).toBeNull();
    expect(found?.because).toContain('roc_auc has no parameter "k"');
  });

  test("a judging model is asked by no check", () => {
    const found = primaryOf("metric: accuracy, at_least: 0.65, judge: {model: judge-large}");
    expect(found?.because).toContain("judge-large");
  });
});

test("the rows of the evaluation data are counted; what only serving can show is open until then", () => {
  const said = compileText(
    text
      .replace("unit_id: flight_id}", "unit_id: flight_id, rows: 1_000}")
      .replace(
        "positive: 1, verified_by",
        "positive: 1, prevalence: 20%, delay: 1d, accuracy: 99%, correction: One in 100 is checked, verified_by",
      )
      .replace("max_share: 85%", "max_share: 85%, correction: weights")
      .replace(
        "time: {column: departure}",
        "time: {column: departure}\n  split: {method: by_time, at: 2001-04-01}",
      )
      .replace("updates: monthly", "retain: 365d, updates: monthly")
      .replace(
        "confidence: 95%",
        "confidence: 95%\n  workload: {cases: 1000/d, capacity: 10/d}\n  intersections: [[origin, distance]]\n  human_rating: Two people look at 20 a week",
      ),
  );
  const before = new Set(claims.map((c) => c.id));
  const added = said.filter((c) => !before.has(c.id));
  expect(added.filter((c) => c.check !== null).map((c) => c.says)).toEqual([
    "The evaluation data has at least 1_000 rows",
  ]);
  const open = added.filter((c) => c.check === null);
  expect(open.map((c) => c.path)).toEqual([
    "data.label.prevalence",
    "data.label.delay",
    "data.label.correction",
    "data.label.accuracy",
    "data.split",
    "data.requirements.class_balance.correction",
    "data.sources.on-time performance.retain",
    "evaluation.intersections",
    "evaluation.workload",
    "evaluation.human_rating",
  ]);
  expect(open.every((c) => c.stage === "live")).toBe(true);
});
