import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createContext, runInContext } from "node:vm";
import { build, type Rollup } from "vite";
import { beforeAll, expect, test } from "vitest";

const library = fileURLToPath(new URL("../src/index.ts", import.meta.url));
const spec = readFileSync(
  new URL("../src/spec/rules/fixtures/bases/classification.muster.yaml", import.meta.url),
  "utf8",
);

let code: string;

beforeAll(async () => {
  const bundled = await build({
    configFile: false,
    logLevel: "silent",
    build: {
      write: false,
      minify: false,
      lib: { entry: library, formats: ["iife"], name: "muster", fileName: "muster" },
    },
  });
  const [output] = (Array.isArray(bundled) ? bundled : [bundled]) as Rollup.RollupOutput[];
  code = output?.output[0].code ?? "";
}, 120_000);

/** What every browser has and the language itself does not; nothing of Node. */
const browser = {
  TextEncoder,
  TextDecoder,
  URL,
  console,
  structuredClone,
  performance,
  setTimeout,
  clearTimeout,
};

test("the library bundles for a browser, without a module of Node", () => {
  expect(code.length).toBeGreaterThan(100_000);
  expect(code).not.toMatch(/require\(["']node:|from ["']node:|__vite-browser-external/);
});

test("parse, lint, compile and diff run where there is no Node", () => {
  const context = createContext({ ...browser, text: spec });
  runInContext(`${code}\nglobalThis.muster = muster;`, context);
  const result = runInContext(
    `(() => {
      const { spec, places, diagnostics } = muster.parse(text, "muster.yaml");
      const changed = muster.parse(text.replace("at_least: 0.65", "at_least: 0.60"), "muster.yaml");
      return JSON.stringify({
        process: typeof process, require: typeof require,
        diagnostics: diagnostics.length,
        claims: muster.compile(spec, places).length,
        findings: muster.lint(spec, places, muster.rules).findings.length,
        changes: muster.classifyChanges(spec, changed.spec).map((c) => c.rule),
        wrong: muster.parse("muster: 2\\n", "muster.yaml").diagnostics.length > 0,
      });
    })()`,
    context,
  );
  expect(JSON.parse(result)).toMatchObject({
    process: "undefined",
    require: "undefined",
    diagnostics: 0,
    claims: expect.any(Number),
    findings: 0,
    changes: ["ship-threshold-lowered"],
    wrong: true,
  });
  expect(JSON.parse(result).claims).toBeGreaterThan(90);
});
