import { expect, test } from "vitest";
import { registry } from "../checks/registry.ts";
import type { Evidence } from "../claims/evidence.ts";
import { functionModel } from "../model/function-model.ts";
import { evaluate } from "./evaluate.ts";
import { bench, rows, toy, toySpec } from "./fixtures/toy.ts";

const prepared = toySpec
  .replace(
    "range: [0, 1]}\n    - {name: depot",
    "range: [0, 1], preprocessing: [standardize]}\n    - {name: depot",
  )
  .replace(
    "values: [north, south]}\n  outputs",
    "values: [north, south], preprocessing: [one_hot]}\n  outputs",
  )
  .replace("controls: [contract.inputs.weight.range]", "controls: [contract.inputs.*.preprocessing]");
const model = functionModel(
  {
    platform: "test",
    inputs: [{ name: "features", datatype: "FP32", shape: [-1, 3] }],
    outputs: [{ name: "late", datatype: "FP32", shape: [-1, 1] }],
  },
  ([features]) => {
    const data = Float32Array.from({ length: (features?.data.length ?? 0) / 3 }, (_, i) => (i % 7) / 7);
    return [{ name: "late", datatype: "FP32", shape: [data.length, 1], data }];
  },
  { version: "1" },
);

async function judged(text: string, evidence: readonly Evidence[] = [], training = rows(400, 0)) {
  const t = toy(text);
  const evaluation = rows(2000, 1000, ["north", "south", "east"]);
  const found = await evaluate(t.claims, registry, bench(t, { training, evaluation }, model), {
    evidence,
    waivers: [],
    measure: evidence.length === 0 ? "missing" : "nothing",
  });
  const of = (path: string) => found.verdicts.find(({ claim }) => claim.path === path);
  return { of, evidence: found.measured };
}

test("one claim says that training and serving agree on data that nothing was fitted on", async () => {
  const { of } = await judged(prepared);
  const claim = of("contract.preprocessing");
  expect(claim?.claim.says).toBe(
    "Of the evaluation data, training and serving make the same of the prepared inputs (weight, depot)",
  );
  expect(claim?.outcome).toEqual({ kind: "kept" });
  // Depots of the east are in the evaluation data alone.
  expect(claim?.observations).toMatchObject([
    { label: "weight differs", value: 0, rows: 2000 },
    { label: "depot (2 columns) differs", value: 0, rows: 2000 },
  ]);
});

test("a risk that names the preprocessing as its control has it carried out, with the same evidence", async () => {
  const { of } = await judged(prepared);
  const control = of("risks.drift.controls.preprocessing");
  expect(control?.claim).toMatchObject({ section: "risks", stage: "release" });
  expect(control?.outcome).toEqual({ kind: "kept" });
  expect(control?.observations).toHaveLength(2);
});

test("of a control that names one input only that one is asked", async () => {
  const one = prepared.replace("contract.inputs.*.preprocessing", "contract.inputs.depot.preprocessing");
  const { of } = await judged(one);
  expect(of("risks.drift.controls.preprocessing")?.observations).toHaveLength(1);
});

test("a control that is done inside of the model stays open, and says which steps", async () => {
  const inside = prepared.replace("preprocessing: [standardize]", "preprocessing: [{custom: odds}]");
  const t = toy(inside);
  expect(t.claims.find(({ path }) => path === "risks.drift.controls.preprocessing")).toMatchObject({
    check: null,
    stage: "serving",
    because: "odds of weight is done inside of the model or elsewhere: Muster carries it out on neither side",
  });
});

test("what was fitted on other training data is stale, although the evaluation data is the same", async () => {
  const first = await judged(prepared);
  const again = await judged(prepared, first.evidence);
  expect(again.of("contract.preprocessing")?.outcome).toEqual({ kind: "kept" });
  const refitted = await judged(prepared, first.evidence, rows(300, 0));
  expect(refitted.of("contract.preprocessing")).toMatchObject({
    stale: true,
    outcome: { kind: "undecided" },
  });
});

test("a spec without a step that Muster carries out has no such claim", () => {
  expect(toy().claims.some(({ path }) => path === "contract.preprocessing")).toBe(false);
});
