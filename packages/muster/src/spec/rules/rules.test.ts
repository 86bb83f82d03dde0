import { describe, expect, test } from "vitest";
import { lint } from "../lint.ts";
import { baseText, edited, parsed } from "./fixtures/rule-specs.ts";
import { rules } from "./registry.ts";
import type { BaseName, Preset } from "./rule.ts";

const bases: readonly BaseName[] = [
  "classification",
  "regression",
  "ranking",
  "generation",
  "anomaly_detection",
];

const findingsIn = (text: string, preset: Preset) => {
  const { spec, places } = parsed(text);
  const { findings, skipped } = lint(spec, places, rules, { preset });
  expect(skipped.filter(({ because }) => because.startsWith("it crashed"))).toEqual([]);
  return findings;
};

const words = (findings: ReturnType<typeof findingsIn>): string[] =>
  findings.map(({ diagnostic: d }) => `${d.code} ${d.at?.start.line}: ${d.message}`);

test.each(bases)("the %s base has no finding under the recommended rules", (base) => {
  expect(words(findingsIn(baseText(base), "recommended"))).toEqual([]);
});

describe.each(rules.map((rule) => [`${rule.code} ${rule.slug}`, rule] as const))("%s", (_name, rule) => {
  test("finds its mistake, and points at a line of it", () => {
    const text = edited(rule.example.base, rule.example.fails);
    const own = findingsIn(text, rule.preset).filter((f) => f.rule === rule);
    expect(own.length).toBeGreaterThan(0);
    for (const { diagnostic, fix } of own) {
      expect(diagnostic.at?.end.offset).toBeGreaterThan(diagnostic.at?.start.offset ?? 0);
      expect(diagnostic.message.length).toBeGreaterThan(10);
      expect(diagnostic.hint?.length).toBeGreaterThan(5);
      if (rule.fix === "none") expect(fix).toBeUndefined();
    }
  });

  test("is content with the passing spec, and so is every other recommended rule", () => {
    const text = edited(rule.example.base, rule.example.passes);
    expect(words(findingsIn(text, rule.preset).filter((f) => f.rule === rule))).toEqual([]);
    expect(words(findingsIn(text, "recommended"))).toEqual([]);
  });
});

test("codes and slugs are used once", () => {
  for (const key of ["code", "slug"] as const) {
    const used = rules.map((rule) => rule[key]);
    expect(used.filter((one, i) => used.indexOf(one) !== i)).toEqual([]);
  }
});

test("where raise and lower are both possible, both rules exist and name each other", () => {
  for (const rule of rules.filter((r) => r.mirror !== undefined)) {
    expect(rules.find((r) => r.code === rule.mirror)?.mirror, rule.code).toBe(rule.code);
  }
});
