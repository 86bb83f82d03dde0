import type { Path } from "../../places.ts";
import type { Spec } from "../../spec.ts";
import type { Rule } from "../rule.ts";

/** Words of Annex III (high risk) and Article 5 (prohibited) of Regulation (EU) 2024/1689, narrow on purpose. */
const areas: readonly (readonly [area: string, words: RegExp])[] = [
  ["social scoring (prohibited)", /\bsocial (?:scor|credit)/i],
  [
    "biometrics",
    /\bbiometric|\bface recognition|\bfacial recognition|\bemotion recognition|\bfingerprint match/i,
  ],
  ["critical infrastructure", /\b(?:power grid|water supply|gas supply|traffic control|railway signal)/i],
  [
    "education",
    /\b(?:exam(?:ination)? grad|school admission|university admission|grad(?:e|ing) (?:students|essays)|proctor)/i,
  ],
  [
    "employment",
    /\b(?:hiring|recruit(?:er|ing|ment)|job applica|job candidate|r[ée]sum[ée] screen|cv screen|dismissal|promotion of employees)/i,
  ],
  [
    "credit and insurance",
    /\b(?:credit ?worth|credit scor|credit risk|loan (?:applic|approv|default)|mortgage applic|life insurance|health insurance)/i,
  ],
  [
    "public benefits and emergency services",
    /\b(?:welfare benefit|social benefit|public assistance|asylum|emergency call|(?:patient|emergency) triage)/i,
  ],
  [
    "law enforcement and justice",
    /\b(?:recidivism|parole|predictive policing|police|sentenc(?:e|ing) (?:length|guideline)|court ruling)/i,
  ],
  ["migration", /\b(?:visa applic|border control|immigration)/i],
];

function* purpose({ problem }: Spec): Generator<{ at: Path; text: string }> {
  if (problem === undefined) return;
  yield { at: ["problem", "statement"], text: problem.statement };
  if (problem.decision !== undefined)
    yield { at: ["problem", "decision", "what"], text: problem.decision.what };
}

/** A heuristic on words, and it says so. It speaks only where the author has said that no law applies. */
export const prohibitedOrHighRiskHint: Rule = {
  code: "MU-P106",
  slug: "prohibited-or-high-risk-hint",
  title: "The purpose sounds like a regulated one",
  severity: "info",
  preset: "recommended",
  section: "problem",
  needs: "spec",
  fix: "none",
  why: "Credit, hiring, education, biometrics and the like are high-risk uses under the EU's AI Act, with duties of their own. The rule looks for words only, so it may be wrong: a person who knows the law has to decide.",
  example: {
    base: "regression",
    fails: [
      [
        "  statement: Customers are told",
        "  regulated: false\n  statement: Loan applications wait for weeks. Customers are told",
      ],
    ],
    passes: [["  statement: Customers are told", "  regulated: false\n  statement: Customers are told"]],
  },

  check({ spec }) {
    if (spec.problem?.regulated !== false) return [];
    return [...purpose(spec)].flatMap(({ at, text }) =>
      areas.flatMap(([area, words]) => {
        const word = new RegExp(`${words.source}\\w*`, "i").exec(text)?.[0];
        if (word === undefined) return [];
        return [
          {
            at,
            message: `"${word}" sounds like ${area}, and the spec says regulated: false. This is a guess from the words alone.`,
            hint: "Ask someone who knows the law; write regulated: true if it applies, and lint with the preset regulated.",
            related: [{ at: ["problem", "regulated"], message: "not regulated, it says here" }],
          },
        ];
      }),
    );
  },
};
