import type { z } from "zod";
import type { Level, Risk, RiskScale } from "../risk-register.ts";
import { controlPath } from "./control-path.ts";
import { choice, name, text } from "./leaf.ts";
import { day, duration } from "./quantity.ts";
import { distinct, list, map } from "./structure.ts";

const levels: readonly [Level, ...Level[]] = ["low", "medium", "high"];

const risk: z.ZodType<Risk> = map("One way in which the model can fail.", {
  id: name("A short name for it, unique in the spec.", ["false-alarms"]),
  mode: text("How it fails.", ["False positives at a high rate"]),
  probability: choice("How likely it is.", levels),
  impact: map("What happens then.", {
    level: choice("How bad that is.", levels),
    what: text("What happens, in a few words.", ["Users stop trusting rebookings"]),
  }),
  mitigation: text("What is done about it.", ["Nothing is shown to users under 90 % confidence"]),
  controls: list(
    "Paths in this spec that carry the mitigation out; drills show that they work.",
    controlPath(["contract.outputs.late.surface_above", "monitoring.input_drift"]),
    { most: 100 },
    distinct(null, "control"),
  ).exactOptional(),
  of: controlPath(
    ["monitoring.input_drift"],
    "The line of this spec whose own failure this risk is.",
  ).exactOptional(),
  residual: map("What is left of the risk once the controls work.", {
    probability: choice("How likely it then is.", levels),
    impact: choice("How bad it then is.", levels),
  }).exactOptional(),
  contained_within: duration(
    "The longest that the failure may last, from its start until users are safe again.",
    ["30m"],
  ).exactOptional(),
  acceptance: map("Somebody lives with the risk instead of mitigating it.", {
    by: name("The role of owners that accepts it.", ["product"]).exactOptional(),
    on: day("The day on which it was accepted.", ["2026-01-15"]).exactOptional(),
    expires: day("The day on which it has to be thought through again.", ["2026-07-15"]).exactOptional(),
  }).exactOptional(),
});

const meanings = (description: string, example: string) =>
  map(description, {
    low: text("What low means.", [example]).exactOptional(),
    medium: text("What medium means.", [example]).exactOptional(),
    high: text("What high means.", [example]).exactOptional(),
  }).exactOptional();

export const riskScale: z.ZodType<RiskScale> = map(
  { id: "RiskScale", description: "What the words low, medium and high of the risk register mean here." },
  {
    probability: meanings("How likely.", "Less than once a year"),
    impact: meanings("How bad.", "Costs up to 10,000 EUR"),
  },
);

export const risksSection: z.ZodType<Risk[]> = list(
  "Section 5, failure modes and risk register: every mitigation points at the control that carries it out.",
  risk,
  { most: 1_000 },
  distinct("id", "risk"),
);
