import type { OutputType } from "../../contract-section.ts";
import { allThresholds } from "../metric-terms.ts";
import type { Rule } from "../rule.ts";

const kindWords: Readonly<Record<string, string>> = {
  classification: "a classification",
  regression: "a regression",
  ranking: "a ranking",
  generation: "a generation",
  anomaly_detection: "an anomaly detection",
};

/**
 * Kinds are read widely: precision of a list and token F1 of a text exist. Outputs only convict a classification or
 * a regression: the others are judged by what is made of their outputs.
 */
export const metricVsOutputType: Rule = {
  code: "MU-E106",
  slug: "metric-vs-output-type",
  title: "A metric of another kind of output",
  severity: "error",
  preset: "recommended",
  section: "evaluation",
  needs: "spec",
  fix: "none",
  why: "Each metric is computed from one kind of output: a ranking metric from lists, an error from numbers, an area under a curve from scores. A metric of another kind cannot be computed, so its line can never be proven.",
  example: {
    base: "classification",
    fails: [["primary: {metric: roc_auc, at_least: 0.65}", "primary: {metric: ndcg_cut_10, at_least: 0.65}"]],
    passes: [],
  },
  check({ spec }) {
    const kind = spec.problem?.output;
    const outputs = spec.contract?.outputs ?? [];
    const seen = new Set<string>();
    return allThresholds(spec).flatMap(({ at, metric, facts }) => {
      const path = [...at, "metric"];
      if (kind === undefined || seen.has(path.join("."))) return [];
      seen.add(path.join("."));
      if (!facts.kinds.includes(kind)) {
        return {
          at: path,
          message: `${metric} cannot judge ${kindWords[kind]}: it is a metric of ${facts.kinds.map((each) => each.replace("_", " ")).join(", ")}.`,
          hint: "Choose a metric for this kind of output, or correct problem.output.",
          related: [{ at: ["problem", "output"], message: `the product is ${kindWords[kind]}` }],
        };
      }
      if (kind !== "classification" && kind !== "regression") return [];
      // A score of a regression is a number by another name.
      const fits = (type: OutputType): boolean =>
        facts.outputs.includes(type) || (kind === "regression" && type === "score");
      if (outputs.length === 0 || outputs.some(({ type }) => fits(type))) return [];
      return {
        at: path,
        message: `${metric} is computed from a ${facts.outputs.join(" or ")}, and the contract has ${outputs.length === 1 ? "only" : "none, only"} ${outputs.map(({ name, type }) => `${name} (${type})`).join(", ")}.`,
        hint: "Choose another metric, or add such an output to the contract.",
        related: outputs.map(({ type }, i) => ({
          at: ["contract", "outputs", i, "type"],
          message: `a ${type}`,
        })),
      };
    });
  },
};
