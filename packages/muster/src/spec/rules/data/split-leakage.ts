import type { Rule, RuleFinding } from "../rule.ts";

const dayMs = 86_400_000;

const plain = (path: string): string => path.replace(/^(?:\.\/)+/, "");

/** One file for both sides, rows that belong together on both, and training data that reaches past the day of the split. */
export const splitLeakage: Rule = {
  code: "MU-D111",
  slug: "split-leakage",
  title: "A split that lets the answers through",
  severity: "error",
  preset: "recommended",
  section: "data",
  needs: "spec",
  fix: "none",
  why: "Rows of one customer, or of one day, resemble each other. Where a random split puts some into training and others into evaluation, the model is asked what it has seen, and its numbers fall as soon as it meets new customers and new days.",
  example: {
    base: "classification",
    fails: [
      [
        "  time: {column: departure}",
        "  time: {column: departure}\n  split: {method: by_time, at: 2001-03-01}",
      ],
    ],
    passes: [
      [
        "  time: {column: departure}",
        "  time: {column: departure}\n  split: {method: by_time, at: 2001-04-01}",
      ],
    ],
  },
  check({ spec }) {
    const { split, training, evaluation, requirements } = spec.data ?? {};
    const found: RuleFinding[] = [];
    if (
      training !== undefined &&
      evaluation !== undefined &&
      plain(training.path) === plain(evaluation.path)
    ) {
      found.push({
        at: ["data", "evaluation", "path"],
        message: `The model is judged on the file that it is trained on, ${evaluation.path}.`,
        hint: "Keep the rows for the evaluation in a file of their own.",
        related: [{ at: ["data", "training", "path"], message: "trained on it" }],
      });
    }
    if (split === undefined) return found;
    const unit = evaluation?.unit_id;
    const { keys: together = [], entities = [] } = requirements?.no_leakage ?? {};
    const keys = [...together, ...entities];
    if (split.method === "random" && unit !== undefined && !keys.includes(unit)) {
      found.push({
        at: ["data", "split", "method"],
        message: `Rows were split at random, and rows of one ${unit} belong together: some of them are trained on, others judged on, and no promise forbids it.`,
        hint: `Split by_unit, and promise no_leakage with the key ${unit}.`,
        related: [{ at: ["data", "evaluation", "unit_id"], message: `rows of one ${unit} belong together` }],
        allowed: ["by_unit", "by_time"],
      });
    }
    const last = requirements?.dates?.to;
    if (
      split.method === "by_time" &&
      split.at !== undefined &&
      last !== undefined &&
      last.startMs >= split.at.startMs
    ) {
      const days = Math.round((last.startMs - split.at.startMs) / dayMs) + 1;
      found.push({
        at: ["data", "split", "at"],
        message: `The evaluation data begins on ${split.at.text}, and the training data covers ${days} of its days, until ${last.text}.`,
        hint: "Let the training data end before the split.",
        related: [
          { at: ["data", "requirements", "dates", "to"], message: `training data until ${last.text}` },
        ],
      });
    }
    return found;
  },
};
