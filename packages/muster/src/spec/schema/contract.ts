import type { z } from "zod";
import type { AnswerCacheSpec, ContractSection, OutlierDetector, ReviewQueue } from "../contract-section.ts";
import type { PrimaryMetric } from "../evaluation-section.ts";
import { shown } from "../reading.ts";
import { inputSpec } from "./contract-input.ts";
import { outputRange, outputSpec } from "./contract-output.ts";
import { isNumeric, isScalar, misfit, ofType } from "./fits.ts";
import { choice, name, number, policy, scalar, text } from "./leaf.ts";
import { count, duration, rate, share } from "./quantity.ts";
import { distinct, isMap, list, map, named, oneOf, type Raw, type Report, unresolved } from "./structure.ts";

const detector: z.ZodType<OutlierDetector> = map("What tells that a request is unlike the training data.", {
  by: choice("The inputs' ranges and values, an output of the model, or the distance to the training data.", [
    "contract",
    "output",
    "distance",
  ]),
  output: name("The output that is read.", ["uncertainty"]).exactOptional(),
  above: number("From which number on a request counts as unlike.", [0.4]).exactOptional(),
});

const edgeCases = map("What happens to requests that are not as they should be.", {
  missing_required: policy(
    "A required input is missing: take its default, hand null to the model, or refuse the request.",
    ["default", "reject"],
  ).exactOptional(),
  out_of_distribution: choice(
    "A value is unlike the training data: queue the answer for review, answer by the fallback, or mark it as uncertain.",
    ["review", "fallback", "uncertainty"],
  ).exactOptional(),
  detector: detector.exactOptional(),
  latency_exceeded: choice("The time is up: answer from the cache, by the fallback, or with an error.", [
    "cached",
    "fallback",
    "error",
  ]).exactOptional(),
});

const quality: z.ZodType<PrimaryMetric> = map(
  "How good its answers are, on the same rows as the model's.",
  {
    metric: name("The metric.", ["roc_auc"]),
    at_least: number("It reaches this, for metrics where more is better.", [0.6]).exactOptional(),
    at_most: number("It does not pass this, for metrics where less is better.", [12.5]).exactOptional(),
  },
  oneOf(["at_least", "at_most"], 1),
);

const fallback = map(
  "What answers in the model's place: exactly one of constant, version and rule.",
  {
    constant: named(
      "A fixed value for each output.",
      scalar("The output's value.", [0.205]),
      500,
    ).exactOptional(),
    version: text("The id of an earlier release that answers.", ["r3"], 200).exactOptional(),
    rule: text("A rule in words that the calling service carries out.", [
      "Use the hour's late rate",
    ]).exactOptional(),
    quality: quality.exactOptional(),
    needs: list(
      "Sources and services without which it cannot answer.",
      text("A source or service.", ["schedule"], 200),
      { most: 100 },
      distinct(null, "need"),
    ).exactOptional(),
  },
  oneOf(["constant", "version", "rule"], 1),
);

const cache: z.ZodType<AnswerCacheSpec> = map("The answers that are kept for latency_exceeded: cached.", {
  key: list(
    "The inputs that tell requests apart; all of them when absent.",
    name("An input.", ["origin"]),
    { least: 1, most: 2_000 },
    distinct(null, "input"),
  ).exactOptional(),
  ttl: duration("How long an answer may be given again.", ["10m"]).exactOptional(),
  on_miss: choice("When no answer is kept yet: the fallback, or an error.", [
    "fallback",
    "error",
  ]).exactOptional(),
});

const review: z.ZodType<ReviewQueue> = map("The people who look at what is flagged for review.", {
  capacity: rate("How many requests they can look at.", ["200/d"]).exactOptional(),
  within: duration("How soon after the answer.", ["1d"]).exactOptional(),
  owner: name("The role of owners that answers for it.", ["ops"]).exactOptional(),
});

const variance = map("How much answers may differ: non-determinism, stated.", {
  replay: map(
    "The evaluation rows that are asked again: the same ones whenever size, seed and data are the same.",
    {
      size: count("How many rows; 2,000 when absent.", ["2_000"], {
        least: 100,
        most: 50_000,
      }).exactOptional(),
      seed: count("What they are drawn with, by md5 of seed and unit; 1 when absent.", [7], {
        least: 0,
      }).exactOptional(),
    },
  ).exactOptional(),
  repeat: map("The same request sent again to the same version.", {
    calls: count("How often it is sent.", [3], { least: 2 }),
    max_difference: number("By how much a number may differ between calls.", [0], { least: 0 }),
  }).exactOptional(),
  between_versions: map("The same request answered by two versions.", {
    max_label_changes: share("The share of requests whose label may change.", ["3%"]).exactOptional(),
    max_negative_flips: share(
      "The share of requests that the old version got right and the new one may get wrong.",
      ["1%"],
    ).exactOptional(),
  }).exactOptional(),
});

export const contractSection: z.ZodType<ContractSection> = map(
  { id: "Contract", description: "Section 2, input/output contract: what callers send and what they get." },
  {
    inputs: list(
      "The inputs, as callers send them.",
      inputSpec,
      { least: 1, most: 2_000 },
      distinct("name", "input"),
    ),
    outputs: list(
      "The outputs, as callers receive them.",
      outputSpec,
      { least: 1, most: 500 },
      distinct("name", "output"),
    ),
    edge_cases: edgeCases.exactOptional(),
    fallback: fallback.exactOptional(),
    cache: cache.exactOptional(),
    review: review.exactOptional(),
    variance: variance.exactOptional(),
  },
  constantsFit,
);

/** A constant fallback answers for outputs that exist, with values that they can have. */
function constantsFit(contract: Raw, report: (report: Report) => void): void {
  const { outputs, fallback: instead } = contract;
  if (!Array.isArray(outputs) || !isMap(instead) || !isMap(instead.constant)) return;
  const known = new Map<string, Raw>();
  for (const output of outputs) {
    if (isMap(output) && typeof output.name === "string") known.set(output.name, output);
  }
  for (const [key, written] of Object.entries(instead.constant)) {
    const path = ["fallback", "constant", key];
    const output = known.get(key);
    if (output === undefined) report({ path, on: "key", ...unresolved(key, "an output", [...known.keys()]) });
    else if (isScalar(written)) {
      const because = unfit(output, written);
      if (because !== null) {
        const hint = "A caller has to be able to read the fallback as it reads the model's answer.";
        report({ path, code: "MU-A228", message: `The constant ${shown(written)} ${because}.`, hint });
      }
    }
  }
}

function unfit(output: Raw, written: string | number | boolean): string | null {
  const value = ofType(output.type, written);
  const wanted = misfit(output.type, value);
  if (wanted !== null) return `is not ${wanted}, which an output of type ${String(output.type)} has to be`;
  const ends = outputRange(output);
  if (
    ends !== null &&
    isNumeric(output.type) &&
    typeof value === "number" &&
    (value < ends[0] || value > ends[1])
  ) {
    return `lies outside of the output's range, ${ends[0]} to ${ends[1]}`;
  }
  const { values } = output;
  if (Array.isArray(values) && !values.includes(value)) return "is not among the output's values";
  return null;
}
