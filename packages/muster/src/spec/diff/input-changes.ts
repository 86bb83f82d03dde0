import { type ChangeRule, fixed, judgement } from "./change-rule.ts";

const input = /^contract\.inputs\.[^.]+$/;
const requiredOf = (value: unknown): boolean =>
  (value as { required?: boolean } | undefined)?.required === true;

/** Inputs that come, go, or are asked for otherwise. The contract is closed: what it does not name is refused. */
export const inputChanges: readonly ChangeRule[] = [
  {
    id: "required-input-added",
    path: input,
    on: ["added"],
    mirror: "required-input-removed",
    classify: (c) =>
      requiredOf(c.new)
        ? judgement({
            audience: ["caller"],
            effect: "breaking",
            evidence: "stale",
            approval: "callers",
            because: "Callers do not send it yet.",
          })
        : null,
  },
  {
    id: "optional-input-added",
    path: input,
    on: ["added"],
    mirror: "optional-input-removed",
    classify: () =>
      judgement({
        audience: ["caller", "evidence"],
        effect: "neutral",
        evidence: "stale",
        because: "Callers may leave it out; the model may use it.",
      }),
  },
  {
    id: "required-input-removed",
    path: input,
    on: ["removed"],
    mirror: "required-input-added",
    classify: (c) =>
      requiredOf(c.old)
        ? judgement({
            audience: ["caller"],
            effect: "breaking",
            evidence: "stale",
            approval: "callers",
            because: "The contract is closed: callers that still send it are refused.",
          })
        : null,
  },
  {
    id: "optional-input-removed",
    path: input,
    on: ["removed"],
    mirror: "optional-input-added",
    classify: () =>
      judgement({
        audience: ["caller"],
        effect: "breaking",
        evidence: "stale",
        approval: "callers",
        because: "The contract is closed: callers that still send it are refused.",
      }),
  },
  {
    id: "input-made-required",
    path: /^contract\.inputs\.[^.]+\.required$/,
    on: ["changed"],
    mirror: "input-made-optional",
    classify: (c) =>
      c.new === true
        ? judgement({
            audience: ["caller"],
            effect: "breaking",
            evidence: "stale",
            approval: "callers",
            because: "Callers that leave it out are refused.",
          })
        : null,
  },
  {
    id: "input-made-optional",
    path: /^contract\.inputs\.[^.]+\.required$/,
    on: ["changed"],
    mirror: "input-made-required",
    classify: () =>
      judgement({
        audience: ["caller"],
        effect: "neutral",
        evidence: "stale",
        because: "The way of missing values is in use now.",
      }),
  },
  fixed("input-type-changed", /^contract\.inputs\.[^.]+\.(type|unit)$/, "changed", {
    audience: ["caller"],
    effect: "breaking",
    evidence: "stale",
    approval: "callers",
    because: "Callers send another kind of value.",
  }),
];
