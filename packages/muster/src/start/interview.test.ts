import { expect, test } from "vitest";
import { parse } from "../spec/parse.ts";
import type { Spec } from "../spec/spec.ts";
import { type Asked, interview } from "./interview.ts";
import { writeDraft } from "./write-yaml.ts";

/** Answers by the first words of the question; what is not listed gets an empty line. */
async function interviewed(answers: Readonly<Record<string, string | readonly string[]>>) {
  const asked: Asked[] = [];
  const left = new Map(Object.entries(answers).map(([key, value]) => [key, [value].flat()]));
  const draft = await interview(async (question) => {
    asked.push(question);
    const key = [...left.keys()].find((start) => question.text.startsWith(start));
    return key === undefined ? "" : (left.get(key)?.shift() ?? "");
  }, "My Product");
  if (draft === null) throw new Error("the interview ended early");
  const yaml = writeDraft(draft);
  const { spec, diagnostics } = parse(yaml, "muster.yaml");
  if (spec === null) throw new Error(diagnostics.map((d) => d.message).join("\n"));
  return { asked, yaml, spec: spec as Spec };
}

test("the steps come in the order of the template", async () => {
  const { asked } = await interviewed({});
  const steps = asked.flatMap(({ step }) => (step === null ? [] : [step.slice(0, 6)]));
  expect(steps).toEqual(["1 of 6", "2 of 6", "3 of 6", "4 of 6", "5 of 6", "6 of 6"]);
});

test("empty answers take what is offered and leave TODOs where only the team knows", async () => {
  const { spec, yaml } = await interviewed({});
  expect(spec.name).toBe("my-product");
  expect(spec.status).toBe("draft");
  expect(spec.problem?.statement).toMatch(/^TODO: /);
  expect(spec.evaluation?.primary).toBeUndefined();
  expect(yaml).toContain("# TODO primary: {metric: roc_auc, at_least: ..}");
  expect(spec.risks).toHaveLength(3);
});

test("answers in people's words become values of the language", async () => {
  const { spec } = await interviewed({
    "Name of the product": "Delivery Minutes",
    "What business": "Customers wait at the door.",
    "What is its primary": "reg",
    "Who uses": "checkout page",
    "How do they": "shown to users",
    Inputs: "distance_km:float, kitchen:string",
    "Name of the output": "minutes",
    "How many": "2 million",
    "How old": "3 months",
    "The one metric": "MAE",
    "The threshold": "≤ 6",
    Columns: "kitchen, hour",
    "99 of": "200 ms",
    "Peak load": "300 requests per minute",
    Memory: "4 GB",
  });
  expect(spec).toMatchObject({
    name: "delivery-minutes",
    problem: { output: "regression", consumers: [{ who: "checkout page", use: "shown_to_users" }] },
    contract: {
      inputs: [
        { name: "distance_km", type: "float" },
        { name: "kitchen", type: "string" },
      ],
      outputs: [{ name: "minutes", type: "number" }],
      edge_cases: { missing_required: "reject" },
    },
    data: { requirements: { examples: { total: { value: 2_000_000 } }, freshness: { text: "90d" } } },
    evaluation: {
      primary: { metric: "mean_absolute_error", at_most: 6 },
      subgroups: [{ by: "kitchen" }, { by: "hour" }],
    },
    deployment: {
      latency: { p99: { ms: 200 } },
      throughput: { peak: { perSecond: 5 } },
      infrastructure: { memory: { bytes: 4e9 } },
    },
    monitoring: {
      performance: { metric: "primary", alert_above: 6.3 },
      latency: { alert_above: { ms: 200 } },
    },
  });
});

test("an answer that cannot be read is asked for again, with the reason, and never for ever", async () => {
  const { asked, spec } = await interviewed({
    "Peak load": ["a lot", "50/s"],
    Memory: Array(20).fill("enough"),
  });
  expect(asked.filter(({ text }) => text === "Peak load").map(({ trouble }) => trouble)).toEqual([
    null,
    "Write a rate such as 50/s.",
  ]);
  expect(spec.deployment?.throughput?.peak?.perSecond).toBe(50);
  expect(asked.filter(({ text }) => text === "Memory")).toHaveLength(5);
  expect(spec.deployment?.infrastructure?.memory?.text).toBe("2GiB");
});

test("who leaves in the middle leaves nothing behind", async () => {
  let questions = 0;
  const draft = await interview(async () => {
    questions += 1;
    return questions > 3 ? null : "";
  }, "x");
  expect(draft).toBeNull();
});
