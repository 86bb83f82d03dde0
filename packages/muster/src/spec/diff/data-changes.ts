import { type ChangeRule, fixed, judgement, presence, promise } from "./change-rule.ts";

const owner = "data owner";
const required = "^data\\.requirements\\.";

/** Largest shares, and other limits that a lower number makes stricter. */
const limits: readonly ChangeRule[] = [
  [
    "class-ratio",
    "class_balance\\.max_ratio",
    "A more lopsided training set is accepted.",
    "A more even one is asked for.",
  ],
  [
    "class-deviation",
    "class_balance\\.max_deviation",
    "Shares may be further off.",
    "Shares have to be closer.",
  ],
  ["dates-gap", "dates\\.max_gap", "Longer gaps are accepted.", "Gaps have to be shorter."],
  ["missing-share", "max_missing\\..+", "More values may be missing.", "Fewer values may be missing."],
  ["duplicates", "duplicates\\.max", "More repeated rows are accepted.", "Fewer repeated rows are accepted."],
  ["conflicts", "label_conflicts\\.max", "More labels may contradict each other.", "Fewer labels may."],
  [
    "time-overlap",
    "no_leakage\\.time\\.max_overlap",
    "More evaluation rows may be of training's time.",
    "Fewer may be.",
  ],
  [
    "feature-leak",
    "no_leakage\\.features\\.max_roc_auc",
    "One input may tell more of the label.",
    "One input may tell less.",
  ],
].flatMap(([id = "", path = "", weaker = "", stronger = ""]) =>
  promise(id, new RegExp(`${required}${path}$`), "lower", { weaker, stronger }, { approval: owner }),
);

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
    "class-share",
    new RegExp(`${required}class_balance\\.min_share$`),
    "higher",
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
  ...limits,
  fixed("class-shares-changed", new RegExp(`${required}class_balance\\.shares(\\..+)?$`), "changed", {
    audience: ["relier"],
    effect: "neutral",
    evidence: "rejudge",
    approval: owner,
    because: "Other shares of the classes are expected.",
  }),
  fixed("schema-changed", new RegExp(`${required}schema(\\..+)?$`), "changed", {
    audience: ["relier"],
    effect: "weakening",
    evidence: "rejudge",
    approval: owner,
    because: "A column may hold something else.",
  }),
  fixed(
    "compared-columns-changed",
    new RegExp(`${required}(duplicates\\.keys|label_conflicts\\.features|no_leakage\\.entities)(\\..+)?$`),
    "changed",
    {
      audience: ["relier"],
      effect: "weakening",
      evidence: "stale",
      approval: owner,
      because: "Rows are compared by other columns.",
    },
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
    new RegExp(`${required}.+$`),
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
  fixed("audit-changed", /^data\.label\.audit(\..+)?$/, "changed", {
    audience: ["evidence"],
    effect: "neutral",
    evidence: "stale",
    approval: owner,
    because: "Another sample of the labels, or another review of it, is judged.",
  }),
  ...presence(
    "audit-part",
    /^data\.label\.audit\..+$/,
    { gone: "The audit shows less of the labels.", there: "The audit shows more of the labels." },
    { approval: owner },
  ),
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
