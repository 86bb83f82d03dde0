import { shown } from "../../reading.ts";
import type { Rule, RuleFinding } from "../rule.ts";

/**
 * Classes are told in three places: a label output's values, the names beside a threshold, and the label's positive value.
 * Two outputs may speak of different things; they are compared where they already share a class.
 */
export const classSetMismatch: Rule = {
  code: "MU-I111",
  slug: "class-set-mismatch",
  title: "Two lines name different classes",
  severity: "error",
  preset: "minimal",
  section: "contract",
  needs: "spec",
  fix: "none",
  why: "Predictions are compared with labels as they are written. When the output says late and the label says 1, every prediction counts as wrong; a class that was never trained is served to somebody.",
  example: {
    base: "classification",
    fails: [
      [
        "    - name: late\n      type: probability  ",
        "    - {name: verdict, type: label, values: [late, in_time]}\n    - name: late\n      type: probability  ",
      ],
      ["fallback: {constant: {late: 0.205}}", "fallback: {constant: {late: 0.205, verdict: late}}"],
    ],
    passes: [
      [
        "    - name: late\n      type: probability  ",
        "    - {name: verdict, type: label, values: [late, on_time]}\n    - name: late\n      type: probability  ",
      ],
      ["fallback: {constant: {late: 0.205}}", "fallback: {constant: {late: 0.205, verdict: late}}"],
    ],
  },

  check({ spec: { contract, data } }) {
    const found: RuleFinding[] = [];
    const outputs = contract?.outputs ?? [];
    const positive = data?.label?.positive;
    const classes = data?.label?.classes;
    if (positive !== undefined && classes?.every((each) => String(each) !== String(positive)) === true) {
      found.push({
        at: ["data", "label", "positive"],
        message: `The positive value ${shown(positive)} is none of the label's classes, ${classes.map(String).join(", ")}.`,
        hint: "Write one of the classes, or add it to them.",
        related: [{ at: ["data", "label", "classes"], message: "the classes" }],
      });
    }
    // With a number beside it, positive rows are told by the number's threshold, and the label's own value is free.
    const alone = !outputs.some(({ type }) => ["probability", "score", "number"].includes(type));
    for (const [i, { name, type, values }] of outputs.entries()) {
      if (type !== "label" || values === undefined) continue;
      const classes = values.map(String).join(", ");
      if (positive !== undefined && alone && !values.some((v) => String(v) === String(positive))) {
        found.push({
          at: ["contract", "outputs", i, "values"],
          message: `${name} is one of ${classes}; the label's positive value, ${shown(positive)}, is none of them.`,
          hint: "Write the classes as the label column does, or correct the positive value.",
          related: [{ at: ["data", "label", "positive"], message: `positive is ${shown(positive)}` }],
        });
      }
      for (const [k, { name: other, decide }] of outputs.entries()) {
        if (decide === undefined) continue;
        const missing = [decide.positive, decide.negative].filter((each) => !values.includes(each));
        if (missing.length !== 1) continue;
        found.push({
          at: ["contract", "outputs", i, "values"],
          message: `${other} is decided as ${decide.positive} or ${decide.negative}; ${missing[0]} is none of the classes of ${name} (${classes}).`,
          hint: "Use the same names for the same classes.",
          related: [{ at: ["contract", "outputs", k, "decide"], message: `${missing[0]} stands here` }],
        });
      }
    }
    return found;
  },
};
