import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import extractDepcruiseConfig from "dependency-cruiser/config-utl/extract-depcruise-config";
import extractTSConfig from "dependency-cruiser/config-utl/extract-ts-config";
import { beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const source = "packages/muster/src";

let result: ICruiseResult;

beforeAll(async () => {
  const { options, ...ruleSet } = await extractDepcruiseConfig(join(root, ".dependency-cruiser.mjs"));
  const { output } = await cruise(
    [source],
    { ...options, ruleSet, validate: true, baseDir: root },
    undefined,
    { tsConfig: extractTSConfig(join(root, "packages/muster/tsconfig.test.json")) },
  );
  result = output as ICruiseResult;
}, 60_000);

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
  const claim = result.modules.find((m) => m.source === `${source}/claims/verdict.ts`);
  expect(claim?.dependencies.map((d) => d.resolved)).toContain(`${source}/claims/claim.ts`);
});
