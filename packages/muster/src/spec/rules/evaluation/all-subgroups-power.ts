import { allPass, powerOfEach } from "../../../stats/all-groups.ts";
import { percent } from "../metric-terms.ts";
import type { Rule } from "../rule.ts";
import { plannedGroups, planOf } from "./planning.ts";

/** Speaks only where each group by itself is large enough: the others are `subgroup-underpowered`'s. */
export const allSubgroupsPower: Rule = {
  code: "MU-E113",
  slug: "all-subgroups-power",
  title: "All subgroups almost never pass together",
  severity: "warning",
  preset: "recommended",
  section: "evaluation",
  needs: "spec",
  fix: "none",
  why: "That every group meets the threshold is decided for each group by itself, and the model ships only if all pass. Five groups that each pass four times in five pass together once in three, although every one of them is good enough: all must pass turns into almost never ships.",
  formula:
    "product of the groups' powers >= power; each needs power^(1 / groups), the groups being independent",
  example: {
    base: "classification",
    fails: [
      ["positive: 1, verified_by", "positive: 1, prevalence: 20%, verified_by"],
      ["  confidence: 95%\n", "  confidence: 95%\n  plan: {expected: 0.68, power: 80%}\n"],
      ["values: [ORD, DFW, ATL, LAX, PHX]", "values: [ORD, DFW, ATL, LAX, PHX], rows: [3_600]"],
    ],
    passes: [
      ["positive: 1, verified_by", "positive: 1, prevalence: 20%, verified_by"],
      ["  confidence: 95%\n", "  confidence: 95%\n  plan: {expected: 0.68, power: 80%}\n"],
      ["values: [ORD, DFW, ATL, LAX, PHX]", "values: [ORD, DFW, ATL, LAX, PHX], rows: [20_000]"],
    ],
  },
  check({ spec }) {
    const plan = planOf(spec);
    const groups = plannedGroups(spec);
    if (plan === null || groups.length < 2) return [];
    if (typeof plan === "string") return { skipped: plan };
    const powers = groups.map(({ rows }) => plan.power(rows));
    const together = allPass(powers);
    if (powers.some((power) => power < plan.wanted) || together >= plan.wanted) return [];
    const each = powerOfEach(plan.wanted, groups.length);
    return [
      {
        at: ["evaluation", "subgroups"],
        mark: "key",
        message: `Each of the ${groups.length} groups passes with a probability of at least ${percent(Math.min(...powers))}, but all together with ${percent(together)}, not ${percent(plan.wanted)}, even if the model is as good as planned.`,
        hint: `Each group needs a power of ${percent(each)}, that is ${plan.rowsFor(each)} rows.`,
        related: [{ at: ["evaluation", "plan", "power"], message: `the power planned for` }],
      },
    ];
  },
  explain({ spec }) {
    const plan = planOf(spec);
    const groups = plannedGroups(spec);
    if (plan === null || typeof plan === "string" || groups.length < 2) return null;
    const powers = groups.map(({ rows }) => plan.power(rows));
    return `${powers.map(percent).join(" x ")} = ${percent(allPass(powers))}`;
  },
};
