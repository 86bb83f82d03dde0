import type { z } from "zod";
import { misread, type Reading, shown } from "../reading.ts";
import type { Level, Risk } from "../spec.ts";
import { choice, name, text, textWith } from "./leaf.ts";
import { distinct, list, map } from "./structure.ts";

const levels: readonly [Level, ...Level[]] = ["low", "medium", "high"];

const controlPattern = "^(?:\\*|[A-Za-z0-9_-]+)(?:\\.(?:\\*|[A-Za-z0-9_-]+))*$";
const controlPath = new RegExp(controlPattern);

function readControl(value: string): Reading<string> {
  if (controlPath.test(value)) return { ok: true, value };
  return misread(
    "MU-A222",
    `${shown(value)} is not a path in the spec.`,
    "Write keys and names with dots between them, as in contract.outputs.late.surface_above; * stands for every entry.",
  );
}

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
    textWith(
      {
        description: "The path of a key in this spec; * stands for every entry.",
        examples: ["contract.outputs.late.surface_above", "monitoring.input_drift"],
        pattern: controlPattern,
      },
      readControl,
    ),
    { most: 100 },
    distinct(null, "control"),
  ).exactOptional(),
});

export const risksSection: z.ZodType<Risk[]> = list(
  "Section 5, failure modes and risk register: every mitigation points at the control that carries it out.",
  risk,
  { most: 1_000 },
  distinct("id", "risk"),
);
