import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Claim } from "../claims/claim.ts";
import { toy } from "./fixtures/toy.ts";

const text = readFileSync(new URL("../spec/fixtures/flight-delay.muster.yaml", import.meta.url), "utf8");

const compileText = (source: string): readonly Claim[] => toy(source).claims;

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
  const before = new Set(compileText(text).map((c) => c.id));
  const added = said.filter((c) => !before.has(c.id));
  const decided = added.filter((c) => c.check !== null).map((c) => c.says);
  expect(decided).toHaveLength(2 + 5 * 4 + 1);
  expect(decided.slice(0, 3)).toEqual([
    "The evaluation data has at least 1_000 rows",
    "Training and evaluation rows were split by time at 2001-04-01",
    "roc_auc is at least 0.65 where origin is ORD and distance is in [0, 500)",
  ]);
  const open = added.filter((c) => c.check === null);
  expect(open.map((c) => c.path)).toEqual([
    "data.label.prevalence",
    "data.label.delay",
    "data.label.correction",
    "data.label.accuracy",
    "data.sources.on-time performance.retain",
    "data.requirements.class_balance.correction",
    "evaluation.human_rating",
  ]);
  expect(open.every((c) => c.stage === "live")).toBe(true);
});
