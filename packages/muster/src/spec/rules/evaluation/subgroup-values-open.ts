import { groupNames } from "../metric-terms.ts";
import type { Rule } from "../rule.ts";

/** Allowed by the language, where it means every value that the data happens to hold. */
export const subgroupValuesOpen: Rule = {
  code: "MU-E111",
  slug: "subgroup-values-open",
  title: "Subgroups that the data decides on",
  severity: "error",
  preset: "strict",
  section: "evaluation",
  needs: "spec",
  fix: "none",
  why: "All groups have to meet the threshold, so it has to be known which they are. Without a list, a group that is missing from the data passes unseen, and a value of three rows that turns up decides whether the model ships.",
  example: {
    base: "anomaly_detection",
    fails: [["{by: country, values: [DE, FR, IT]}", "{by: country}"]],
    passes: [],
  },
  check({ spec }) {
    return (spec.evaluation?.subgroups ?? []).flatMap((subgroup, i) =>
      groupNames(subgroup) !== null
        ? []
        : [
            {
              at: ["evaluation", "subgroups", i],
              message: `The groups of ${subgroup.by} are whichever values the evaluation data holds: one that is missing there is never judged.`,
              hint: "List the groups under values, hours or bins.",
            },
          ],
    );
  },
};
