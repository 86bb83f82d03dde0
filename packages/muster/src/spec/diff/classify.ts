import type { Spec } from "../spec.ts";
import { type Change, type Classified, fingerprintOf } from "./change.ts";
import { type ChangeContext, type ChangeRule, judgement } from "./change-rule.ts";
import { contractChanges } from "./contract-changes.ts";
import { dataChanges } from "./data-changes.ts";
import { deploymentChanges } from "./deployment-changes.ts";
import { evaluationChanges } from "./evaluation-changes.ts";
import { changesBetween } from "./facts.ts";
import { monitoringChanges } from "./monitoring-changes.ts";
import { problemChanges } from "./problem-changes.ts";
import { risksChanges } from "./risks-changes.ts";

/** Words and names that nobody is held to. */
const editorial =
  /^(name|version|status|owners)(\.|$)|^problem\.(statement|decision\.what|baseline\.description)$|\.(interpretation|explanation|source|what|mitigation|mode|who|budget)$/;

/** Every rule, the most telling first within its section. */
export const changeRules: readonly ChangeRule[] = [
  ...problemChanges,
  ...contractChanges,
  ...dataChanges,
  ...evaluationChanges,
  ...risksChanges,
  ...deploymentChanges,
  ...monitoringChanges,
];

/** What changed between two specs, and what each change means to whom. */
export function classifyChanges(before: Spec, after: Spec): readonly Classified[] {
  const context = { before, after };
  return changesBetween(before, after).map((change) => classifyOne(change, context));
}

function classifyOne(change: Change, context: ChangeContext): Classified {
  for (const rule of changeRules) {
    if (!rule.on.includes(change.kind) || !rule.path.test(change.path)) continue;
    const found = rule.classify(change, context);
    if (found !== null)
      return { ...change, ...found, rule: rule.id, fingerprint: fingerprintOf(rule.id, change) };
  }
  const rule = editorial.test(change.path) ? "wording" : "other";
  // What no rule knows is told as what it may be at worst, so that nothing slips through as harmless.
  const rest =
    rule === "wording"
      ? judgement({ audience: [], effect: "editorial", evidence: "keep", because: "Nobody is held to it." })
      : judgement({
          audience: ["relier"],
          effect: "weakening",
          evidence: "stale",
          approval: "product",
          because: "No rule knows this line: a person has to look at it.",
        });
  return { ...change, ...rest, rule, fingerprint: fingerprintOf(rule, change) };
}
