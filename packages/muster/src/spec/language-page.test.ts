import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { languagePage } from "./language-page.ts";
import { parse } from "./parse.ts";

const page = readFileSync(new URL("../../../../docs/spec-language.md", import.meta.url), "utf8");

test("the tables of docs/spec-language.md are those of the schema", () => {
  expect(page, "run packages/muster/scripts/write-language-page.mjs").toBe(languagePage(page));
  expect(page.match(/^\| `/gm)?.length).toBeGreaterThan(120);
  expect(page).toContain("| `latency.p99` | duration |");
  expect(page).toContain("| `inputs[].missing.default` (required) | value |");
});

test("the examples of the page are one spec without a finding", () => {
  const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block = ""]) => block);
  const { spec, diagnostics } = parse(blocks.join("\n"), "docs/spec-language.md");
  expect(diagnostics).toEqual([]);
  expect(spec?.status).toBe("active");
});

test("what it shows of columns is read without a finding", () => {
  const blocks = [...page.matchAll(/```yml\n([\s\S]*?)```/g)].map(([, block = ""]) => block);
  expect(blocks).toHaveLength(1);
  const { diagnostics } = parse(`muster: 1\nname: a\nversion: 1.0.0\n${blocks[0]}`, "docs/spec-language.md");
  // The sections that it lacks, and nothing else.
  expect(diagnostics.map(({ code }) => code)).toEqual(["MU-A220"]);
});
