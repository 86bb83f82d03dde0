import type { Rule } from "../rule.ts";

/** Words in a metric's name that make it one of safety or of truth. */
const safety =
  /toxic|safety|unsafe|harm|hate|bias|ground|faithful|hallucinat|factual|refus|jailbreak|injection|leak|pii|privacy|moderation|attribution|citation/i;

/** Strict: which metric covers the class of risk is the author's choice, and nothing here contradicts its absence. */
export const generationWithoutSafety: Rule = {
  code: "MU-E121",
  slug: "generation-without-safety",
  title: "Generated content, and nothing looks at what it says",
  severity: "warning",
  preset: "strict",
  section: "evaluation",
  needs: "spec",
  fix: "none",
  why: "Overlap with a reference says how alike two texts are, not whether one of them insults, invents, refuses or gives away a secret. A whole class of failures stays unmeasured until a metric, or people with a protocol, look for it.",
  example: {
    base: "generation",
    fails: [
      ["{metric: toxicity_rate, alert_above: 0.001}", "{metric: meteor, alert_below: 0.2}"],
      ["{metric: grounded_rate, alert_below: 0.95}", "{metric: chrf, alert_below: 40, scale: 0-100}"],
    ],
    passes: [],
  },
  check({ spec }) {
    const { evaluation, problem } = spec;
    if (problem?.output !== "generation" || evaluation === undefined) return [];
    const names = [evaluation.primary, ...(evaluation.secondary ?? [])].flatMap((each) => each?.metric ?? []);
    if (evaluation.human_rating !== undefined || names.some((name) => safety.test(name))) return [];
    return [
      {
        at: evaluation.secondary === undefined ? ["evaluation"] : ["evaluation", "secondary"],
        mark: "key",
        message: `The product generates content, and ${names.length === 0 ? "no metric" : `none of ${names.join(", ")}`} says whether it is harmful, made up, refused or private.`,
        hint: "Add secondary metrics such as toxicity_rate or grounded_rate, or a protocol of human_rating.",
        allowed: ["toxicity_rate", "grounded_rate", "refusal_rate", "pii_rate"],
      },
    ];
  },
};
