import { type ChangeRule, fixed, judgement, presence, promise } from "./change-rule.ts";
import { limitMove } from "./limit-rules.ts";

const signal = "^monitoring\\.(performance|input_drift|prediction_drift|latency|no_data)";

/** Section 7: monitoring and retraining. */
export const monitoringChanges: readonly ChangeRule[] = [
  ...([-1, 1] as const).map(
    (side): ChangeRule => ({
      id: `alert-${side === -1 ? "loosened" : "tightened"}`,
      path: new RegExp(`${signal}\\.alert_(below|above)$`),
      on: ["changed"],
      mirror: `alert-${side === -1 ? "tightened" : "loosened"}`,
      classify: (c) => {
        if (limitMove(c) !== side) return null;
        return side === 1
          ? judgement({
              audience: ["operator"],
              effect: "tightening",
              evidence: "rejudge",
              version: "patch",
              because: "The alert comes earlier.",
            })
          : judgement({
              audience: ["relier"],
              effect: "weakening",
              evidence: "rejudge",
              approval: "signal owner",
              because: "The alert comes later.",
            });
      },
    }),
  ),
  ...promise(
    "window",
    new RegExp(`${signal}\\.(window|after|labels_after)$`),
    "lower",
    { weaker: "Trouble is seen later.", stronger: "Trouble is seen sooner." },
    { approval: "signal owner" },
  ),
  fixed("signal-metric-changed", new RegExp(`${signal}\\.metric$`), "changed", {
    audience: ["relier"],
    effect: "weakening",
    evidence: "stale",
    approval: "signal owner",
    because: "Another number is watched.",
  }),
  fixed("signal-owner-changed", new RegExp(`${signal}\\.owner$`), "changed", {
    audience: [],
    effect: "editorial",
    evidence: "keep",
    because: "Somebody else is told.",
  }),
  ...presence(
    "signal",
    /^monitoring(\.[a-z_]+)?(\..+)?$/,
    { gone: "It is no longer watched.", there: "It is watched, too." },
    { approval: "signal owner" },
  ),
  fixed("addresses-changed", /^monitoring\.notify\..+$/, "changed", {
    audience: [],
    effect: "editorial",
    evidence: "keep",
    because: "Alerts go elsewhere.",
  }),
  {
    id: "retraining-automatic",
    path: /^retraining\.approval$/,
    on: ["changed", "added"],
    mirror: "retraining-manual",
    classify: (c) =>
      c.new === "automatic"
        ? judgement({
            audience: ["relier"],
            effect: "weakening",
            evidence: "new",
            version: "major",
            approval: "risk",
            because: "A retrained model goes live without a person.",
          })
        : null,
  },
  {
    id: "retraining-manual",
    path: /^retraining\.approval$/,
    on: ["changed", "added"],
    mirror: "retraining-automatic",
    classify: () =>
      judgement({
        audience: ["operator"],
        effect: "neutral",
        evidence: "keep",
        because: "A person approves what was retrained.",
      }),
  },
  ...promise("retraining-age", /^retraining\.triggers\.data_older_than$/, "lower", {
    weaker: "The model may grow older.",
    stronger: "The model is renewed sooner.",
  }),
  fixed("retraining-command-changed", /^retraining\.(run|cooldown|approvers|triggers\..+)$/, "changed", {
    audience: ["operator"],
    effect: "neutral",
    evidence: "stale",
    because: "Retraining works otherwise.",
  }),
  ...presence("retraining", /^retraining(\..+)?$/, {
    gone: "It no longer starts or guards a retraining.",
    there: "It starts or guards a retraining, too.",
  }),
];
