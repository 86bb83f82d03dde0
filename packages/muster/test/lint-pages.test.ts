import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { lintCodes } from "../src/spec/lint-codes.ts";
import { changedLines, codePage, rulePage, rulesIndex } from "../src/spec/lint-rule-page.ts";
import { baseText } from "../src/spec/rules/fixtures/rule-specs.ts";
import { rules } from "../src/spec/rules/registry.ts";
import { swapped } from "./fixtures/toy-rules.ts";

const folder = new URL("../../../docs/rules/", import.meta.url);
const again = "run packages/muster/scripts/write-rules.mjs";
const page = (name: string): string => readFileSync(new URL(name, folder), "utf8");

describe("docs/rules", () => {
  test("has a page for every rule and every code of the linter, and no other", () => {
    const wanted = [...rules, ...lintCodes].map(({ code }) => `${code}.md`);
    expect(readdirSync(folder).sort(), again).toEqual([...wanted, "README.md"].sort());
  });

  test("says what the rules say", () => {
    expect(page("README.md"), again).toBe(rulesIndex(rules, lintCodes));
    for (const rule of rules) {
      expect(page(`${rule.code}.md`), again).toBe(rulePage(rule, baseText(rule.example.base)));
    }
    for (const entry of lintCodes) expect(page(`${entry.code}.md`), again).toBe(codePage(entry));
  });
});

test("a page shows the lines that its examples change, and the formula", () => {
  const rule = {
    ...swapped,
    example: { base: "classification", fails: [["p50: 5ms", "p50: 50ms"]], passes: [] },
  } as const;
  const text = rulePage(rule, baseText("classification"));
  expect(text).toContain("-  latency: {p50: 5ms, p99: 25ms");
  expect(text).toContain("+  latency: {p50: 50ms, p99: 25ms");
  expect(text).toContain("## Formula\n\nP50 <= P99");
  expect(text).toContain("The classification base spec as it is.");
});

test("a diff leaves out what stays", () => {
  const base = "a: 1\nb: 2\nc: 3\nd: 4\n";
  expect(changedLines(base, [["b: 2\nc: 3\n", "b: 2\nc: 5\n"]])).toEqual(["-c: 3", "+c: 5"]);
  expect(changedLines(base, [["c: 3\n", ""]])).toEqual(["-c: 3"]);
  expect(
    changedLines(base, [
      ["d: 4", "d: 4\ne: 5"],
      ["a: 1", "a: 0"],
    ]),
  ).toEqual(["+e: 5", "-a: 1", "+a: 0"]);
});
