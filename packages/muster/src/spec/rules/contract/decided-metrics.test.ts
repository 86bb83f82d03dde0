import { expect, test } from "vitest";
import { readParams } from "../../../checks/metrics/params.ts";
import { metricNamed, metricNames } from "../../../checks/metrics/registry.ts";
import { needsDecision, onlyOrders } from "./decided-metrics.ts";

/** A probability of a binary label, with and without a threshold. */
const columns = { table: "scored", label: "late", positive: 1, score: "score" };

const unmet = (name: string, threshold?: number): string | null => {
  const metric = metricNamed(name);
  if (metric === null) throw new Error(`no metric ${name}`);
  const read = readParams(metric, {});
  if (read.kind === "wrong") throw new Error(read.because);
  return metric.unmet({
    columns: threshold === undefined ? columns : { ...columns, threshold },
    params: read.params,
  });
};

/** What judges texts, too, is whatever its owner wrote, and compares nothing by itself. */
const classMetrics = metricNames().filter((name) => {
  const outputs = metricNamed(name)?.outputs ?? [];
  return outputs.includes("label") && !outputs.includes("text");
});

test.each(classMetrics)("%s needs a decision, under each of its names", (name) => {
  for (const each of [name, ...(metricNamed(name)?.aliases ?? [])])
    expect(needsDecision(each), each).toBe(true);
});

test.each(metricNames().filter((name) => !classMetrics.includes(name)))("%s needs no decision", (name) => {
  expect(needsDecision(name)).toBe(false);
});

test("a score alone does not do for what needs a decision, and does for what orders", () => {
  for (const name of ["recall", "precision", "f1", "accuracy"]) {
    expect(unmet(name), name).not.toBe(null);
    expect(unmet(name, 0.3), name).toBe(null);
  }
  for (const name of ["roc_auc", "average_precision"]) {
    expect(onlyOrders(name)).toBe(true);
    expect(unmet(name), name).toBe(null);
  }
});
