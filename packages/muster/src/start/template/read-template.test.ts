import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { sourceFile } from "../../source/source-file.ts";
import { parse } from "../../spec/parse.ts";
import { settle } from "../settle.ts";
import { writeDraft } from "../write-yaml.ts";
import { readTemplate } from "./read-template.ts";

function read(text: string) {
  const draft = readTemplate(sourceFile("spec.md", text));
  settle(draft, null);
  const yaml = writeDraft(draft);
  const { spec, diagnostics } = parse(yaml, "muster.yaml");
  if (spec === null) throw new Error(diagnostics.map((d) => d.message).join("\n"));
  return { spec, yaml, said: draft.diagnostics.map((d) => `${d.code} ${d.at?.start.line}: ${d.message}`) };
}

const filled = readFileSync(new URL("../fixtures/filled-template.md", import.meta.url), "utf8");

test("what a team wrote in its own words becomes values", () => {
  const { spec } = read(filled);
  expect(spec.problem).toMatchObject({
    output: "classification",
    consumers: [{ use: "internal_team", budget: { ms: 2_000 }, explanation: "required" }],
  });
  expect(spec.contract?.inputs).toMatchObject([
    { name: "plan", type: "string", required: true },
    { name: "tenure_months", type: "integer", preprocessing: ["Normalization", "log_transform"] },
    { name: "spend_90d", type: "float", required: false, range: [0, 5000], unit: "EUR" },
  ]);
  expect(spec.contract?.outputs[1]).toMatchObject({ name: "segment", values: ["low", "middle", "high"] });
  expect(spec.data?.requirements).toMatchObject({
    examples: { per_class: { value: 5_000 }, total: { value: 200_000 } },
    dates: { from: { text: "2025-01-01" }, to: { text: "2025-12-31" } },
    label_quality: { verified: { value: 0.95 } },
    class_balance: { max_share: { value: 0.97 } },
    freshness: { text: "90d" },
  });
  expect(spec.data?.sources?.[0]).toMatchObject({ volume: { value: 1_200_000 }, updates: "Weekly" });
  expect(spec.evaluation).toMatchObject({
    primary: { metric: "average_precision", at_least: 0.35 },
    secondary: [
      { metric: "recall", alert_below: 0.5 },
      { metric: "expected_calibration_error", alert_above: 0.05 },
    ],
    subgroups: [{ by: "plan", values: ["basic", "plus", "business"] }, { by: "product_category" }],
  });
  expect(spec.risks?.[0]).toMatchObject({
    probability: "medium",
    impact: { level: "high", what: "user trust damage" },
  });
  expect(spec.deployment).toMatchObject({
    latency: { p50: { ms: 50 }, p99: { ms: 200 }, timeout: { ms: 1_000 } },
    throughput: {
      peak: { perSecond: 1_000 },
      burst: { rate: { perSecond: 2_000 }, for: { ms: 30_000 } },
    },
    infrastructure: { compute: { value: 4 }, memory: { bytes: 8e9 } },
    versioning: { keep: { value: 5 } },
    rollback: { within: { ms: 600_000 } },
    shadow: { share: { value: 1 } },
  });
  expect(spec.monitoring).toMatchObject({
    input_drift: { metric: "kl", alert_above: 0.1, owner: "ml-eng" },
    prediction_drift: { alert_above: { text: "5%" }, window: { text: "7d" } },
    latency: { metric: "p99", alert_above: { ms: 200 }, owner: "platform-eng" },
  });
  expect(spec.retraining).toMatchObject({
    triggers: { drift: "input_drift", schedule: "0 3 1 * *" },
    approval: "manual",
  });
});

test("what has no place is a comment there, and is listed with its line", () => {
  const { yaml, said } = read(filled);
  expect(yaml).toContain("    # model_size: as small as possible");
  expect(said).toContain('MU-S503 102: "as small as possible" is not a size such as 10MiB.');
  expect(said).toContain('MU-S501 118: The signal "Cost" has no line of its own in a spec.');
  expect(yaml).toContain("# Cost | EUR a month | >500 | Finance");
});

test("blanks that nobody has filled in are listed, as text a TODO and else a comment", () => {
  const { said, yaml, spec } = read(filled);
  expect(said).toContain("MU-S502 27: contract.inputs is a blank that nobody has filled in: [Feature 4]");
  expect(said).toContain("MU-S502 86: risks.mitigation is a blank that nobody has filled in: [Mitigation]");
  expect(spec.risks?.at(-1)?.mitigation).toMatch(/^TODO: /);
  expect(yaml).toContain("# - {metric: nps, alert_below: TODO}");
});

test("rows that share one line with their head are the same rows", () => {
  const oneLine = filled.replace(/(?:^\|.*\|\n)+/gm, (table) => `${table.trim().split("\n").join(" ")}\n`);
  expect(oneLine).toMatch(/\| Preprocessing \| \|-------\|/);
  expect(read(oneLine).spec).toEqual(read(filled).spec);
});

test("a template in which nobody wrote anything is all open", () => {
  const blank = filled
    .replace(/\? (?:The|Customers).*\n(?:Today.*\n)?/g, "? [Say it here]\n")
    .replace("[x] Classification", "[ ] Classification")
    .replace(/^(\| *[^-|][^|]*)\|.*$/gm, (row) =>
      /Threshold|Type|Definition|Owner|Specification|Impact/i.test(row)
        ? row
        : "| [Name] | [x] | [y] | [z] | [a] |",
    )
    .replace(/^- ([A-Z][^:[\n]*): .*$/gm, "- $1: [Value]")
    .replace(/^- (?:plan|by).*$/gm, "- [Subgroup]");
  const { spec, said } = read(blank);
  expect(spec.contract?.inputs ?? []).toEqual([]);
  expect(spec.deployment).toBeUndefined();
  expect(said.filter((line) => line.startsWith("MU-S502")).length).toBeGreaterThan(20);
});
