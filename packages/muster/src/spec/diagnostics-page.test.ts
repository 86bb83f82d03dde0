import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { diagnosticCodes } from "./diagnostic-codes.ts";
import { diagnosticsPage } from "./diagnostics-page.ts";
import { parse } from "./parse.ts";

test("docs/diagnostics.md is what the table of codes says", () => {
  const page = readFileSync(new URL("../../../../docs/diagnostics.md", import.meta.url), "utf8");
  expect(page, "run packages/muster/scripts/write-diagnostics.mjs").toBe(diagnosticsPage());
});

test("codes and slugs stand once, and each code has an anchor", () => {
  const page = diagnosticsPage();
  expect(new Set(diagnosticCodes.map(({ code }) => code)).size).toBe(diagnosticCodes.length);
  expect(new Set(diagnosticCodes.map(({ slug }) => slug)).size).toBe(diagnosticCodes.length);
  for (const { code, slug } of diagnosticCodes) {
    expect(page).toContain(`\n## ${code}\n`);
    expect(slug).toMatch(/^[a-z0-9-]+$/);
  }
});

const head = "muster: 1\nname: a\nversion: 1.0.0\n";
const input = (rest: string) =>
  `${head}contract: {inputs: [{name: a, type: float, required: true, ${rest}}], outputs: [{name: o, type: label}]}`;

/** One text that gives the code, for every code there is. */
const texts: Readonly<Record<string, string>> = {
  "MU-A103": `${head}deployment: {latency: {p99: 25}}`,
  "MU-A104": `${head}contract: {inputs: [], outputs: [{name: o, type: label}], fallback: {constant: {x: 1}}}`,
  "MU-A107": "muster: 1\nname: A b\nversion: 1.0.0",
  "MU-A109": `${head}x: 1`,
  "MU-A201": `${head}x: [`,
  "MU-A202": `${head}name: b`,
  "MU-A203": `${head}x: &a 1`,
  "MU-A204": `${head}<<: {a: 1}`,
  "MU-A205": "a:\n\tb: 1",
  "MU-A206": `${head}x: !!str 1`,
  "MU-A207": `${head}---\n${head}`,
  "MU-A208": "",
  "MU-A209": " ".repeat(2 * 1024 * 1024 + 1),
  "MU-A210": "[".repeat(33),
  "MU-A211": `[${"a,".repeat(100_001)}]`,
  "MU-A212": "x",
  "MU-A213": "\0",
  "MU-A214": `${head}__proto__: 1`,
  "MU-A215": `%YAML 1.2\n---\n${head}`,
  "MU-A216": `${head}problem: x`,
  "MU-A217": `${head}status: x`,
  "MU-A218": "muster: 1",
  "MU-A219": `${head}${Array.from({ length: 1_001 }, (_, index) => `k${index}: 1\n`).join("")}`,
  "MU-A220": head,
  "MU-A221": input("range: [0, .inf]"),
  "MU-A222": input("preprocessing: [a b]"),
  "MU-A223": input("values: [1, 1]"),
  "MU-A224": `${head}deployment: {versioning: {keep: 0}}`,
  "MU-A225": input("range: [1, 0]"),
  "MU-A226": `${head}evaluation: {primary: {metric: a}}`,
  "MU-A227": input("range: [1]"),
  "MU-A228": input("values: [x]"),
  "MU-A229": `${head}data: {requirements: {dates: {from: x, to: y}}}`,
  "MU-A230": `${head}retraining: {triggers: {schedule: x}}`,
  "MU-A231": `${head}monitoring: {notify: {a: [{webhook: x}]}}`,
  "MU-A233": `${head}status:`,
  "MU-A234": `${head}: 1`,
  "MU-A235": input("values: [12345678901234567890]"),
  "MU-A236": `${head}evaluation: {primary: {metric: f1, at_least: 0.5, params: {alpha: 1}}}`,
  "MU-A237": `${head}evaluation: {primary: {metric: f1, at_least: 0.5, params: {average: mean}}}`,
  "MU-A238": `${head}evaluation: {primary: {metric: max_error, at_most: 0.5, columns: {weight: w}}}`,
  "MU-A239": `${head}evaluation: {columns: {labels: {a: x}, predictions: {b: y}}}`,
  "MU-I102": input("missing: {default: x}"),
};

test("every code of the table is given by some text", () => {
  expect(Object.keys(texts).sort()).toEqual(diagnosticCodes.map(({ code }) => code));
  for (const [code, text] of Object.entries(texts)) {
    expect(
      parse(text, "m.yaml").diagnostics.map((each) => each.code),
      code,
    ).toContain(code);
  }
});
