import { expect, test } from "vitest";
import { baseText } from "../fixtures/rule-specs.ts";
import { found, said } from "../fixtures/say.ts";
import { evidenceTtlVsChange } from "../governance/evidence-ttl-vs-change.ts";
import { acceptedWithoutApprover } from "./accepted-without-approver.ts";
import { autoActionHighImpact } from "./auto-action-high-impact.ts";
import { circularMitigation } from "./circular-mitigation.ts";
import { mitigationWithoutControl } from "./mitigation-without-control.ts";
import { riskScaleUndefined } from "./risk-scale-undefined.ts";

const base = baseText("classification");
const first = "controls: [contract.outputs.late.surface_above]";
const withFirst = (lines: string) => base.replace(first, lines);

test("a control that leads nowhere is as good as none, and says where it breaks off", () => {
  expect(said(withFirst("controls: [contract.outputs.late.surface]"), mitigationWithoutControl)).toEqual([
    "The control contract.outputs.late.surface of false-alarms is no line of this spec: contract.outputs.late has no such key.",
  ]);
  expect(said(withFirst("controls: []"), mitigationWithoutControl)).toHaveLength(1);
});

test("an accepted risk needs no control", () => {
  const accepted = withFirst("acceptance: {by: product, on: 2026-01-15, expires: 2026-07-15}");
  expect(said(accepted, mitigationWithoutControl)).toEqual([]);
});

test("an acceptance names a role of the owners and ends after it began", () => {
  const accepted = withFirst("acceptance: {by: produkt, on: 2026-07-15, expires: 2026-01-15}");
  expect(said(accepted, acceptedWithoutApprover)).toEqual([
    "produkt, who accepts false-alarms, is no role of the owners. Did you mean product?",
    "The acceptance of false-alarms ends on 2026-01-15, not after 2026-07-15, when it was given.",
  ]);
});

test("the smallest circle is a risk whose only control is what fails in it", () => {
  const circle = withFirst("controls: [deployment.canary.steps]\n    of: deployment.canary");
  expect(said(circle, circularMitigation)).toEqual([
    "The controls of false-alarms hold up each other: deployment.canary.steps is what fails in false-alarms.",
  ]);
  const held = withFirst(
    "controls: [deployment.canary.steps, deployment.rollback]\n    of: deployment.canary",
  );
  expect(said(held, circularMitigation)).toEqual([]);
});

test("a chain of controls that ends somewhere is no circle", () => {
  const chain = withFirst("controls: [deployment.shadow]\n    of: deployment.canary").replace(
    "controls: [monitoring.input_drift, retraining.triggers.drift]",
    "controls: [deployment.rollback]\n    of: deployment.shadow",
  );
  expect(said(chain, circularMitigation)).toEqual([]);
});

test("a scale that leaves out a level in use is told once for each use", () => {
  const scale = base.replace(
    "\nrisks:\n",
    "\nrisk_scale:\n  impact: {low: Nobody notices, medium: Complaints}\nrisks:\n",
  );
  expect(found(scale, riskScaleUndefined).map(({ at }) => at.join("."))).toEqual([
    "risks.0.impact.level",
    "risks.1.impact.level",
    "risks.3.impact.level",
  ]);
});

test("an automatic release is one finding that names every grave risk without a gate; an accepted one is left out", () => {
  const automatic = withFirst("acceptance: {by: product, on: 2026-01-15, expires: 2026-07-15}").replace(
    "approval: manual ",
    "approval: automatic ",
  );
  expect(said(automatic, autoActionHighImpact)).toEqual([
    "A retrained version ships without a person, but the impact of skew, adversarial-input is high and no gate stands among their controls.",
  ]);
});

test("a line that the retraining's gate asks for is a gate of the risk", () => {
  const gated = base
    .replace("approval: manual ", "approval: automatic\n  gate: [evaluation, contract] ")
    .replace(
      "controls: [contract.inputs.*.preprocessing, monitoring.input_drift]",
      "controls: [contract.inputs]",
    );
  expect(said(gated, autoActionHighImpact)).toEqual([]);
});

test("evidence expires with the soonest change, in a duration that can be written", () => {
  const at = (valid: string, schedule: string) =>
    base
      .replace('"0 3 1 * *"', `"${schedule}"`)
      .replace("\nretraining:\n", `\nevidence: {valid_for: ${valid}}\nretraining:\n`);
  expect(said(at("31d", "0 3 1 * *"), evidenceTtlVsChange)).toEqual([]);
  const [finding] = found(at("32d", "0 3 1 * *"), evidenceTtlVsChange);
  expect(finding?.message).toBe(
    "Measurements stand as proof for 32d, but a new model is trained at least every 31d: they outlive what they were made on.",
  );
  expect(found(at("1h", "*/10 * * * *"), evidenceTtlVsChange)[0]?.fix).toEqual([
    { kind: "replace", path: ["evidence", "valid_for"], yaml: "10m" },
  ]);
});
