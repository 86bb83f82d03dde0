import type { Preparation } from "../../query/read.ts";
import type { Check } from "../check.ts";
import { samePreparation } from "./same-preparation.ts";

export interface NoSkewSubject extends Preparation {
  /** The inputs that are prepared, in the contract's order; at least one. */
  readonly inputs: readonly string[];
  /** Those of them whose values may not stand in the evidence. */
  readonly withheld: readonly string[];
}

/**
 * What training is given by SQL is what serving makes of the same rows by its compiled function, for all prepared
 * inputs together and on rows that nothing was fitted on: unseen values, wider ranges and other gaps occur there.
 */
export const noSkew: Check<NoSkewSubject, Record<string, never>> = {
  id: "contract/no-skew",
  revision: 1,

  reads: ({ table, steps, rows }) => [{ kind: "prepared", table, steps, rows }],

  measure({ inputs, withheld, ...read }, answers) {
    return inputs.flatMap((input) => {
      const found = samePreparation.measure(
        { ...read, input, withhold: withheld.includes(input) },
        answers,
        "exact",
      );
      const none = {
        label: input,
        value: null,
        undefinedBecause: `${input} was not prepared`,
        rows: 0,
        facts: {},
      };
      return found.length === 0 ? [none] : found;
    });
  },

  judge: samePreparation.judge,
};
