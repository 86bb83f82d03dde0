import type { z } from "zod";
import { suggest } from "../../source/suggest.ts";
import { type LintSection, ruleLevels, rulesets } from "../lint-section.ts";
import { misread, type Reading, shown } from "../reading.ts";
import { choice, leaf } from "./leaf.ts";
import { map, named } from "./structure.ts";

/** Whether the rules that it names exist is told by `lint`, which knows them. */
export const lintSection: z.ZodType<LintSection> = map(
  {
    description: "How strictly muster lint reads this spec. The command line's own options win over it.",
    examples: [{ preset: "strict", rules: { "MU-E112": "off" } }],
  },
  {
    preset: choice(
      "How much is asked: minimal (errors alone), recommended (what is wrong or contradicts itself), strict (also what is not said yet), regulated (also what auditors ask for). When absent: recommended.",
      ["minimal", "recommended", "strict", "regulated"],
    ).exactOptional(),
    ruleset: leaf(
      {
        title: "rule set",
        description: "Newer rules than those of this set do not run, so that an update adds no findings.",
        examples: ["2026.1"],
        anyOf: [
          { type: "string", enum: [...rulesets] },
          { type: "number", enum: rulesets.map(Number) },
        ],
      },
      readRuleset,
    ).exactOptional(),
    rules: named(
      {
        description: "What a rule's findings count as, by its code or slug: off, error, warning or info.",
        examples: [{ "MU-E112": "warning" }],
      },
      leaf({ title: "level", description: "A level.", enum: [...ruleLevels] }, readLevel),
      500,
    ).exactOptional(),
  },
);

function readRuleset(value: unknown): Reading<string> {
  const text = typeof value === "number" ? String(value) : value;
  const known = rulesets.find((one) => one === text);
  if (known !== undefined) return { ok: true, value: known };
  return misread(
    "MU-A217",
    `This Muster has no rule set ${shown(value)}.`,
    `It has ${rulesets.join(", ")}; a newer Muster may have others.`,
  );
}

function readLevel(value: unknown): Reading<(typeof ruleLevels)[number]> {
  const known = ruleLevels.find((one) => one === value);
  if (known !== undefined) return { ok: true, value: known };
  const near = typeof value === "string" ? suggest(value, ruleLevels) : null;
  const guess = near === null ? "" : ` Did you mean ${near}?`;
  return misread(
    "MU-A217",
    `${shown(value)} is no level of a rule.${guess}`,
    `Write ${ruleLevels.join(", ")}.`,
  );
}
