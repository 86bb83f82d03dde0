import { type ChangeRule, judgement, presence } from "./change-rule.ts";
import { setMove } from "./ranges.ts";

const levels = ["low", "medium", "high"];

const levelPath = /^risks\.[^.]+\.(probability|impact\.level)$/;
const controls = /^risks\.[^.]+\.controls$/;

/** Section 5. */
export const risksChanges: readonly ChangeRule[] = [
  ...presence(
    "risk",
    /^risks(\.[^.]+)?$/,
    { gone: "The risk is no longer in the register.", there: "One more risk is in the register." },
    { approval: "risk", goneVersion: "major" },
  ),
  {
    id: "risk-level-lowered",
    path: levelPath,
    on: ["changed"],
    mirror: "risk-level-raised",
    classify: (c) =>
      levels.indexOf(String(c.new)) < levels.indexOf(String(c.old))
        ? judgement({
            audience: ["relier"],
            effect: "weakening",
            evidence: "keep",
            version: "major",
            approval: "risk",
            because: "The risk is said to be smaller.",
          })
        : null,
  },
  {
    id: "risk-level-raised",
    path: levelPath,
    on: ["changed"],
    mirror: "risk-level-lowered",
    classify: () =>
      judgement({
        audience: ["relier"],
        effect: "tightening",
        evidence: "keep",
        because: "The risk is taken more seriously.",
      }),
  },
  {
    id: "control-removed",
    path: controls,
    on: ["changed", "removed"],
    mirror: "control-added",
    classify: (c) =>
      c.kind === "removed" || setMove(c.old, c.new) !== "wider"
        ? judgement({
            audience: ["relier"],
            effect: "weakening",
            evidence: "drop",
            version: "major",
            approval: "risk",
            because: "A control no longer carries the mitigation out.",
          })
        : null,
  },
  {
    id: "control-added",
    path: controls,
    on: ["changed", "added"],
    mirror: "control-removed",
    classify: () =>
      judgement({
        audience: ["relier"],
        effect: "tightening",
        evidence: "new",
        because: "One more control carries the mitigation out.",
      }),
  },
];
