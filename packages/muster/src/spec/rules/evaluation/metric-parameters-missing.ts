import { allThresholds, classCount, type Threshold } from "../metric-terms.ts";
import type { Rule, RuleFinding } from "../rule.ts";

const meaning = {
  k: "how many of the first items count",
  beta: "how many times recall weighs precision",
  scale: "whether it runs from 0 to 1 or from 0 to 100",
} as const;

function missing({ at, metric, facts, ...threshold }: Threshold): readonly RuleFinding[] {
  return facts.requires
    .filter((option) => threshold[option] === undefined)
    .map((option) => ({
      at,
      message: `${metric} has no ${option}: it does not say ${meaning[option]}, and two people would compute two numbers.`,
      hint: `Add ${option}.`,
      ...(option === "scale" ? { allowed: ["0-1", "0-100"] } : {}),
    }));
}

/** A metric whose name leaves open what it is, a list cut off behind its end, one class of several taken for all. */
export const metricParametersMissing: Rule = {
  code: "MU-E109",
  slug: "metric-parameters-missing",
  title: "A metric that two people compute differently",
  severity: "error",
  preset: "recommended",
  section: "evaluation",
  needs: "spec",
  fix: "none",
  why: "Some names stand for a family of numbers: F-beta without its beta, NDCG without the place where the list is cut, recall of several classes without the way they are averaged. Each reader fills the gap with the default of the library at hand, and the threshold means something else to each.",
  formula: "k <= items of the list; classes > 2 => average",
  example: {
    base: "ranking",
    fails: [["metric: ndcg_cut_10", "metric: ndcg"]],
    passes: [["metric: ndcg_cut_10", "metric: ndcg, k: 10"]],
  },
  check({ spec }) {
    const classes = classCount(spec);
    const outputs = spec.contract?.outputs ?? [];
    const listed = outputs.findIndex(({ type, items }) => type === "ranking" && items !== undefined);
    const items = outputs[listed]?.items;
    const seen = new Set<string>();
    return allThresholds(spec).flatMap((threshold): readonly RuleFinding[] => {
      const { at, metric, facts, k, average } = threshold;
      if (seen.has(at.join("."))) return [];
      seen.add(at.join("."));
      const found = [...missing(threshold)];
      if (k !== undefined && items !== undefined && k > items.value) {
        found.push({
          at: threshold.facts.name === metric ? [...at, "k"] : [...at, "metric"],
          message: `${metric} looks at the first ${k} items of a list that has at most ${items.text}.`,
          hint: `Write a k of at most ${items.value}.`,
          related: [{ at: ["contract", "outputs", listed, "items"], message: `at most ${items.text} items` }],
        });
      }
      const several = classes !== null && classes > 2 && spec.problem?.output === "classification";
      const positive = spec.data?.label?.positive !== undefined;
      if (facts.averages && several && !positive && average === undefined) {
        found.push({
          at,
          message: `${metric} is of one class against the rest, and there are ${classes} classes: it does not say which, or how they are averaged.`,
          hint: "Add average, or name the one class under data.label.positive.",
          allowed: ["macro", "micro", "weighted"],
        });
      }
      return found;
    });
  },
};
