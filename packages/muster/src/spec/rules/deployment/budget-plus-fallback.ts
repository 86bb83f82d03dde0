import { durationText } from "../../duration-text.ts";
import type { Rule } from "../rule.ts";

/** What follows on a timeout has to arrive while the caller still waits. */
export const budgetPlusFallback: Rule = {
  code: "MU-O103",
  slug: "budget-plus-fallback",
  title: "Fallback after the caller has gone",
  severity: "error",
  preset: "recommended",
  section: "deployment",
  needs: "spec",
  fix: "none",
  why: "When the model is too slow the caller gets the fallback or an error, but only after the timeout. If that is later than the caller waits, the caller sees neither, and the fallback protects nobody.",
  formula: "timeout + fallback <= budget of each consumer",
  example: {
    base: "classification",
    fails: [["timeout: 50ms}", "timeout: 50ms, fallback: 5ms}"]],
    passes: [["timeout: 50ms}", "timeout: 45ms, fallback: 5ms}"]],
  },

  check({ spec }) {
    const { timeout, fallback } = spec.deployment?.latency ?? {};
    if (timeout === undefined) return [];
    const total = timeout.ms + (fallback?.ms ?? 0);
    return (spec.problem?.consumers ?? []).flatMap(({ who, budget }, i) => {
      if (budget === undefined || total <= budget.ms) return [];
      const both =
        fallback === undefined ? "" : ` and the fallback's ${fallback.text}: ${durationText(total)}`;
      return [
        {
          at: ["deployment", "latency", "timeout"],
          message: `${who} waits ${budget.text}, but what follows on a timeout comes only after ${timeout.text}${both}.`,
          hint: `Lower the timeout until ${budget.text} are kept, or agree on a longer budget with ${who}.`,
          related: [
            {
              at: ["problem", "consumers", i, "budget"],
              message: `the budget of ${who} is ${budget.text}`,
            },
          ],
        },
      ];
    });
  },

  explain({ spec }) {
    const { timeout, fallback } = spec.deployment?.latency ?? {};
    const budgets = (spec.problem?.consumers ?? []).flatMap(({ who, budget }) =>
      budget === undefined ? [] : [`${budget.text} (${who})`],
    );
    if (timeout === undefined || budgets.length === 0) return null;
    const total = timeout.ms + (fallback?.ms ?? 0);
    return `${timeout.text} + ${fallback?.text ?? "0ms"} = ${durationText(total)}, held against ${budgets.join(", ")}`;
  },
};
