import { describe, expect, test } from "vitest";
import { metricNamed, metricNames } from "../src/checks/metrics/registry.ts";
import { factsOf, knownMetrics } from "../src/spec/metric-facts.ts";

describe("what the linter knows of a metric is what the metric says of itself", () => {
  test.each(metricNames())("%s", (name) => {
    const metric = metricNamed(name);
    const known = knownMetrics.find((facts) => facts.name === name);
    expect(known).toMatchObject({
      name: metric?.name,
      aliases: metric?.aliases,
      direction: metric?.direction,
      range: metric?.range,
    });
    expect([...(known?.outputs ?? [])].sort()).toEqual([...(metric?.outputs ?? [])].sort());
    expect(known?.averages).toBe(Object.hasOwn(metric?.params ?? {}, "average"));
    for (const option of known?.requires ?? []) expect(Object.keys(metric?.params ?? {})).toContain(option);
  });
});

test("no name stands for two metrics", () => {
  const names = knownMetrics.flatMap((facts) => [facts.name, ...facts.aliases]).map((n) => n.toLowerCase());
  expect(names.filter((one, i) => names.indexOf(one) !== i)).toEqual([]);
});

test("a complement is a metric, turns round, and names its own complement back", () => {
  for (const facts of knownMetrics.filter((each) => each.complement !== undefined)) {
    const other = factsOf(facts.complement ?? "")?.facts;
    expect(other?.complement, facts.name).toBe(facts.name);
    expect(other?.direction, facts.name).not.toBe(facts.direction);
    expect(other?.shareOf, facts.name).toBe(facts.shareOf);
  }
});

test("a name may carry its k, and nothing else may carry a number", () => {
  expect(factsOf("ndcg_cut_10")).toMatchObject({ facts: { name: "ndcg" }, k: 10 });
  expect(factsOf("recall_at_5")).toMatchObject({ facts: { name: "recall_at_k" }, k: 5 });
  expect(factsOf("recall_5")).toMatchObject({ facts: { name: "recall_at_k" }, k: 5 });
  expect(factsOf("recip_rank")).toMatchObject({ facts: { name: "mrr" }, k: null });
  expect(factsOf("rouge1")).toMatchObject({ facts: { name: "rouge1" }, k: null });
  expect(factsOf("rouge_l")).toBeNull();
  expect(factsOf("ROUGEL")?.facts.name).toBe("rougeL");
  expect(factsOf("r2")).toMatchObject({ facts: { name: "r2" }, k: null });
  expect(factsOf("rmse_3")).toBeNull();
  expect(factsOf("latency_score")).toBeNull();
});
