import { type ChangeRule, fixed, judgement, presence } from "./change-rule.ts";

const uses = ["internal_team", "shown_to_users", "automated_decision"];

/** Section 1. Whoever is newly served was not in the evidence. */
export const problemChanges: readonly ChangeRule[] = [
  fixed("output-kind-changed", /^problem\.output$/, "changed", {
    audience: ["caller", "relier", "evidence"],
    effect: "breaking",
    evidence: "drop",
    approval: "callers",
    because: "Another kind of output is another model to everybody.",
  }),
  {
    id: "use-broadened",
    path: /^problem\.consumers\.[^.]+\.use$/,
    on: ["changed"],
    mirror: "use-narrowed",
    classify: (c) =>
      uses.indexOf(String(c.new)) > uses.indexOf(String(c.old))
        ? judgement({
            audience: ["relier", "evidence"],
            effect: "weakening",
            evidence: "stale",
            version: "major",
            approval: "risk",
            because: "More now hangs on an output than it was accepted for.",
          })
        : null,
  },
  {
    id: "use-narrowed",
    path: /^problem\.consumers\.[^.]+\.use$/,
    on: ["changed"],
    mirror: "use-broadened",
    classify: () =>
      judgement({
        audience: ["relier"],
        effect: "neutral",
        evidence: "keep",
        because: "Less hangs on the output than before.",
      }),
  },
  fixed(
    "consumer-added",
    /^problem\.consumers\.[^.]+$/,
    "added",
    {
      audience: ["relier", "evidence"],
      effect: "weakening",
      evidence: "stale",
      version: "major",
      approval: "risk",
      because: "A new use was not part of what was accepted.",
    },
    "consumer-removed",
  ),
  fixed(
    "consumer-removed",
    /^problem\.consumers\.[^.]+$/,
    "removed",
    {
      audience: ["relier"],
      effect: "neutral",
      evidence: "keep",
      because: "The intended use is narrower.",
    },
    "consumer-added",
  ),
  {
    id: "decision-automated",
    path: /^problem\.decision\.mode$/,
    on: ["changed"],
    mirror: "decision-enabled",
    classify: (c) =>
      c.new === "automates"
        ? judgement({
            audience: ["relier"],
            effect: "weakening",
            evidence: "keep",
            version: "major",
            approval: "risk",
            because: "No person stands between the output and the decision any more.",
          })
        : null,
  },
  {
    id: "decision-enabled",
    path: /^problem\.decision\.mode$/,
    on: ["changed"],
    mirror: "decision-automated",
    classify: () =>
      judgement({
        audience: ["relier"],
        effect: "tightening",
        evidence: "keep",
        because: "A person decides again.",
      }),
  },
  ...presence("decision", /^problem\.decision$/, {
    gone: "Nobody can tell any more whether a person decides.",
    there: "It is said whether a person decides.",
  }),
  fixed("baseline-changed", /^problem\.baseline\.column$/, "changed", {
    audience: ["relier"],
    effect: "weakening",
    evidence: "stale",
    approval: "product",
    because: "What the model has to beat is another thing now.",
  }),
  fixed(
    "baseline-removed",
    /^problem\.baseline(\.column)?$/,
    "removed",
    {
      audience: ["relier"],
      effect: "weakening",
      evidence: "drop",
      approval: "product",
      because: "The model need not beat anything any more.",
    },
    "baseline-added",
  ),
  fixed(
    "baseline-added",
    /^problem\.baseline(\.column)?$/,
    "added",
    {
      audience: ["relier"],
      effect: "tightening",
      evidence: "new",
      because: "The model now has to beat a baseline.",
    },
    "baseline-removed",
  ),
];
