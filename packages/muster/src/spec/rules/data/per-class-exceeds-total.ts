import { classCount, percent } from "../metric-terms.ts";
import type { Rule } from "../rule.ts";

/** Sums that do not add up: nobody can know which of the two numbers the author meant. */
export const perClassExceedsTotal: Rule = {
  code: "MU-D101",
  slug: "per-class-exceeds-total",
  title: "More examples per class than in all",
  severity: "error",
  preset: "recommended",
  section: "data",
  needs: "spec",
  fix: "safe",
  why: "The least number for each class, times the classes, is a least number for all of them together. A total below it promises less than the line beside it, so one of the two is not what was meant. A largest share below an even split can be met by no data at all.",
  formula: "per_class x classes <= total; max_share >= 1 / classes",
  example: {
    base: "classification",
    fails: [["total: 1_000_000, per_class", "total: 150_000, per_class"]],
    passes: [],
  },
  check({ spec }) {
    const { examples, class_balance: balance } = spec.data?.requirements ?? {};
    const most = balance?.max_share;
    const classes = classCount(spec);
    if (classes === null || classes < 2) return [];
    const at = ["data", "requirements"];
    const { total, per_class: perClass } = examples ?? {};
    const sums =
      total === undefined || perClass === undefined || perClass.value * classes <= total.value
        ? []
        : [
            {
              at: [...at, "examples", "total"],
              message: `${classes} classes of at least ${perClass.text} examples make ${perClass.value * classes}, more than the total of ${total.text}.`,
              hint: `Raise the total to ${perClass.value * classes}, or lower per_class.`,
              related: [{ at: [...at, "examples", "per_class"], message: `${perClass.text} of each class` }],
              fix: [
                {
                  kind: "replace" as const,
                  path: [...at, "examples", "total"],
                  yaml: String(perClass.value * classes),
                },
              ],
            },
          ];
    const shares =
      most === undefined || most.value * classes >= 1 - 1e-9
        ? []
        : [
            {
              at: [...at, "class_balance", "max_share"],
              message: `With ${classes} classes one of them has at least ${percent(1 / classes)} of the rows; ${most.text} cannot be met.`,
              hint: `Write a share above ${percent(1 / classes)}.`,
            },
          ];
    return [...sums, ...shares];
  },
  explain({ spec }) {
    const { total, per_class: perClass } = spec.data?.requirements?.examples ?? {};
    const classes = classCount(spec);
    if (classes === null || total === undefined || perClass === undefined) return null;
    return `${perClass.value} x ${classes} = ${perClass.value * classes}, the total is ${total.value}`;
  },
};
