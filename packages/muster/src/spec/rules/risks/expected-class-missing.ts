import type { OutputKind } from "../../problem-section.ts";
import type { Rule } from "../rule.ts";

interface RiskClass {
  readonly name: string;
  readonly words: RegExp;
  /** Every kind of output when absent. */
  readonly only?: readonly OutputKind[];
}

const classes: readonly RiskClass[] = [
  { name: "drift of the data", words: /\b(drift\w*|shift\w*|concept change|stale|seasonal\w*)\b/i },
  { name: "leakage or skew between training and serving", words: /\b(leak\w*|skew\w*|contaminat\w*)\b/i },
  {
    name: "feedback loop",
    words: /\b(feedback|self[- ](fulfil\w*|confirm\w*|reinforc\w*)|own (labels|predictions|answers))\b/i,
  },
  {
    name: "misuse or attack",
    words: /\b(misus\w*|abus\w*|adversar\w*|attack\w*|manipulat\w*|gaming|evasion)\b/i,
  },
  {
    name: "outage of a dependency",
    words: /\b(outage\w*|unavailab\w*|down(time)?|upstream|dependenc\w*|time-?outs?|overload\w*)\b/i,
  },
  {
    name: "harm to the people concerned",
    words: /\b(harm\w*|unfair\w*|fair\w*|discriminat\w*|bias\w*|privacy|personal data|trust\w*)\b/i,
  },
  { name: "prompt injection", words: /\b(prompt|injection\w*|jailbreak\w*)\b/i, only: ["generation"] },
  {
    name: "made-up content",
    words: /\b(hallucinat\w*|made[- ]up|fabricat\w*|ungrounded|confabulat\w*|invented)\b/i,
    only: ["generation"],
  },
];

/** A checklist by kind of output: an auditor asks for each of these, and registers list what is comfortable. */
export const expectedClassMissing: Rule = {
  code: "MU-R105",
  slug: "expected-class-missing",
  title: "Register without an expected kind of risk",
  severity: "info",
  preset: "regulated",
  section: "risks",
  needs: "spec",
  fix: "none",
  why: "Registers list the risks that the team has met. The ones that an auditor asks for are known beforehand: a register that leaves one out should say that it was thought of, with a low probability.",
  example: {
    base: "classification",
    fails: [["mode: Distribution shift", "mode: Wear"]],
    passes: [
      [
        "\nrisks:\n",
        `
risks:
  - id: loop
    mode: Feedback loop, as rebooked passengers never miss a connection
    probability: low
    impact: {level: low, what: Metrics confirm themselves}
    mitigation: Labels come from arrivals, which rebooking does not change
    controls: [data.label]
  - id: outage
    mode: Outage of an upstream system
    probability: low
    impact: {level: medium, what: No answer}
    mitigation: The fallback answers
    controls: [contract.fallback]
`,
      ],
    ],
  },

  check({ spec }) {
    const { risks, problem } = spec;
    if (risks === undefined || risks.length === 0) return [];
    const text = risks.map(({ id, mode, impact }) => `${id} ${mode} ${impact.what}`).join("\n");
    const missing = classes.filter(
      ({ words, only }) =>
        !words.test(text) && (only === undefined || (problem !== undefined && only.includes(problem.output))),
    );
    if (missing.length === 0) return [];
    return [
      {
        at: ["risks"],
        mark: "key",
        message: `The register of ${risks.length} risk${risks.length === 1 ? "" : "s"} does not speak of: ${missing.map(({ name }) => name).join("; ")}.`,
        hint: "Add each, with a low probability where it hardly applies.",
        ...(problem === undefined
          ? {}
          : { related: [{ at: ["problem", "output"], message: `the output is ${problem.output}` }] }),
      },
    ];
  },
};
