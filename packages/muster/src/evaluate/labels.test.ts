import { expect, test } from "vitest";
import { registry } from "../checks/registry.ts";
import type { Verdict } from "../claims/verdict.ts";
import type { MemoryRow } from "../engine/memory/memory-table.ts";
import { functionModel } from "../model/function-model.ts";
import type { Datatype, TensorData } from "../model/model.ts";
import { evaluate } from "./evaluate.ts";
import { bench, rows, toy, toySpec } from "./fixtures/toy.ts";
import { verdictOn } from "./fixtures/verdict-on.ts";

const spec = toySpec
  .replace(
    "{name: late, type: probability, range: [0, 1], decide: {at: 0.5, positive: late, negative: on_time}}",
    "{name: late, type: label, values: [0, 1, 2]}",
  )
  .replace("roc_auc, at_least: 0.8", "accuracy, at_least: 0.8")
  .replace("positive: 1, ", "")
  .replace("  baseline: {description: a coin, column: coin}\n", "");

/** Answers the class 0, 1 or 2 by the weight, as numbers of that datatype or as text. */
const classifier = (datatype: Datatype, as: (classes: readonly number[]) => TensorData) =>
  functionModel(
    {
      platform: "onnx_onnxv1",
      inputs: [
        { name: "weight", datatype: "FP32", shape: [-1, 1] },
        { name: "depot", datatype: "BYTES", shape: [-1, 1] },
      ],
      outputs: [{ name: "late", datatype, shape: [-1, 1] }],
    },
    ([weight]) => {
      const classes = Array.from(weight?.data ?? [], Number).map((w) => Math.min(2, Math.floor(w * 3)));
      return [{ name: "late", datatype, shape: [classes.length, 1], data: as(classes) }];
    },
    { version: datatype },
  );

/** Of nine rows in ten the label is the class of the weight. */
const labelled = (as: (label: number) => MemoryRow[string]): MemoryRow[] =>
  rows(2000, 1000).map((r, i) => {
    const own = Math.min(2, Math.floor(Math.fround(Number(r.weight)) * 3));
    return { ...r, was_late: as(i % 10 === 0 ? (own + 1) % 3 : own) };
  });

async function accuracy(
  evaluation: readonly MemoryRow[],
  model: ReturnType<typeof classifier>,
): Promise<Verdict> {
  const t = toy(spec);
  const { verdicts } = await evaluate(t.claims, registry, bench(t, { evaluation }, model), {
    evidence: [],
    waivers: [],
    measure: "missing",
  });
  return verdictOn(verdicts, "evaluation-primary");
}

const whole = classifier.bind(null, "INT64", (classes) => Float64Array.from(classes));

test.each([
  ["whole numbers", (label: number) => label],
  ["text", (label: number) => String(label)],
])("a model that answers one of three classes is judged against labels as %s", async (_, as) => {
  const { outcome, observations } = await accuracy(labelled(as), whole());
  expect(outcome).toEqual({ kind: "kept" });
  expect(observations[0]).toMatchObject({ value: 0.9, rows: 2000 });
});

test("a model that answers a class as text is judged by the text", async () => {
  const text = classifier("BYTES", (classes) => classes.map((one) => `class ${one}`));
  const { outcome, observations } = await accuracy(
    labelled((label) => `class ${label}`),
    text,
  );
  expect(outcome).toEqual({ kind: "kept" });
  expect(observations[0]).toMatchObject({ value: 0.9, rows: 2000 });
});

test("labels of other names than the model's are all wrong, never right by accident", async () => {
  const { outcome, observations } = await accuracy(
    labelled((label) => `class ${label}`),
    whole(),
  );
  expect(outcome.kind).toBe("broken");
  expect(observations[0]?.value).toBe(0);
});
