import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { paramsOf } from "../../spec/metric-params.ts";
import { metricParamsTable } from "./params-table.ts";
import { metricNamed, metricNames } from "./registry.ts";

test("the table that specs are read by is what the metrics declare", () => {
  const file = readFileSync(new URL("../../spec/metric-params-table.ts", import.meta.url), "utf8");
  expect(file, "run packages/muster/scripts/write-metric-params.mjs").toBe(metricParamsTable());
});

test("a spec knows exactly the parameters of every metric, also by its aliases", () => {
  let params = 0;
  for (const name of metricNames()) {
    const metric = metricNamed(name);
    for (const each of [name, ...(metric?.aliases ?? [])])
      expect(paramsOf(each), each).toEqual(metric?.params);
    params += Object.keys(metric?.params ?? {}).length;
  }
  expect(params).toBeGreaterThan(250);
});

test("names of trec_eval carry one parameter and take the others", () => {
  for (const name of [
    "P_10",
    "recall_5",
    "success_1",
    "ndcg_cut_20",
    "map_cut_7",
    "unj_3",
    "iprec_at_recall_0.50",
  ]) {
    expect(metricNamed(name), name).not.toBeNull();
    expect(Object.keys(paramsOf(name) ?? {}).sort(), name).toEqual(
      Object.keys(metricNamed(name)?.params ?? {}).sort(),
    );
  }
  expect(paramsOf("accuracy_5")).toBeNull();
  expect(paramsOf("__proto__")).toBeNull();
});
