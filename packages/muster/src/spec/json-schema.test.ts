import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { parse as readYaml } from "yaml";
import { flightDelay } from "./fixtures/read-fixture.ts";
import { type JsonSchema, specJsonSchema } from "./json-schema.ts";
import { parse } from "./parse.ts";

const schema = specJsonSchema();
const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: true, formats: { date: true } });
const validate = ajv.compile(schema);
const accepts = (text: string): boolean => validate(readYaml(text));

test("the committed file is what the schema gives", () => {
  const file = readFileSync(new URL("../../schema/muster.schema.json", import.meta.url), "utf8");
  expect(file, "run packages/muster/scripts/write-schema.mjs").toBe(`${JSON.stringify(schema, null, 2)}\n`);
});

describe("what editors are told", () => {
  test("the example is valid", () => {
    expect(accepts(flightDelay), JSON.stringify(validate.errors)).toBe(true);
  });

  test("each of these faults is found by editors and by parse alike", () => {
    const faults: readonly [from: string, to: string][] = [
      ["p99: 25ms,", "p99: 25,"],
      ["p99: 25ms,", "p99: 25 msec,"],
      ["latency: {p50", "latencey: {p50"],
      ["status: active", "status: activ"],
      ["muster: 1", "muster: 2"],
      ["name: flight-delay", "name: Flight Delay"],
      ["share: 100%", "share: 100"],
      ["peak: 500/s", "peak: 500"],
      ["memory: 1GiB", "memory: 1"],
      ["compute: 2 vCPU", "compute: 2"],
      ["range: [0, 1]", "range: [0]"],
      ["range: [0, 1]", "range: [0, 1, 2]"],
      ["values: profile", "values: profil"],
      ["missing: {default: 568}", "missing: {defualt: 568}"],
      ["missing_required: reject", "missing_required: rejct"],
      ["keep: 5", "keep: 0"],
      ["required: true", "required: yes please"],
      ["webhook: ", "webook: "],
      ["version: 1.0.0", "version: 1.0"],
      ["roc_auc, at_least: 0.65", "roc_auc, at_least: 0.65, params: {alpha: 0.5}"],
      ["roc_auc, at_least: 0.65", "roc_auc, at_least: 0.65, params: {max_fpr: 50}"],
      ["roc_auc, at_least: 0.65", "accuracy, at_least: 0.65, params: {k: 5}"],
      ["roc_auc, at_least: 0.65", "accuracy, at_least: 0.65, k: 5"],
      ["roc_auc, at_least: 0.65", "roc_auc, at_least: 0.65, columns: {wieght: w}"],
      ["roc_auc, at_least: 0.65", "roc_auc, at_least: 0.65, columns: {lower: late}"],
      ["roc_auc, at_least: 0.65", "roc_auc, at_least: 0.65, columns: {weight: 3}"],
      ["roc_auc, at_least: 0.65", "roc_auc, at_least: 0.65, columns: {score: 'late[x]'}"],
    ];
    for (const [from, to] of faults) {
      const text = flightDelay.replace(from, to);
      expect(text, from).not.toBe(flightDelay);
      expect(accepts(text), to).toBe(false);
      expect(parse(text, "m.yaml").spec, to).toBeNull();
    }
  });

  test("every other way to write a quantity is accepted by both", () => {
    const ways: readonly [from: string, to: string][] = [
      ["p99: 25ms,", "p99: 0.025s,"],
      ["hold: 10m", "hold: 1h30m"],
      ["share: 100%", "share: 0.5"],
      ["peak: 500/s", "peak: 30_000/m"],
      ["memory: 1GiB", "memory: 1.5 GB"],
      ["keep: 5", "keep: 1_000"],
      ["missing: {default: 568}", "missing: null"],
      ["missing_required: reject", "missing_required: null"],
      ["missing: {default: 568}", "missing: reject"],
      ["at_least: 0.65", "at_least: 1_000"],
      ["alert_above: 5%", "alert_above: 0.05"],
      ["roc_auc, at_least: 0.65", "roc_auc, at_least: 0.65, columns: {weight: number of seats, score: late}"],
      ["roc_auc, at_least: 0.65", "log_loss, at_most: 0.65, columns: {scores: {0: 'p[0]', New York: late}}"],
      ["roc_auc, at_least: 0.65", "auc, at_least: 0.65, params: {max_fpr: 0.5, multi_class: none}"],
    ];
    for (const [from, to] of ways) {
      const text = flightDelay.replace(from, to);
      expect(text, from).not.toBe(flightDelay);
      expect(accepts(text), `${to} ${JSON.stringify(validate.errors)}`).toBe(true);
      expect(parse(text, "m.yaml").diagnostics, to).toEqual([]);
    }
  });

  test("every key has a description, and every quantity an example", () => {
    const bare: string[] = [];
    for (const [path, property] of properties(schema, "")) {
      if (property.$ref === undefined && typeof property.description !== "string") bare.push(path);
      const values = property.type === "string" && property.enum === undefined;
      if (values && !Array.isArray(property.examples)) bare.push(`${path} (no example)`);
    }
    expect(bare).toEqual([]);
  });

  test("examples are valid themselves", () => {
    for (const [path, property] of properties(schema, "")) {
      const { examples } = property;
      if (!Array.isArray(examples)) continue;
      const check = ajv.compile({ ...property, $defs: schema.$defs });
      for (const example of examples)
        expect(check(example), `${path}: ${JSON.stringify(example)}`).toBe(true);
    }
  });
});

function* properties(node: unknown, path: string): Generator<[string, JsonSchema]> {
  if (typeof node !== "object" || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    if (key === "properties" || key === "$defs") {
      for (const [name, property] of Object.entries(value)) {
        if (isSchema(property)) {
          if (key === "properties") yield [`${path}.${name}`, property];
          yield* properties(property, `${path}.${name}`);
        }
      }
    } else yield* properties(value, path);
  }
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
