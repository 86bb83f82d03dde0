import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "../../spec/parse.ts";
import type { Spec } from "../../spec/spec.ts";
import { type DocumentKind, importDocument } from "./import-document.ts";

const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/${name}`, import.meta.url), "utf8");

function imported(name: string, text = fixture(name), kind?: DocumentKind) {
  const result = importDocument(name, text, kind);
  const { spec, diagnostics } = parse(result.yaml, "muster.yaml");
  if (spec === null) throw new Error(diagnostics.map((d) => d.message).join("\n"));
  const said = result.draft.diagnostics.map((d) => `${d.code} ${d.at?.start.line ?? "-"}: ${d.message}`);
  return { ...result, spec, said };
}

const inputs = ({ contract }: Spec): readonly string[] => contract?.inputs.map(({ name }) => name) ?? [];

test.each([
  ["filled-template.md", "template"],
  ["model-card.md", "model-card"],
  ["orders.odcs.yaml", "odcs"],
  ["negotiation-card.json", "mlte"],
  ["scoring.openapi.yaml", "openapi"],
  ["request.schema.json", "json-schema"],
] as const)("%s is recognised as %s, and every message about it has a line", (name, kind) => {
  const { kind: found, draft, yaml } = imported(name);
  expect(found).toBe(kind);
  for (const { code, at, message } of draft.diagnostics) {
    expect(code).toMatch(/^MU-S50[1-5]$/);
    expect(message.length).toBeGreaterThan(10);
    expect(at?.file).toBe(name);
  }
  for (const section of ["problem", "contract", "data", "evaluation", "risks", "deployment", "monitoring"]) {
    expect(yaml).toMatch(new RegExp(`^(?:# TODO )?${section}:|^# [1-7] --[^]*${section}`, "m"));
  }
});

test("a model card gives the kind of output, the sources and metrics whose thresholds are open", () => {
  const { spec, yaml, said } = imported("model-card.md");
  expect(spec.name).toBe("churn-scorer");
  expect(spec.problem).toEqual({
    statement: "Says which customers are about to leave, so that they can be called in time.",
    output: "classification",
  });
  expect(spec.data?.sources?.map(({ name }) => name)).toEqual(["acme/churn-history"]);
  expect(spec.evaluation?.primary).toBeUndefined();
  expect(yaml).toContain("# primary: {metric: average_precision, at_least: TODO}");
  expect(yaml).toContain("# - {metric: recall, alert_below: TODO}   reported: 0.74 on Churn holdout, test");
  expect(yaml).toContain("# license: apache-2.0");
  expect(said).toContain("MU-S501 13: co2_eq_emissions has no line of its own in a spec.");
});

test("a data contract gives inputs with their rules, sources, volume and freshness", () => {
  const { spec, said, yaml } = imported("orders.odcs.yaml");
  expect(inputs(spec)).toEqual([
    "customer_id",
    "plan",
    "tenure_months",
    "spend_90d",
    "seen_at",
    "attributes",
  ]);
  const [, plan, tenure, spend] = spec.contract?.inputs ?? [];
  expect(plan).toMatchObject({ type: "string", required: true, values: ["basic", "plus", "business"] });
  expect(tenure).toMatchObject({ type: "integer", required: true, range: [0, 600] });
  expect(spend).toEqual({ name: "spend_90d", type: "float", source: "customers.spend_90d", required: false });
  expect(spec.data?.requirements?.examples?.total?.value).toBe(200_000);
  expect(spec.data?.requirements?.freshness?.text).toBe("7d");
  expect(spec.data?.time?.column).toBe("seen_at");
  expect(spec.data?.sources?.[0]).toMatchObject({
    name: "lake",
    owner: "crm-data",
    access: "data/churn.parquet",
  });
  expect(said).toContain(
    "MU-S501 51: The quality rule nullValues of spend_90d has no line of its own in a spec.",
  );
  expect(yaml).toContain('# quality of spend_90d: {"metric":"nullValues"');
  expect(spec.contract?.outputs[0]?.interpretation).toMatch(/^TODO/);
});

test("a negotiation card gives numbers where its prose has them, and keeps the rest as comments", () => {
  const { spec, said, yaml } = imported("negotiation-card.json");
  expect(spec.problem?.output).toBe("classification");
  expect(spec.contract?.inputs[1]).toMatchObject({ name: "zoom", type: "float", range: [1, 8] });
  expect(spec.contract?.outputs[0]).toMatchObject({ name: "flower", values: ["rose", "lily", "daisy"] });
  expect(spec.deployment?.latency?.p99?.ms).toBe(800);
  expect(spec.deployment?.infrastructure?.memory?.bytes).toBe(512e6);
  expect(spec.risks?.map(({ id }) => id)).toEqual(["false-positives", "false-negatives"]);
  expect(yaml).toContain("# fairness: photos of all beds");
  expect(said).toContain("MU-S504 45: 800ms was taken for the 99th percentile.");
});

test("an API description gives both sides of the contract, and no reference is fetched or followed for ever", () => {
  const { spec, said } = imported("scoring.openapi.yaml");
  expect(inputs(spec)).toEqual(["plan", "tenure_months", "spend_90d", "since", "complaints", "note"]);
  expect(spec.contract?.inputs[2]).toMatchObject({ type: "float", missing: "null", required: false });
  expect(spec.contract?.inputs[4]).toMatchObject({ missing: { default: 0 }, range: [0, 100] });
  expect(spec.contract?.outputs).toMatchObject([
    { name: "churn_probability", type: "probability", range: [0, 1] },
    { name: "decision", type: "label", values: ["call", "leave_alone"] },
  ]);
  expect(spec.contract?.edge_cases?.missing_required).toBe("reject");
  expect(said).toContain(
    "MU-S501 41: https://schemas.example/x.json lies outside of the document; it was not fetched.",
  );
  expect(said.some((line) => line.includes("in a circle"))).toBe(true);
});

test("a JSON Schema gives the inputs; the output is marked as open", () => {
  const { spec } = imported("request.schema.json");
  expect(inputs(spec)).toEqual(["distance_km", "kitchen", "items", "rush", "proto"]);
  expect(spec.contract?.outputs).toMatchObject([
    { name: "prediction", interpretation: expect.stringMatching(/^TODO/) },
  ]);
});

test.each([
  ["nothing that is known", "Dear all, see attachment.", /none of the documents/],
  ["broken JSON", '{"nc_data": ', /is no JSON/],
  [
    "JSON that is nested too deeply",
    `{"nc_data": ${'{"a":'.repeat(100)}1${"}".repeat(100)}}`,
    /too large or too deep/,
  ],
  ["a book", "x".repeat(3 * 1024 * 1024), /more than 2,097,152 characters/],
])("%s is refused in words", (_what, text, message) => {
  expect(() => importDocument("in.txt", text)).toThrow(message);
});

test.each([
  ["a card without a front matter", "model-card", "# Hello"],
  [
    "a data contract whose parts have the wrong kinds",
    "odcs",
    "kind: DataContract\nschema: 5\nservers: {a: 1}\nslaProperties: [1, null]\n",
  ],
  ["an aliased bomb", "odcs", "kind: DataContract\na: &a [1]\nname: [*a, *a]\n"],
  ["an API without operations", "openapi", "openapi: 3.1.0\ninfo: {title: 5}\n"],
  [
    "a schema with hostile names",
    "json-schema",
    '{"properties": {"constructor": {"type": "number"}, "a b": {"type": ["number"], "minimum": "x"}}}',
  ],
  [
    "a negotiation card of other things",
    "mlte",
    '{"nc_data": {"system": {"goals": [1, {"metrics": {}}], "risks": ["x", 3]}, "data": [[]], "model": 1}}',
  ],
  [
    "a template of bars and brackets",
    "template",
    "Section 1: x\n| a |\n|---|\n|||||\n- [x]\n```yaml\n[\n```\nSection 2:\n| Input | T |\n|--|--|\n| __proto__ | x | y |",
  ],
] as const)("%s becomes a spec that parses all the same", (_what, kind, text) => {
  const { spec } = imported("in", text, kind);
  expect(spec.muster).toBe(1);
  expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  expect(({} as Record<string, unknown>).type).toBeUndefined();
});
