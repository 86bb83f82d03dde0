import type { Judge } from "../../evaluation-section.ts";
import type { Rule } from "../rule.ts";

const moving = /^(latest|current|stable|preview|default|newest)$/i;
/** Names that say that a model judges. */
const judged =
  /(^|[_.-])(llm|gpt|claude|gemini)[_.-]?(judge|judged|eval|score|grade)|(^|[_.-])(llm|model)[_.-]as[_.-]a?[_.-]?judge|(^|[_.-])judge([_.-]|$)|^g[_-]?eval$/i;

function lacks(judge: Judge | undefined): readonly string[] {
  if (judge === undefined) return ["the model", "its version", "its agreement with people"];
  return [
    ...(judge.version === undefined || moving.test(judge.version) ? ["a version that never changes"] : []),
    ...(judge.agreement === undefined ? ["its agreement with people"] : []),
  ];
}

/** Triggered by a judge that the spec states, or by a name that says so. */
export const llmJudgeUnanchored: Rule = {
  code: "MU-E122",
  slug: "llm-judge-unanchored",
  title: "A judging model that nothing holds in place",
  severity: "error",
  preset: "recommended",
  section: "evaluation",
  needs: "spec",
  fix: "none",
  why: "A metric given by a model changes when that model does. Without a pinned version the threshold means something else next month, and without a measured agreement with people nobody knows that it means anything at all.",
  example: {
    base: "generation",
    fails: [
      [
        "{metric: grounded_rate, alert_below: 0.95}",
        "{metric: llm_judge_score, alert_below: 0.8, judge: {model: judge-large, version: latest}}",
      ],
    ],
    passes: [
      [
        "{metric: grounded_rate, alert_below: 0.95}",
        "{metric: grounded_rate, alert_below: 0.95, judge: {model: judge-large, version: 2026-02-01, agreement: 0.84}}",
      ],
    ],
  },
  check({ spec }) {
    const { primary, secondary = [] } = spec.evaluation ?? {};
    const metrics = [
      ...(primary === undefined ? [] : [{ ...primary, at: ["evaluation", "primary"] }]),
      ...secondary.map((each, i) => ({ ...each, at: ["evaluation", "secondary", i] })),
    ];
    return metrics.flatMap(({ metric, judge, at }) => {
      if (judge === undefined && !judged.test(metric)) return [];
      const missing = lacks(judge);
      if (missing.length === 0) return [];
      const drifting = judge?.version !== undefined && moving.test(judge.version);
      return [
        {
          at:
            judge === undefined
              ? [...at, "metric"]
              : drifting
                ? [...at, "judge", "version"]
                : [...at, "judge"],
          message: `${metric} is given by ${judge === undefined ? "a model" : judge.model}${drifting ? ` in its ${judge.version} version` : ""}, and the spec does not say ${missing.join(" and ").replace(" and its version and", ", its version and")}.`,
          hint: "Write judge with model, version and agreement, measured on rows that people rated.",
        },
      ];
    });
  },
};
