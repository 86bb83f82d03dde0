import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { metricNamed, metricNames } from "./registry.ts";

describe("the registry", () => {
  test("finds every metric by its name and aliases, each of which is one metric's alone", () => {
    const all = metricNames().flatMap((name) => [name, ...(metricNamed(name)?.aliases ?? [])]);
    expect(new Set(all).size).toBe(all.length);
    for (const name of metricNames()) {
      for (const alias of [name, ...(metricNamed(name)?.aliases ?? [])]) {
        expect(metricNamed(alias)?.name).toBe(name);
      }
    }
  });

  test("knows no others", () => {
    for (const name of ["", "ROC_AUC", "__proto__", "constructor", "accuracy "]) {
      expect(metricNamed(name)).toBeNull();
    }
  });
});

test("the docs page names every metric with its aliases, parameters and their values", () => {
  const page = readFileSync(new URL("../../../../../docs/metrics.md", import.meta.url), "utf8");
  const missing = metricNames().flatMap((name) => {
    const metric = metricNamed(name);
    if (metric === null) return [name];
    const values = Object.values(metric.params).flatMap((spec) =>
      spec.kind === "choice" ? spec.of.map(String) : [],
    );
    const words = [name, ...metric.aliases, ...Object.keys(metric.params), ...values];
    return words.filter((word) => !page.includes(`\`${word}\``)).map((word) => `${name}: ${word}`);
  });
  expect(missing).toEqual([]);
});
