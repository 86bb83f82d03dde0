import type { Path } from "../../places.ts";
import { shown } from "../../reading.ts";
import type { Spec } from "../../spec.ts";
import type { Rule } from "../rule.ts";

const vague =
  /\b(?:as (?:needed|required|appropriate)|(?:if|when|where) (?:needed|necessary|possible|appropriate)|as soon as possible|asap|in a timely manner|timely|promptly|regularly|periodically|occasionally|from time to time|ad hoc|best effort|reasonabl[ey]|adequate(?:ly)?|sufficient(?:ly)?|acceptabl[ey]|good enough|fast enough|high accuracy|low latency|good quality|most (?:users|customers|cases|requests)|state of the art|and so on|etc\b)/i;

/** Prose that somebody is held to. Statements and impacts tell a story; they may say "often". */
function* promises(spec: Spec): Generator<{ at: Path; text: string }> {
  const rule = spec.contract?.fallback?.rule;
  if (rule !== undefined) yield { at: ["contract", "fallback", "rule"], text: rule };
  for (const [i, source] of (spec.data?.sources ?? []).entries()) {
    if (source.updates !== undefined) yield { at: ["data", "sources", i, "updates"], text: source.updates };
  }
  for (const [i, risk] of (spec.risks ?? []).entries()) {
    yield { at: ["risks", i, "mitigation"], text: risk.mitigation };
  }
}

/** "As needed" is kept by doing nothing. A number beside the words makes them measurable, so such texts are left alone. */
export const vagueQuantifier: Rule = {
  code: "MU-A102",
  slug: "vague-quantifier",
  title: "A promise that nobody can measure",
  severity: "warning",
  preset: "strict",
  section: null,
  needs: "spec",
  fix: "none",
  why: 'Words such as "as needed", "regularly" or "high accuracy" are kept by whatever happens. Two readers expect two things, and neither can show that the promise was broken.',
  example: {
    base: "classification",
    fails: [["mitigation: Retraining on drift", "mitigation: Retraining as needed"]],
    passes: [["mitigation: Retraining on drift", "mitigation: Retraining when drift lasts over 7 days"]],
  },

  check: ({ spec }) =>
    [...promises(spec)].flatMap(({ at, text }) => {
      const word = vague.exec(text)?.[0];
      if (word === undefined || /\d/.test(text)) return [];
      return [
        {
          at,
          message: `${shown(word)} in ${shown(text)} cannot be measured: anything keeps it.`,
          hint: "Write a number with its unit (within 1h, every 7d, at least 95%), or name the line of the spec that says when.",
        },
      ];
    }),
};
