import type { Change } from "./change.ts";
import { type ChangeRule, fixed, type Judgement, judgement, presence, promise } from "./change-rule.ts";
import { inputChanges } from "./input-changes.ts";
import { rangeMove, setMove } from "./ranges.ts";

const domain = (c: Change): "same" | "wider" | "narrower" | "moved" =>
  c.path.endsWith(".range") ? rangeMove(c.old, c.new) : setMove(c.old, c.new);

/** Inputs are contravariant: taking more is harmless to callers, taking less breaks them. */
const inputWider: Judgement = judgement({
  audience: ["caller", "evidence"],
  effect: "neutral",
  evidence: "stale",
  because: "Callers may send more than before; the evidence does not cover it yet.",
});
const inputNarrower: Judgement = judgement({
  audience: ["caller"],
  effect: "breaking",
  evidence: "keep",
  approval: "callers",
  because: "What callers may send today would be out of the contract.",
});
/** Outputs are covariant: a reader may meet what it does not know. */
const outputWider: Judgement = judgement({
  audience: ["caller"],
  effect: "breaking",
  evidence: "stale",
  approval: "callers",
  because: "Readers may meet a value that they do not know.",
});
const outputNarrower: Judgement = judgement({
  audience: ["caller", "relier"],
  effect: "neutral",
  evidence: "stale",
  because: "Readers meet only values that they know.",
});

const domainRules = (
  side: "input" | "output",
  path: RegExp,
  wider: Judgement,
  narrower: Judgement,
): readonly ChangeRule[] => [
  {
    id: `${side}-domain-widened`,
    path,
    on: ["changed", "removed"],
    mirror: `${side}-domain-narrowed`,
    classify: (c) => (c.kind === "removed" || domain(c) === "wider" ? wider : null),
  },
  {
    id: `${side}-domain-narrowed`,
    path,
    on: ["changed", "added"],
    mirror: `${side}-domain-widened`,
    classify: (c) => (c.kind === "added" || domain(c) === "narrower" ? narrower : null),
  },
  {
    id: `${side}-domain-moved`,
    path,
    on: ["changed"],
    classify: () => (side === "input" ? inputNarrower : outputWider),
  },
];

/** From what is strictest with a caller to what is most lenient. */
const strictness = ["reject", "null", "default"];
const missingPolicy = (value: unknown): number =>
  strictness.indexOf(typeof value === "string" ? value : "default");

const oversight = ["uncertainty", "fallback", "review"];

/** Section 2. */
export const contractChanges: readonly ChangeRule[] = [
  ...inputChanges,
  ...domainRules("input", /^contract\.inputs\.[^.]+\.(range|values)$/, inputWider, inputNarrower),
  ...domainRules("output", /^contract\.outputs\.[^.]+\.(range|values)$/, outputWider, outputNarrower),
  {
    id: "missing-policy-stricter",
    path: /^contract\.(inputs\.[^.]+\.missing|edge_cases\.missing_required)$/,
    on: ["changed"],
    mirror: "missing-policy-laxer",
    classify: (c) =>
      missingPolicy(c.new) < missingPolicy(c.old)
        ? judgement({
            audience: ["caller"],
            effect: "breaking",
            evidence: "stale",
            approval: "callers",
            because: "Requests that were answered are now treated more strictly.",
          })
        : null,
  },
  {
    id: "missing-policy-laxer",
    path: /^contract\.(inputs\.[^.]+\.missing|edge_cases\.missing_required)$/,
    on: ["changed"],
    mirror: "missing-policy-stricter",
    classify: (c) =>
      missingPolicy(c.new) > missingPolicy(c.old)
        ? judgement({
            audience: ["relier"],
            effect: "weakening",
            evidence: "new",
            approval: "product",
            because: "Rows with a value made up for a missing one are answered now.",
          })
        : null,
  },
  fixed("missing-default-changed", /^contract\.inputs\.[^.]+\.missing(\.default)?$/, "changed", {
    audience: ["evidence"],
    effect: "neutral",
    evidence: "stale",
    approval: "ML owner",
    because: "Rows without the value are scored otherwise.",
  }),
  fixed("preprocessing-changed", /^contract\.inputs\.[^.]+\.preprocessing$/, "changed", {
    audience: ["evidence"],
    effect: "neutral",
    evidence: "stale",
    approval: "ML owner",
    because: "The model is fed otherwise.",
  }),
  fixed(
    "output-added",
    /^contract\.outputs\.[^.]+$/,
    "added",
    { audience: ["caller"], effect: "neutral", evidence: "new", because: "Readers may ignore it." },
    "output-removed",
  ),
  fixed(
    "output-removed",
    /^contract\.outputs\.[^.]+$/,
    "removed",
    {
      audience: ["caller"],
      effect: "breaking",
      evidence: "drop",
      approval: "callers",
      because: "Readers miss it.",
    },
    "output-added",
  ),
  fixed("output-type-changed", /^contract\.outputs\.[^.]+\.type$/, "changed", {
    audience: ["caller"],
    effect: "breaking",
    evidence: "stale",
    approval: "callers",
    because: "Readers meet another kind of value.",
  }),
  fixed("decision-changed", /^contract\.outputs\.[^.]+\.decide(\..+)?$/, "changed", {
    audience: ["caller", "relier"],
    effect: "breaking",
    evidence: "stale",
    approval: "product",
    because: "The same score leads to another action.",
  }),
  ...presence(
    "decision-threshold",
    /^contract\.outputs\.[^.]+\.decide$/,
    {
      gone: "What is done with a score is no longer said.",
      there: "What is done with a score is said now.",
    },
    { approval: "product" },
  ),
  ...promise(
    "surfacing",
    /^contract\.outputs\.[^.]+\.surface_above$/,
    "higher",
    {
      weaker: "Users are shown answers that were withheld as too unsure.",
      stronger: "Users are shown only surer answers.",
    },
    { approval: "product" },
  ),
  ...presence(
    "surfacing",
    /^contract\.outputs\.[^.]+\.surface_above$/,
    {
      gone: "Users are shown answers however unsure.",
      there: "Unsure answers are withheld from users.",
    },
    { approval: "product" },
  ),
  {
    id: "oversight-removed",
    path: /^contract\.edge_cases\.out_of_distribution$/,
    on: ["changed"],
    mirror: "oversight-restored",
    classify: (c) =>
      oversight.indexOf(String(c.new)) < oversight.indexOf(String(c.old))
        ? judgement({
            audience: ["relier"],
            effect: "weakening",
            evidence: "drop",
            version: "major",
            approval: "risk",
            because: "Nobody looks any more at what the model never saw.",
          })
        : null,
  },
  {
    id: "oversight-restored",
    path: /^contract\.edge_cases\.out_of_distribution$/,
    on: ["changed"],
    mirror: "oversight-removed",
    classify: () =>
      judgement({
        audience: ["relier"],
        effect: "tightening",
        evidence: "new",
        because: "What the model never saw is handled with more care.",
      }),
  },
  {
    id: "late-answer-laxer",
    path: /^contract\.edge_cases\.latency_exceeded$/,
    on: ["changed"],
    mirror: "late-answer-stricter",
    classify: (c) =>
      c.old === "error"
        ? judgement({
            audience: ["caller", "relier"],
            effect: "weakening",
            evidence: "new",
            approval: "product",
            because: "Callers now may be given an answer that is not the model's.",
          })
        : null,
  },
  {
    id: "late-answer-stricter",
    path: /^contract\.edge_cases\.latency_exceeded$/,
    on: ["changed"],
    mirror: "late-answer-laxer",
    classify: (c) =>
      c.new === "error"
        ? judgement({
            audience: ["caller"],
            effect: "breaking",
            evidence: "new",
            approval: "callers",
            because: "Callers now meet an error where they were answered.",
          })
        : judgement({
            audience: ["relier"],
            effect: "weakening",
            evidence: "new",
            approval: "product",
            because: "Late answers come from elsewhere now.",
          }),
  },
  fixed("fallback-changed", /^contract\.fallback(\..+)?$/, "changed", {
    audience: ["relier"],
    effect: "weakening",
    evidence: "new",
    approval: "product",
    because: "The degraded mode is another one, and unproven.",
  }),
  ...presence(
    "fallback",
    /^contract\.fallback(\..+)?$/,
    { gone: "There is no degraded mode any more.", there: "There is a degraded mode." },
    { approval: "product" },
  ),
  ...presence(
    "edge-case",
    /^contract\.edge_cases(\..+)?$/,
    { gone: "What happens then is no longer said.", there: "What happens then is said now." },
    { approval: "product" },
  ),
  ...promise(
    "variance",
    /^contract\.variance\..+\.max_[a-z_]+$|^contract\.variance\.repeat\.max_difference$/,
    "lower",
    { weaker: "Answers may vary more.", stronger: "Answers may vary less." },
  ),
  ...presence("variance", /^contract\.variance(\..+)?$/, {
    gone: "How far answers may vary is no longer promised.",
    there: "How far answers may vary is promised now.",
  }),
];
