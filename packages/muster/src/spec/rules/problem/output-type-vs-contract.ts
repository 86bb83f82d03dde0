import type { OutputSpec, OutputType } from "../../contract-section.ts";
import type { OutputKind } from "../../problem-section.ts";
import type { Rule } from "../rule.ts";

/** Outputs that can carry what the problem asks for; several are enough to be content with any. */
const carriers: Readonly<Record<OutputKind, readonly OutputType[]>> = {
  classification: ["label", "probability", "score"],
  regression: ["number", "score", "probability"],
  ranking: ["ranking", "score", "probability", "number", "embedding"],
  // A generated image or sound travels as an embedding for want of a type of its own.
  generation: ["text", "embedding"],
  anomaly_detection: ["score", "probability", "label", "number"],
};

const kinds: readonly OutputKind[] = [
  "classification",
  "regression",
  "ranking",
  "generation",
  "anomaly_detection",
];

/** A number with a threshold, or a text from a closed list, classifies as well. */
function carries(kind: OutputKind, output: OutputSpec): boolean {
  if (carriers[kind].includes(output.type)) return true;
  if (kind !== "classification") return false;
  return output.decide !== undefined || (output.type === "text" && output.values !== undefined);
}

/** Metrics, subgroups and fallbacks are all chosen by the kind of output: the two lines have to agree. */
export const outputTypeVsContract: Rule = {
  code: "MU-P102",
  slug: "output-type-vs-contract",
  title: "No output of the contract is of the problem's kind",
  severity: "error",
  preset: "minimal",
  section: "problem",
  needs: "spec",
  fix: "none",
  why: "The kind of output decides which metrics, subgroups and fallbacks make sense. When the contract gives something else, every later section is written for another product.",
  example: {
    base: "regression",
    fails: [["output: regression", "output: generation"]],
    passes: [
      ["{name: minutes, type: number, range: [0, 240]", "{name: minutes, type: number, range: [0, 300]"],
    ],
  },

  check({ spec: { problem, contract } }) {
    if (problem === undefined || contract === undefined) return [];
    const { output: kind } = problem;
    if (contract.outputs.some((output) => carries(kind, output))) return [];
    const fitting = kinds.filter((each) => contract.outputs.some((output) => carries(each, output)));
    const found = contract.outputs.map(({ name, type }) => `${name} (${type})`).join(", ");
    return [
      {
        at: ["problem", "output"],
        message: `The problem asks for ${kind.replace("_", " ")}; the contract gives ${found}.`,
        hint: "Correct the kind of output here, or the types of the contract's outputs.",
        related: contract.outputs.map(({ name, type }, i) => ({
          at: ["contract", "outputs", i, "type"],
          message: `${name} is a ${type}`,
        })),
        allowed: fitting,
      },
    ];
  },
};
