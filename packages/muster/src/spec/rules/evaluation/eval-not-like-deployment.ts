import type { Rule } from "../rule.ts";

/** Unsaid, so strict: nobody but the author knows how the evaluation data came to be. */
export const evalNotLikeDeployment: Rule = {
  code: "MU-E119",
  slug: "eval-not-like-deployment",
  title: "Nothing says how the evaluation data resembles serving",
  severity: "warning",
  preset: "strict",
  section: "evaluation",
  needs: "spec",
  fix: "none",
  why: "A number measured on other people, another season or another language is not the number that users will meet. The NIST AI Risk Management Framework (MEASURE 2.3) asks that performance is shown under conditions similar to those of deployment; whether they are, and where not, has to be written down.",
  example: {
    base: "classification",
    fails: [],
    passes: [
      [
        "  confidence: 95%\n",
        "  confidence: 95%\n  conditions: The same airports in the month after training\n",
      ],
    ],
  },
  check({ spec }) {
    const { evaluation } = spec;
    if (evaluation?.primary === undefined || evaluation.conditions !== undefined) return [];
    return [
      {
        at: ["evaluation"],
        mark: "key",
        message:
          "The spec does not say how the evaluation data differs from what the model meets in serving, or why it does not.",
        hint: "Say it under evaluation.conditions: the people, the time, the places, the language.",
      },
    ];
  },
};
