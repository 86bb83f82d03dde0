import { describe, expect, test } from "vitest";
import { messagesOf } from "../fixtures/messages-of.ts";
import { automatedButHumanReview } from "./automated-but-human-review.ts";
import { decisionUseUndeclared } from "./decision-use-undeclared.ts";
import { noNonmodelBaseline } from "./no-nonmodel-baseline.ts";
import { outputTypeVsContract } from "./output-type-vs-contract.ts";
import { prohibitedOrHighRiskHint } from "./prohibited-or-high-risk-hint.ts";

test("a problem without any baseline is told, too", () => {
  const [line] = messagesOf(noNonmodelBaseline, "regression", [
    ["  baseline: {description: Mean of the same hour last week, column: baseline}\n", ""],
  ]);
  expect(line).toContain("which mean_absolute_error is reached without the model");
});

describe("output-type-vs-contract", () => {
  test.each([
    ["classification", "output: classification  ", "output: anomaly_detection  ", 0],
    ["classification", "output: classification  ", "output: generation  ", 1],
    ["ranking", "output: ranking", "output: regression", 0],
    ["generation", "output: generation", "output: ranking", 1],
    ["generation", "output: generation", "output: classification", 1],
    ["generation", "output: generation", "output: anomaly_detection", 1],
    ["regression", "output: regression", "output: classification", 1],
  ] as const)("%s with %s as %s", (base, find, replace, count) => {
    expect(messagesOf(outputTypeVsContract, base, [[find, replace]])).toHaveLength(count);
  });

  test("a text from a closed list classifies", () => {
    expect(
      messagesOf(outputTypeVsContract, "generation", [
        ["output: generation", "output: classification"],
        ["{name: reply, type: text,", "{name: reply, type: text, values: [spam, ham],"],
      ]),
    ).toEqual([]);
  });
});

test("nobody who uses the output", () => {
  const [line] = messagesOf(decisionUseUndeclared, "regression", [
    ["  consumers:\n    - {who: shop customers, use: shown_to_users, budget: 500ms}\n", ""],
  ]);
  expect(line).toContain("names nobody who uses the output");
});

describe("automated-but-human-review", () => {
  test("every decision is seen, and all are automatic", () => {
    const [line] = messagesOf(automatedButHumanReview, "classification", [
      ["mode: automates}", "mode: automates, oversight: every_decision}"],
    ]);
    expect(line).toContain("a person is to see every decision");
  });

  test("people decide, and only machines are given the answer", () => {
    const [line] = messagesOf(automatedButHumanReview, "generation", [
      ["use: internal_team", "use: automated_decision"],
    ]);
    expect(line).toContain("machines alone: support agents");
  });

  test("automation with a review of odd cases is no contradiction", () => {
    expect(messagesOf(automatedButHumanReview, "classification", [])).toEqual([]);
  });
});

describe("prohibited-or-high-risk-hint", () => {
  const says = (statement: string) =>
    messagesOf(prohibitedOrHighRiskHint, "regression", [
      [
        "  statement: Customers are told when a delivery arrives.",
        `  regulated: false\n  statement: ${statement}`,
      ],
    ]);

  test.each([
    "We rank job candidates.",
    "Creditworthiness is judged by hand.",
    "Face recognition opens the gate.",
  ])("%s", (statement) => {
    expect(says(statement)).toHaveLength(1);
  });

  test.each([
    "Credit card payments are late.",
    "Triage of support tickets takes days.",
    "The grade of a road is unknown.",
  ])("%s is nothing of the kind", (statement) => {
    expect(says(statement)).toEqual([]);
  });

  test("says nothing where the author has not claimed to be outside of the law", () => {
    expect(
      messagesOf(prohibitedOrHighRiskHint, "regression", [
        ["  statement: Customers are told", "  statement: Loan applications wait. Customers are told"],
      ]),
    ).toEqual([]);
  });
});
