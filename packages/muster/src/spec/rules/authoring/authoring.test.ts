import { describe, expect, test } from "vitest";
import { messagesOf } from "../fixtures/messages-of.ts";
import { claimIdUnstable } from "./claim-id-unstable.ts";
import { duplicateClaim } from "./duplicate-claim.ts";
import { ownerIsPersonOnly } from "./owner-is-person-only.ts";
import { placeholderText } from "./placeholder-text.ts";
import { unitMissingOrMixed } from "./unit-missing-or-mixed.ts";
import { unresolvedReference } from "./unresolved-reference.ts";
import { unusedDefinition } from "./unused-definition.ts";
import { vagueQuantifier } from "./vague-quantifier.ts";

describe("placeholder-text", () => {
  const mode = (text: string) =>
    messagesOf(placeholderText, "classification", [["mode: Distribution shift", `mode: ${text}`]]);

  test.each([
    "TODO",
    "todo",
    "Shift, TBD by ml",
    "to be determined",
    '"[More Information Needed]"',
    "Lorem ipsum dolor sit amet",
    "<describe the failure>",
    '"[describe the failure]"',
    '"{{ mode }}"',
    '"???"',
    "...",
  ])("%s is one", (text) => {
    expect(mode(text)).toHaveLength(1);
  });

  test.each([
    "A todo list grows without end",
    "The order is to be confirmed by the customer",
    "Delays < 5 minutes and > 2 hours are confused",
    "Scores [0, 1] are read as shares",
    "Values beyond the last bin ...",
    "Fixmer, a supplier, sends late",
  ])("%s is none", (text) => {
    expect(mode(text.includes("[") ? `"${text}"` : text)).toEqual([]);
  });

  test("values of the data are left alone: a ticket may well be TODO", () => {
    expect(
      messagesOf(placeholderText, "generation", [
        ["[billing, delivery, returns]}\n  outputs", "[TODO, DONE]}\n  outputs"],
      ]),
    ).toEqual([]);
  });
});

describe("vague-quantifier", () => {
  test.each([
    ["updates: monthly", "updates: ad hoc", 1],
    ["updates: monthly", "updates: every 30d", 0],
    ["mitigation: Retraining on drift", "mitigation: Retraining regularly, every 30 days", 0],
    ["fallback: {constant: {late: 0.205}}", "fallback: {rule: Answer with a reasonable estimate}", 1],
    ["what: Slow decline", "what: Most users leave as soon as possible", 0],
  ])("%s as %s", (find, replace, count) => {
    expect(messagesOf(vagueQuantifier, "classification", [[find, replace]])).toHaveLength(count);
  });
});

describe("unit-missing-or-mixed", () => {
  test("a name that says km beside a unit that says mi", () => {
    expect(messagesOf(unitMissingOrMixed, "regression", [["unit: km", "unit: mi"]])).toEqual([
      "15: The name of distance_km says km, its unit says mi.",
    ]);
  });

  test("units of another quantity, and names without a unit, say nothing", () => {
    expect(messagesOf(unitMissingOrMixed, "regression", [["unit: km", "unit: kilometres"]])).toEqual([]);
    expect(messagesOf(unitMissingOrMixed, "classification", [["unit: mi", "unit: km"]])).toEqual([]);
  });

  test("errors of different size in one unit are no percentages", () => {
    expect(messagesOf(unitMissingOrMixed, "regression", [["at_most: 6}", "at_most: 0.9}"]])).toEqual([]);
  });
});

describe("unresolved-reference", () => {
  test.each([
    [
      "latency:          {metric: p99, alert_above: 25ms, window: 5m, owner: platform}",
      "latency: {metric: p99, alert_above: 25ms, window: 5m, owner: sre}",
      '"sre" is not a role of owners.',
    ],
    ["redact: []", "redact: [orign]", '"orign" is not an input or output. Did you mean origin?'],
    [
      "    latency_exceeded: fallback ",
      "    detector: {by: output, output: lat, above: 0.9}\n    latency_exceeded: fallback ",
      '"lat" is not an output of the contract. Did you mean late?',
    ],
    [
      "  fallback: {constant",
      "  cache: {key: [dest]}\n  fallback: {constant",
      '"dest" is not an input of the contract.',
    ],
    [
      "  fallback: {constant",
      "  review: {owner: desk}\n  fallback: {constant",
      '"desk" is not a role of owners.',
    ],
    [
      "  output: classification  ",
      "  goal: {what: Fewer complaints, moved_by: [recal]}\n  output: classification  ",
      '"recal" is not a metric of the evaluation or of monitoring. Did you mean recall?',
    ],
  ])("%s", (find, replace, message) => {
    const found = messagesOf(unresolvedReference, "classification", [[find, replace]]);
    expect(found).toEqual([expect.stringContaining(message)]);
  });

  test("a role that has addresses of its own is told all the same", () => {
    expect(
      messagesOf(unresolvedReference, "classification", [
        ["window: 5m, owner: platform}", "window: 5m, owner: oncall}"],
        ["    platform: [{webhook", "    oncall: [{webhook"],
      ]),
    ).toEqual([]);
  });
});

describe("unused-definition", () => {
  test("a default of a required input that is refused without it", () => {
    expect(messagesOf(unusedDefinition, "classification", [["required: false", "required: true"]])).toEqual([
      "27: The default 568 of distance is never used: distance is required, and missing_required is reject.",
    ]);
  });

  test("a fallback that a risk counts on is used", () => {
    expect(
      messagesOf(unusedDefinition, "classification", [
        ["latency_exceeded: fallback", "latency_exceeded: error"],
        ["controls: [contract.outputs.late.surface_above]", "controls: [contract.fallback.constant]"],
      ]),
    ).toEqual([]);
  });

  test("a cache without the policy, a review without the policy, an address of nobody", () => {
    const found = messagesOf(unusedDefinition, "classification", [
      ["  fallback: {constant", "  cache: {ttl: 1m}\n  review: {capacity: 1/d}\n  fallback: {constant"],
      ["out_of_distribution: review", "out_of_distribution: fallback"],
      ["    platform: [{webhook", "    plattform: [{webhook"],
    ]);
    expect(found.map((each) => each.replace(/^\d+: /, ""))).toEqual([
      "cache is defined and never used: latency_exceeded is fallback.",
      "review is defined and never used: out_of_distribution is fallback.",
      "Nothing is ever sent to plattform: it is no role of owners, and no signal is its own.",
    ]);
  });
});

describe("duplicate-claim", () => {
  test("a shadow that lets more pass than the contract; one that is stricter is fine", () => {
    const shadow = (share: string) =>
      messagesOf(duplicateClaim, "classification", [
        ["requests: 10_000, max_label_changes: 3%", `requests: 10_000, max_label_changes: ${share}`],
      ]);
    expect(shadow("5%")).toEqual([
      "107: The shadow lets 5% of the labels change between versions, the contract 3%.",
    ]);
    expect(shadow("2%")).toEqual([]);
  });

  test("one failure with one impact, rated twice; different impacts are different failures", () => {
    const twice = (what: string) =>
      messagesOf(duplicateClaim, "classification", [
        ["mode: Distribution shift", "mode: Training/serving  SKEW"],
        ["impact: {level: medium, what: Slow decline}", `impact: {level: medium, what: ${what}}`],
      ]);
    expect(twice("Silent degradation")).toHaveLength(1);
    expect(twice("Refused requests")).toEqual([]);
  });

  test("two alerts of one metric in opposite directions are a band", () => {
    expect(
      messagesOf(duplicateClaim, "classification", [
        [
          "    - {metric: recall, alert_below: 0.45}\n",
          "    - {metric: recall, alert_below: 0.45}\n    - {metric: recall, alert_above: 0.99}\n",
        ],
      ]),
    ).toEqual([]);
  });
});

test("names that differ in punctuation alone make one claim id", () => {
  const names: readonly (readonly [string, string])[] = [
    ["  - id: shift\n", "  - id: s.\n"],
    ["  - id: skew\n", "  - id: S_\n"],
  ];
  expect(messagesOf(claimIdUnstable, "classification", names)).toHaveLength(1);
});

test.each([
  ["anna.schmidt@airline.example", 1],
  ["data.team@airline.example", 0],
  ["ml_oncall@airline.example", 0],
  ['"#ml-alerts"', 0],
])("%s is the mailbox of one person: %i", (address, count) => {
  const found = messagesOf(ownerIsPersonOnly, "classification", [
    ["ml: ml@airline.example", `ml: ${address}`],
  ]);
  expect(found).toHaveLength(count);
});
