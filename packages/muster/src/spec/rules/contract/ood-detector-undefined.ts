import type { ContractSection } from "../../contract-section.ts";
import type { Rule, RuleFinding } from "../rule.ts";

/**
 * Without a detector of its own, a request is unlike the training data when an input leaves its range or values. Where no
 * input has either, and a detector has no threshold, the policy cannot ever apply.
 */
export const oodDetectorUndefined: Rule = {
  code: "MU-I115",
  slug: "ood-detector-undefined",
  title: "A policy for odd requests that can never apply",
  severity: "error",
  preset: "minimal",
  section: "contract",
  needs: "spec",
  fix: "none",
  why: "The spec says what happens to requests unlike the training data, and nothing can ever tell that a request is one. Readers count on a safety net that is not there.",
  example: {
    base: "generation",
    fails: [["required: true, values: [billing, delivery, returns]}", "required: true}"]],
    passes: [["required: true, values: [billing, delivery, returns]}", "required: true, values: profile}"]],
  },

  check: ({ spec: { contract } }) => (contract === undefined ? [] : findingsOf(contract)),
};

function findingsOf({ inputs, outputs, edge_cases: cases }: ContractSection): RuleFinding[] {
  const policy = cases?.out_of_distribution;
  if (policy === undefined) return [];
  const detector = cases?.detector;
  const at = ["contract", "edge_cases", detector === undefined ? "out_of_distribution" : "detector"];
  const related = [
    { at: ["contract", "edge_cases", "out_of_distribution"], message: `answered by ${policy}, it says here` },
  ];
  if (detector === undefined || detector.by === "contract") {
    if (inputs.some(({ range, values }) => range !== undefined || values !== undefined)) return [];
    return [
      {
        at,
        message: `No input has a range or values, so no request is ever found to be unlike the training data, and ${policy} never happens.`,
        hint: "Give inputs a range or values (values: profile), or name a detector: {by: output, output: .., above: ..}.",
        ...(detector === undefined ? {} : { related }),
      },
    ];
  }
  const { by, output: name, above } = detector;
  const found: RuleFinding[] = [];
  if (by === "output" && name === undefined) {
    found.push({
      at,
      message: "The detector reads an output of the model, and does not say which.",
      hint: "Add output with its name.",
      related,
      allowed: outputs.map((output) => output.name),
    });
  }
  if (above === undefined) {
    const what = by === "output" ? (name ?? "the output") : "the distance to the training data";
    found.push({
      at,
      message: `The detector looks at ${what}, and no threshold says from where on a request is unlike.`,
      hint: "Add above with the threshold.",
      related,
    });
  }
  const i = outputs.findIndex((output) => output.name === name);
  const read = by === "output" ? outputs[i] : undefined;
  const ends = read?.range ?? (read?.type === "probability" ? ([0, 1] as const) : undefined);
  if (above !== undefined && ends !== undefined && (above < ends[0] || above >= ends[1])) {
    found.push({
      at: [...at, "above"],
      message: `${name} lies within ${ends[0]} and ${ends[1]}: above ${above} it is ${above < ends[0] ? "always" : "never"}.`,
      hint: "Choose a threshold inside of the output's range.",
      related: [{ at: ["contract", "outputs", i], message: "its range" }],
    });
  }
  return found;
}
