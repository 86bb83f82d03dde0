import { expect, test } from "vitest";
import { hasLine } from "./control-path.ts";
import type { Spec } from "./spec.ts";

const spec = {
  muster: 1,
  name: "x",
  version: "1.0.0",
  status: "active",
  owners: {},
  contract: {
    inputs: [
      { name: "a", type: "float", required: true },
      { name: "b", type: "float", required: true, preprocessing: ["log1p"] },
    ],
    outputs: [{ name: "late", type: "probability", surface_above: 0.9 }],
  },
  data: { sources: [] },
  risks: [{ id: "skew", mitigation: "Watch it" }],
  retraining: { triggers: { performance: false, drift: "input_drift" } },
} as unknown as Spec;

test.each([
  ["contract.inputs", true],
  ["contract.outputs.late.surface_above", true],
  ["contract.inputs.*.preprocessing", true],
  ["contract.inputs.a.preprocessing", false],
  ["contract.outputs.early.surface_above", false],
  ["monitoring.input_drift", false],
  ["contract.constructor", false],
  ["retraining.triggers.drift", true],
  ["retraining.triggers.performance", false],
  ["data.sources", false],
  ["risks.skew.mitigation", false],
  ["owners", false],
  ["name", false],
  ["*", false],
  ["", false],
])("%s points at a line: %s", (path, expected) => {
  expect(hasLine(spec, path)).toBe(expected);
});
