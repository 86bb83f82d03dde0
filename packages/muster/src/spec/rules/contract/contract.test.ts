import { describe, expect, test } from "vitest";
import { messagesOf } from "../fixtures/messages-of.ts";
import { cacheFirstRequest } from "./cache-first-request.ts";
import { cacheNondeterministic } from "./cache-nondeterministic.ts";
import { cacheWithoutKeyTtl } from "./cache-without-key-ttl.ts";
import { classSetMismatch } from "./class-set-mismatch.ts";
import { fallbackSameDependency } from "./fallback-same-dependency.ts";
import { fallbackUndefined } from "./fallback-undefined.ts";
import { featureFresherThanSource } from "./feature-fresher-than-source.ts";
import { labelLeakInput } from "./label-leak-input.ts";
import { missingPolicyAbsent } from "./missing-policy-absent.ts";
import { nullPolicyNotNullable } from "./null-policy-not-nullable.ts";
import { oodDetectorUndefined } from "./ood-detector-undefined.ts";
import { outputBandsGapOverlap } from "./output-bands-gap-overlap.ts";
import { piiInCacheOrLog } from "./pii-in-cache-or-log.ts";
import { scoreVsDecision } from "./score-vs-decision.ts";

const cached = ["latency_exceeded: fallback", "latency_exceeded: cached"] as const;
const fallbackLine =
  "  fallback: {constant: {late: 0.205}}                # constant | version: <id> | rule\n";

describe("missing-policy-absent", () => {
  test("required inputs are filled by a default that they do not have", () => {
    const found = messagesOf(missingPolicyAbsent, "classification", [
      ["missing_required: reject", "missing_required: default"],
    ]);
    expect(found).toHaveLength(3);
    expect(found[0]).toBe("24: A missing origin is to be replaced by its default, and origin has none.");
  });

  test("an optional text or float may be null without saying so", () => {
    expect(
      messagesOf(missingPolicyAbsent, "regression", [
        ["unit: km, required: true", "unit: km, required: false"],
      ]),
    ).toEqual([]);
  });
});

describe("null-policy-not-nullable", () => {
  test("required inputs follow the policy of the edge cases", () => {
    const found = messagesOf(nullPolicyNotNullable, "classification", [
      ["missing_required: reject", "missing_required: null"],
    ]);
    expect(found).toEqual([
      "26: A missing departure is handed on as null, but a model cannot take a gap in datetime values.",
    ]);
  });

  test("a float can be null, until its first step takes a logarithm", () => {
    const with_ = (steps: string) =>
      messagesOf(nullPolicyNotNullable, "regression", [
        ["unit: km, required: true", `unit: km, required: false, missing: null${steps}`],
      ]);
    expect(with_("")).toEqual([]);
    expect(with_(", preprocessing: [impute, log1p]")).toEqual([]);
    expect(with_(", preprocessing: [log1p]")).toEqual([
      "15: A missing distance_km is handed on as null, but its first step, log1p, needs a number.",
    ]);
  });
});

describe("label-leak-input", () => {
  test.each([
    ["column: late15,", "column: distance,", "holds the truth"],
    ["verified_by: verified", "verified_by: distance", "says whether the truth was verified"],
  ])("%s as %s", (find, replace, words) => {
    expect(messagesOf(labelLeakInput, "classification", [[find, replace]])).toEqual([
      expect.stringContaining(`The input distance ${words}`),
    ]);
  });

  test("the baseline's score may be an input: BM25 is a feature as well", () => {
    expect(messagesOf(labelLeakInput, "ranking", [["column: bm25", "column: price"]])).toEqual([]);
  });
});

test("a source whose updates are prose is not guessed at", () => {
  const found = messagesOf(featureFresherThanSource, "regression", [
    ["source: routes.distance, unit: km,", "source: deliveries.distance, staleness: 1h, unit: km,"],
    ["updates: daily", "updates: after each tour"],
  ]);
  expect(found).toEqual([]);
});

describe("output-bands-gap-overlap", () => {
  const bands = (...ranges: readonly string[]) =>
    messagesOf(outputBandsGapOverlap, "classification", [
      [
        "      surface_above: 0.90 ",
        `      bands: [${ranges.map((range, i) => `{means: b${i}, range: ${range}}`).join(", ")}]\n      surface_above: 0.90 `,
      ],
    ]).map((each) => each.replace(/^\d+: /, ""));

  test.each([[["[0, 1]"]], [["[0.3, 1]", "[0, 0.3]"]], [["[0, 0.1]", "[0.1, 0.2]", "[0.2, 1.0]"]]])(
    "%j are fine",
    (ranges) => {
      expect(bands(...ranges)).toEqual([]);
    },
  );

  test.each([
    [["[0, 0.4]", "[0.3, 1]"], ['late from 0.3 to 0.4 means both "b0" and "b1".']],
    [["[0.1, 1]"], ["late from 0 to 0.1 means nothing."]],
    [["[0, 0.9]"], ["late from 0.9 to 1 means nothing."]],
    [["[0, 2]"], ["late over 1 has a meaning but lies outside of the range."]],
    [["[-1, 1]"], ["late under 0 has a meaning but lies outside of the range."]],
    [["[0, 1]", "[0.2, 0.3]"], ['late from 0.2 to 0.3 means both "b0" and "b1".']],
  ])("%j are not", (ranges, messages) => {
    expect(bands(...ranges)).toEqual(messages);
  });

  test("an output without a range is held to its bands alone", () => {
    const found = messagesOf(outputBandsGapOverlap, "regression", [
      [
        "range: [0, 240], interpretation",
        "bands: [{means: soon, range: [0, 30]}, {means: late, range: [45, 90]}], interpretation",
      ],
    ]);
    expect(found).toEqual(['19: minutes from 30 to 45 means nothing: it lies between "soon" and "late".']);
  });
});

describe("class-set-mismatch", () => {
  const labelled = (values: string) =>
    messagesOf(classSetMismatch, "anomaly_detection", [
      ["      type: score\n      range: [0, 1]\n", `      type: label\n      values: ${values}\n`],
      ["      decide: {at: 0.9, positive: flag, negative: pass}\n", ""],
      ["constant: {anomaly: 0}", "version: r3"],
    ]);

  test("the label's positive value has to be a class of the only output", () => {
    expect(labelled("[fraud, ok]")).toEqual([
      "21: anomaly is one of fraud, ok; the label's positive value, 1, is none of them.",
    ]);
    expect(labelled("[1, 0]")).toEqual([]);
  });

  test("outputs that share no class speak of different things", () => {
    expect(
      messagesOf(classSetMismatch, "classification", [
        [
          "    - name: late\n      type: probability  ",
          "    - {name: cause, type: label, values: [weather, crew]}\n    - name: late\n      type: probability  ",
        ],
      ]),
    ).toEqual([]);
  });
});

describe("score-vs-decision", () => {
  test("a machine acts on a threshold that no metric looks at", () => {
    expect(
      messagesOf(scoreVsDecision, "classification", [
        ["    - {metric: recall, alert_below: 0.45}\n", ""],
        [
          "    - {metric: expected_calibration_error, alert_above: 0.03}\n",
          "    - {metric: average_precision, alert_below: 0.3}\n",
        ],
      ]),
    ).toEqual([
      "64: rebooking-service acts on late at 0.3, but roc_auc and average_precision would be the same at any other threshold.",
    ]);
  });

  test("a label needs no threshold, and a ranking score no decision", () => {
    expect(
      messagesOf(scoreVsDecision, "classification", [
        ["      decide: {at: 0.30, positive: late, negative: on_time}\n", ""],
        [
          "    - name: late\n      type: probability  ",
          "    - {name: verdict, type: label, values: [late, on_time]}\n    - name: late\n      type: probability  ",
        ],
        ["constant: {late: 0.205}", "version: r3"],
      ]),
    ).toEqual([]);
    expect(messagesOf(scoreVsDecision, "ranking", [])).toEqual([]);
  });
});

describe("ood-detector-undefined", () => {
  const detector = (text: string) =>
    messagesOf(oodDetectorUndefined, "classification", [
      ["    latency_exceeded: fallback ", `    detector: ${text}\n    latency_exceeded: fallback `],
    ]);

  test.each([
    ["{by: output}", 2],
    ["{by: distance}", 1],
    ["{by: output, output: late, above: 1}", 1],
    ["{by: output, output: late, above: 0.9}", 0],
    ["{by: distance, above: 3}", 0],
    ["{by: contract}", 0],
  ])("%s", (text, count) => {
    expect(detector(text)).toHaveLength(count);
  });
});

describe("the cache", () => {
  test("kept longer than the data is fresh, and than an input outside of the key", () => {
    expect(
      messagesOf(cacheWithoutKeyTtl, "classification", [
        cached,
        ["missing: {default: 568}", "missing: {default: 568}, staleness: 1h"],
        [
          "  fallback: {constant",
          "  cache: {key: [origin, destination, departure], ttl: 100d}\n  fallback: {constant",
        ],
      ]),
    ).toEqual([
      "39: Answers are kept for 100d, while distance, which is not in the key, may be 1h old at most.",
      "39: Answers are kept for 100d, while the training data may be 90d old: an answer outlives the model that gave it.",
    ]);
  });

  test("without a key all inputs are it", () => {
    expect(
      messagesOf(cacheWithoutKeyTtl, "classification", [
        cached,
        ["  fallback: {constant", "  cache: {ttl: 10m}\n  fallback: {constant"],
      ]),
    ).toEqual([]);
  });

  test("a miss goes to the fallback, where there is one", () => {
    expect(messagesOf(cacheFirstRequest, "classification", [cached])).toEqual([]);
    expect(messagesOf(cacheFirstRequest, "classification", [cached, [fallbackLine, ""]])).toHaveLength(1);
  });

  test("answers that may differ are fine where nothing is cached", () => {
    expect(
      messagesOf(cacheNondeterministic, "classification", [["max_difference: 0}", "max_difference: 0.1}"]]),
    ).toEqual([]);
  });
});

describe("the fallback", () => {
  test("is asked for on a miss of the cache as well", () => {
    const found = messagesOf(fallbackUndefined, "classification", [
      cached,
      [fallbackLine, "  cache: {on_miss: fallback}\n"],
    ]);
    expect(found).toEqual(["39: on_miss is fallback, and the contract defines no fallback."]);
  });

  test("may need what the model needs where only odd requests reach it", () => {
    expect(
      messagesOf(fallbackSameDependency, "classification", [
        ["latency_exceeded: fallback", "latency_exceeded: error"],
        [
          "fallback: {constant: {late: 0.205}}",
          "fallback: {rule: The late rate of the route, needs: [routes]}",
        ],
      ]),
    ).toEqual([]);
  });
});

test("personal data in the key of the cache", () => {
  const found = messagesOf(piiInCacheOrLog, "classification", [
    ["{name: origin,      type: string,", "{name: origin,      type: string, pii: true,"],
    ["  fallback: {constant", "  cache: {key: [origin, destination, departure]}\n  fallback: {constant"],
  ]);
  expect(found).toEqual(["39: origin is personal data, and the cache keeps it as a part of its keys."]);
});
