import type { Rule } from "../rule.ts";

/** The language has a careful default; here the author is asked to say it. */
export const noUncertaintyRule: Rule = {
  code: "MU-E117",
  slug: "no-uncertainty-rule",
  title: "Nothing says what is held against the threshold",
  severity: "warning",
  preset: "strict",
  section: "evaluation",
  needs: "spec",
  fix: "safe",
  why: "A model near the threshold passes or fails by the draw of the evaluation rows. Whether the measured value decides or the cautious end of its interval changes how often a bad model ships, so readers of the spec have to see it and not look up a default.",
  example: {
    base: "classification",
    fails: [
      [
        "  decide_by: lower_bound             # lower_bound | point ; the other one is always reported beside it\n",
        "",
      ],
    ],
    passes: [],
  },
  check({ spec, places }) {
    const { evaluation } = spec;
    if (evaluation?.primary === undefined || places.has(["evaluation", "decide_by"])) return [];
    return [
      {
        at: ["evaluation", "primary"],
        message:
          "The spec does not say whether the measured value or the end of its interval has to meet the threshold; by default it is the end of the interval.",
        hint: "Write decide_by: lower_bound, or decide_by: point.",
        allowed: ["lower_bound", "point"],
        fix: [{ kind: "add", path: ["evaluation"], key: "decide_by", yaml: evaluation.decide_by }],
      },
    ];
  },
};
