import type { CodeEntry } from "./code-entry.ts";

/** What the linter says about how it is told to read a spec; rules of the spec's content are in `rules/`. */
export const lintCodes: readonly CodeEntry[] = [
  {
    code: "MU-A110",
    slug: "suppression-expired",
    title: "A muster-ignore comment that ignores nothing",
    explanation:
      "A comment that suppresses findings has to say which rule and why, and has to go when it is no longer needed: ignores that nobody removes hide the next mistake. Reported are a comment without a reason, one past its `until`, one whose rule ran and found nothing there, and one that names a rule that does not exist or may not be suppressed. This cannot be suppressed itself.",
    example: {
      wrong: "threshold: 0.5   # muster-ignore MU-E112",
      right:
        "threshold: 0.5   # muster-ignore MU-E112 until=2026-12-31: agreed with the desk, revisited in Q1",
    },
  },
  {
    code: "MU-A120",
    slug: "unknown-rule",
    title: "Settings for a rule that does not exist",
    explanation:
      "`lint.rules` of a spec or of muster.config.yaml names a rule by a code or slug that this Muster does not have, or names one rule twice. A misspelt name would leave the rule as it was, silently. `muster rules` lists all of them.",
    example: { wrong: "lint: {rules: {MU-E1120: off}}", right: "lint: {rules: {MU-E112: off}}" },
  },
  {
    code: "MU-A121",
    slug: "rule-not-negotiable",
    title: "Settings that turn down a rule that may not be turned down",
    explanation:
      "Some rules guard what a reader of the verdict relies on; they cannot be suppressed, turned off or lowered. Delete the setting.",
    example: { wrong: "lint: {rules: {MU-A110: off}}", right: "lint: {rules: {}}" },
  },
];
