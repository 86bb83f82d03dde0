import { describe, expect, test } from "vitest";
import { registry } from "../checks/registry.ts";
import type { Verdict } from "../claims/verdict.ts";
import type { MemoryRow } from "../engine/memory/memory-table.ts";
import { evaluate } from "./evaluate.ts";
import { bench, toy, toySpec } from "./fixtures/toy.ts";
import { valueModel } from "./fixtures/value-model.ts";

const capitals = ["Paris", "Rome", "Bern", "Vienna"];

/** Answers the capital, but for every tenth a wrong one. */
const model = () =>
  valueModel("answer", "question", "BYTES", (text) => {
    const n = Number(text.split(" ")[1]);
    return n % 10 === 0 ? "nobody knows" : `${capitals[n % 4]}, of course`;
  });

const data: readonly MemoryRow[] = Array.from({ length: 400 }, (_, n) => ({
  id: `q${n}`,
  question: `question ${n}`,
  expected: `${capitals[n % 4]}, of course`,
  topic: n % 2 === 0 ? "even" : "odd",
}));

function spec(primary: string, secondary: string): string {
  return toySpec
    .replace("output: classification", "output: generation")
    .replace(
      "problem:\n  statement: Which parcels will be late?",
      "problem:\n  statement: What is the capital?",
    )
    .replace(/contract:[\s\S]*?data:/, () =>
      [
        "contract:",
        "  inputs:",
        "    - {name: question, type: string, required: true}",
        "  outputs:",
        "    - {name: answer, type: text}",
        "data:",
      ].join("\n"),
    )
    .replace("label: {column: was_late, positive: 1, verified_by: verified}", "label: {column: expected}")
    .replace(
      "primary: {metric: roc_auc, at_least: 0.8}",
      `primary: ${primary}\n  secondary:\n    - ${secondary}`,
    )
    .replace("{by: depot, values: [north, south]}", "{by: topic, values: [even, odd]}");
}

async function verdicts(text: string): Promise<ReadonlyMap<string, Verdict>> {
  const t = toy(text);
  const found = await evaluate(t.claims, registry, bench(t, { evaluation: data }, model()), {
    evidence: [],
    waivers: [],
    measure: "missing",
  });
  return new Map(found.verdicts.map((verdict) => [verdict.claim.id, verdict]));
}

describe("a model that answers texts", () => {
  test("is held against the references, also in each subgroup", async () => {
    const found = await verdicts(
      spec("{metric: exact_match, at_least: 0.85}", "{metric: bleu, alert_below: 20, scale: 0-100}"),
    );
    const primary = found.get("evaluation-primary");
    expect(primary?.outcome).toEqual({ kind: "kept" });
    expect(primary?.observations[0]).toMatchObject({ value: 0.9, rows: 400 });
    // All wrong answers are to even questions.
    const even = found.get("evaluation-primary-topic-even");
    expect(even?.observations[0]).toMatchObject({ value: 0.8, rows: 200 });
    expect(even?.outcome.kind).toBe("broken");
    expect(found.get("evaluation-primary-topic-odd")?.outcome).toEqual({ kind: "kept" });
    const bleu = [...found.values()].find((v) => v.claim.path?.includes("bleu"));
    expect(bleu?.observations[0]?.value).toBeGreaterThan(20);
  });
});
