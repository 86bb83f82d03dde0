import { type ChangeRule, fixed, judgement, presence, promise } from "./change-rule.ts";

const owner = "data owner";
const required = "^data\\.requirements\\.";

/** Section 3. */
export const dataChanges: readonly ChangeRule[] = [
  ...presence(
    "data-line",
    /^data\.(training|evaluation|label|time)(\.[a-z_]+)?$/,
    {
      gone: "What was measured on it can no longer be.",
      there: "More can be measured now.",
    },
    { approval: owner },
  ),
  ...promise(
    "examples",
    new RegExp(`${required}examples\\.(total|per_class)$`),
    "higher",
    { weaker: "Less training data is enough.", stronger: "More training data is asked for." },
    { approval: owner },
  ),
  ...promise(
    "label-quality",
    new RegExp(`${required}label_quality\\.verified$`),
    "higher",
    { weaker: "Worse labels are accepted.", stronger: "Better labels are asked for." },
    { approval: owner },
  ),
  ...promise(
    "class-balance",
    new RegExp(`${required}class_balance\\.max_share$`),
    "lower",
    {
      weaker: "A more lopsided training set is accepted.",
      stronger: "A more even training set is asked for.",
    },
    { approval: owner },
  ),
  ...promise(
    "freshness",
    new RegExp(`${required}freshness$`),
    "lower",
    { weaker: "Older training data is accepted.", stronger: "Fresher training data is asked for." },
    { approval: owner },
  ),
  ...promise(
    "dates-from",
    new RegExp(`${required}dates\\.from$`),
    "lower",
    { weaker: "A shorter range of days is enough.", stronger: "A longer range of days is asked for." },
    { approval: owner },
  ),
  ...promise(
    "dates-to",
    new RegExp(`${required}dates\\.to$`),
    "higher",
    { weaker: "A shorter range of days is enough.", stronger: "A longer range of days is asked for." },
    { approval: owner },
  ),
  fixed("leakage-keys-changed", new RegExp(`${required}no_leakage\\.keys$`), "changed", {
    audience: ["relier"],
    effect: "weakening",
    evidence: "stale",
    approval: owner,
    because: "Rows are told apart by other keys.",
  }),
  ...presence(
    "data-requirement",
    new RegExp(`${required}[a-z_]+(\\.[a-z_]+)?$`),
    { gone: "The training data is no longer held to it.", there: "The training data is held to it." },
    { approval: owner },
  ),
  ...presence(
    "data-requirements",
    /^data\.requirements$/,
    { gone: "The training data is held to nothing.", there: "The training data is held to something." },
    { approval: owner },
  ),
  fixed("table-moved", /^data\.(training|evaluation)(\.path)?$/, "changed", {
    audience: ["evidence"],
    effect: "neutral",
    evidence: "stale",
    version: "patch",
    approval: "ML owner",
    because: "Other rows are measured.",
  }),
  fixed("unit-changed", /^data\.evaluation\.unit_id$/, "changed", {
    audience: ["evidence"],
    effect: "neutral",
    evidence: "stale",
    approval: "ML owner",
    because: "Intervals are made by other units.",
  }),
  fixed("label-changed", /^data\.label(\..+)?$/, "changed", {
    audience: ["relier", "evidence"],
    effect: "weakening",
    evidence: "stale",
    version: "major",
    approval: "product",
    because: "The truth itself is another one.",
  }),
  fixed("time-changed", /^data\.time(\..+)?$/, "changed", {
    audience: ["evidence"],
    effect: "neutral",
    evidence: "rejudge",
    because: "Days and ages are reckoned otherwise.",
  }),
  fixed(
    "source-added",
    /^data\.sources\.[^.]+$/,
    "added",
    {
      audience: ["operator", "evidence"],
      effect: "neutral",
      evidence: "stale",
      approval: owner,
      because: "Data comes from one more place.",
    },
    "source-removed",
  ),
  fixed(
    "source-removed",
    /^data\.sources\.[^.]+$/,
    "removed",
    {
      audience: ["operator", "evidence"],
      effect: "weakening",
      evidence: "stale",
      approval: owner,
      because: "Data comes from one place less.",
    },
    "source-added",
  ),
  ...promise("source-volume", /^data\.sources\.[^.]+\.volume$/, "higher", {
    weaker: "Less data is promised.",
    stronger: "More data is promised.",
  }),
  fixed("source-owner-changed", /^data\.sources\.[^.]+\.owner$/, "changed", {
    audience: [],
    effect: "editorial",
    evidence: "keep",
    because: "Another team answers for it.",
  }),
  {
    id: "source-changed",
    path: /^data\.sources\.[^.]+\..+$/,
    on: ["changed", "added", "removed"],
    classify: () =>
      judgement({
        audience: ["operator", "evidence"],
        effect: "neutral",
        evidence: "stale",
        because: "The source is another one, or renewed otherwise.",
      }),
  },
];
