import { flawlessTrialsNeeded } from "../../../stats/binomial-power.ts";
import type { Spec } from "../../spec.ts";
import { isBinary, percent, primaryThreshold } from "../metric-terms.ts";
import type { Rule, RuleFinding } from "../rule.ts";
import { plannedGroups, planOf, trialsAmong, trialWords } from "./planning.ts";

/** Without a plan: groups so small that not even a flawless one passes. */
function hopeless(spec: Spec): readonly RuleFinding[] {
  const primary = primaryThreshold(spec);
  const { evaluation } = spec;
  if (primary === null || evaluation === undefined || evaluation.decide_by !== "lower_bound") return [];
  if (!isBinary(primary)) return [];
  const { facts, limit, metric } = primary;
  const share = facts.direction === "higher" ? limit : 1 - limit;
  const fewest = flawlessTrialsNeeded(share, evaluation.confidence.value);
  return plannedGroups(spec).flatMap(({ at, by, name, rows }) => {
    const trials = facts.shareOf === null ? null : trialsAmong(rows, primary, spec);
    if (trials === null || trials >= fewest) return [];
    return [
      {
        at,
        message: `${name === null ? `A group of ${by}` : `${by} ${name}`} has ${trials} ${trialWords(primary).replace("_", " ")}: even without a single mistake they do not show ${metric} of ${limit}, for which it takes ${fewest}.`,
        hint: `Plan for more rows, decide by point, or join small groups.`,
        related: [{ at: [...primary.at, primary.key], message: `the threshold is ${limit}` }],
      },
    ];
  });
}

/** Exact binomial power for shares of rows, normal scores for the area under the ROC curve, nothing for others. */
export const subgroupUnderpowered: Rule = {
  code: "MU-E112",
  slug: "subgroup-underpowered",
  title: "A subgroup too small to be judged",
  severity: "error",
  preset: "recommended",
  section: "evaluation",
  needs: "spec",
  fix: "none",
  why: "A model that is as good as planned still has to show it on the rows of each group. With too few of them it fails by chance, and the release waits on luck instead of on the model. Power rises in a sawtooth with the count, so the number given is the one from which on it stays reached.",
  formula:
    "P(X >= c | n, expected) >= power, c the fewest successes whose exact lower bound reaches the threshold (Clopper & Pearson 1934); for roc_auc Obuchowski & McClish 1997",
  example: {
    base: "classification",
    fails: [
      ["positive: 1, verified_by", "positive: 1, prevalence: 20%, verified_by"],
      ["  confidence: 95%\n", "  confidence: 95%\n  plan: {expected: 0.68, power: 80%}\n"],
      ["values: [ORD, DFW, ATL, LAX, PHX]", "values: [ORD, DFW, ATL, LAX, PHX], rows: [500]"],
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
    if (plan === null || groups.length === 0) return hopeless(spec);
    if (typeof plan === "string") return { skipped: plan };
    const { primary, expected, wanted } = plan;
    if (primary.facts.direction === "higher" ? expected <= primary.limit : expected >= primary.limit) {
      return [
        {
          at: ["evaluation", "plan", "expected"],
          message: `The model is expected to reach ${expected}, which is no better than the threshold of ${primary.limit}: no number of rows shows the difference.`,
          hint: "Plan for a model that is better than the threshold, or move the threshold.",
          related: [{ at: [...primary.at, primary.key], message: `the threshold is ${primary.limit}` }],
        },
      ];
    }
    const rowsNeeded = plan.rowsFor(wanted);
    return groups.flatMap(({ at, by, name, rows }) => {
      const power = plan.power(rows);
      if (power >= wanted) return [];
      const who = name === null ? `each group of ${by}` : `${by} ${name}`;
      return [
        {
          at,
          message: `With ${rows} rows in ${who}, a model that reaches ${expected} passes ${primary.metric} of ${primary.limit} with a probability of ${percent(power)}, not ${percent(wanted)}.`,
          hint: `It takes ${rowsNeeded} rows. Collect them, join small groups, or plan for less.`,
          related: [
            {
              at: ["evaluation", "plan"],
              message: `expected ${expected} with a power of ${percent(wanted)}`,
            },
            { at: [...primary.at, primary.key], message: `the threshold is ${primary.limit}` },
          ],
        },
      ];
    });
  },
  explain({ spec }) {
    const plan = planOf(spec);
    if (plan === null || typeof plan === "string") return null;
    const { primary, expected, wanted } = plan;
    return `${primary.metric} of ${expected} against ${primary.limit} with a power of ${percent(wanted)}: ${plan.rowsFor(wanted)} rows a group`;
  },
};
