import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ICruiseResult } from "dependency-cruiser";
import { beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const source = "packages/muster/src";

let result: ICruiseResult;

beforeAll(() => {
  const cruiser = join(root, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
  const args = [cruiser, "--config", ".dependency-cruiser.mjs", "--output-type", "json", source];
  // The JSON reporter exits with 0 whatever it found; what it found is in the output.
  const json = execFileSync(process.execPath, args, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
  });
  result = JSON.parse(json) as ICruiseResult;
}, 120_000);

test("every import obeys the layers", () => {
  const violations = result.summary.violations.map((v) => `${v.rule.name}: ${v.from} -> ${v.to}`);
  expect(violations).toEqual([]);
});

test("the rules saw every source file", () => {
  const seen = new Set(result.modules.map((m) => m.source));
  const files = readdirSync(join(root, source), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(source, file).replaceAll("\\", "/"));
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((file) => !seen.has(file))).toEqual([]);
});

test("type-only imports count as imports", () => {
  const verdict = result.modules.find((m) => m.source === `${source}/claims/verdict.ts`);
  expect(verdict?.dependencies.map((d) => d.resolved)).toContain(`${source}/claims/claim.ts`);
});
