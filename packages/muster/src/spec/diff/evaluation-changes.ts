import { canonicalJson } from "../../source/digest.ts";
import { columnsRead } from "../columns-read.ts";
import type { Spec } from "../spec.ts";
import { type ChangeRule, fixed, judgement, presence } from "./change-rule.ts";
import { limitRules } from "./limit-rules.ts";
import { setMove } from "./ranges.ts";

const gatekeepers = "product and risk";

/** What the primary metric is measured by, its own columns and those of the evaluation. */
function primaryColumns(spec: Spec): string {
  const primary = spec.evaluation?.primary;
  return primary === undefined ? "" : canonicalJson(columnsRead(spec, primary));
}

const groups = /^evaluation\.subgroups\.[^.]+\.(values|bins|hours)(\..+)?$/;
const crossed = /^evaluation\.intersections(\..+)?$/;
const reuse = /^evaluation\.reuse$/;

/** Section 4: what decides whether a model ships. */
export const evaluationChanges: readonly ChangeRule[] = [
  ...limitRules(
    "ship-threshold",
    /^evaluation\.primary\.at_(least|most)$/,
    { weaker: "Less is enough to ship.", stronger: "More is asked for to ship." },
    gatekeepers,
    "major",
  ),
  fixed("primary-metric-changed", /^evaluation\.primary\.metric$/, "changed", {
    audience: ["relier", "evidence"],
    effect: "weakening",
    evidence: "drop",
    version: "major",
    approval: gatekeepers,
    because: "What decides about shipping is another number, and the two cannot be compared.",
  }),
  {
    id: "primary-columns-changed",
    path: /^evaluation\.(primary\.)?columns(\..+)?$/,
    on: ["added", "removed", "changed"],
    classify: (_, { before, after }) =>
      primaryColumns(before) === primaryColumns(after)
        ? null
        : judgement({
            audience: ["relier", "evidence"],
            effect: "weakening",
            evidence: "drop",
            version: "major",
            approval: gatekeepers,
            because:
              "What decides about shipping is measured by other columns, and the two numbers cannot be compared.",
          }),
  },
  {
    id: "alert-columns-changed",
    path: /^evaluation\.(secondary\..+\.)?columns(\..+)?$/,
    on: ["added", "removed", "changed"],
    classify: () =>
      judgement({
        audience: ["relier", "evidence"],
        effect: "weakening",
        evidence: "drop",
        because: "What alerts is measured by other columns.",
      }),
  },
  {
    id: "primary-limit-replaced",
    path: /^evaluation\.primary(\..+)?$/,
    on: ["added", "removed", "changed"],
    classify: () =>
      judgement({
        audience: ["relier", "evidence"],
        effect: "weakening",
        evidence: "stale",
        version: "major",
        approval: gatekeepers,
        because: "What decides about shipping is defined otherwise.",
      }),
  },
  {
    id: "judged-by-point",
    path: /^evaluation\.decide_by$/,
    on: ["changed"],
    mirror: "judged-by-bound",
    classify: (c) =>
      c.new === "point"
        ? judgement({
            audience: ["relier"],
            effect: "weakening",
            evidence: "rejudge",
            version: "major",
            approval: "risk",
            because: "A lucky sample is enough to ship.",
          })
        : null,
  },
  {
    id: "judged-by-bound",
    path: /^evaluation\.decide_by$/,
    on: ["changed"],
    mirror: "judged-by-point",
    classify: () =>
      judgement({
        audience: ["relier"],
        effect: "tightening",
        evidence: "rejudge",
        because: "The sample has to show it.",
      }),
  },
  {
    id: "confidence-lowered",
    path: /^evaluation\.confidence$/,
    on: ["changed"],
    mirror: "confidence-raised",
    classify: (c) =>
      Number(c.new) < Number(c.old)
        ? judgement({
            audience: ["relier"],
            effect: "weakening",
            evidence: "rejudge",
            version: "major",
            approval: "risk",
            because: "Chance lets more bad models pass.",
          })
        : null,
  },
  {
    id: "confidence-raised",
    path: /^evaluation\.confidence$/,
    on: ["changed"],
    mirror: "confidence-lowered",
    classify: () =>
      judgement({
        audience: ["relier"],
        effect: "tightening",
        evidence: "rejudge",
        because: "Chance lets fewer bad models pass.",
      }),
  },
  ...presence(
    "subgroup",
    /^evaluation\.subgroups(\.[^.]+)?$/,
    {
      gone: "The threshold no longer has to hold for these groups.",
      there: "The threshold has to hold for these groups, too.",
    },
    { approval: "risk", goneVersion: "major" },
  ),
  {
    id: "subgroup-values-removed",
    path: groups,
    on: ["changed", "removed"],
    mirror: "subgroup-values-added",
    classify: (c) => {
      const lost = c.kind === "removed" || setMove(c.old, c.new) !== "wider";
      return lost
        ? judgement({
            audience: ["relier"],
            effect: "weakening",
            evidence: "drop",
            version: "major",
            approval: "risk",
            because: "Groups that had to pass are gone, or cut otherwise.",
          })
        : null;
    },
  },
  {
    id: "subgroup-values-added",
    path: groups,
    on: ["changed", "added"],
    mirror: "subgroup-values-removed",
    classify: () =>
      judgement({
        audience: ["relier"],
        effect: "tightening",
        evidence: "new",
        because: "More groups have to pass.",
      }),
  },
  {
    id: "subgroup-column-changed",
    path: /^evaluation\.subgroups\.[^.]+\.(by|from|part)$/,
    on: ["changed", "added", "removed"],
    classify: () =>
      judgement({
        audience: ["relier", "evidence"],
        effect: "weakening",
        evidence: "drop",
        version: "major",
        approval: "risk",
        because: "Other groups have to pass.",
      }),
  },
  {
    id: "intersections-removed",
    path: crossed,
    on: ["changed", "removed"],
    mirror: "intersections-added",
    classify: () =>
      judgement({
        audience: ["relier"],
        effect: "weakening",
        evidence: "drop",
        version: "major",
        approval: "risk",
        because: "Crossed groups that had to pass are gone, or others.",
      }),
  },
  {
    id: "intersections-added",
    path: crossed,
    on: ["added"],
    mirror: "intersections-removed",
    classify: () =>
      judgement({
        audience: ["relier"],
        effect: "tightening",
        evidence: "new",
        because: "Crossed groups have to pass, too.",
      }),
  },
  {
    id: "reuse-unpaid",
    path: reuse,
    on: ["changed", "removed"],
    mirror: "reuse-paid",
    classify: (c) =>
      c.old === "spend"
        ? judgement({
            audience: ["relier"],
            effect: "weakening",
            evidence: "rejudge",
            version: "major",
            approval: "risk",
            because: "Trying often enough on the same data lets a bad model pass.",
          })
        : null,
  },
  {
    id: "reuse-paid",
    path: reuse,
    on: ["changed", "added"],
    mirror: "reuse-unpaid",
    classify: (c) =>
      c.new === "spend"
        ? judgement({
            audience: ["relier"],
            effect: "tightening",
            evidence: "rejudge",
            because: "Each further attempt on the same data has less error to spend.",
          })
        : null,
  },
  ...limitRules(
    "secondary-alert",
    /^evaluation\.secondary\.[^.]+\.alert_(below|above)$/,
    { weaker: "The alert comes later.", stronger: "The alert comes earlier." },
    undefined,
    "minor",
  ),
  ...presence("secondary-metric", /^evaluation\.secondary(\.[^.]+)?$/, {
    gone: "It is no longer watched.",
    there: "It is watched, too.",
  }),
];
