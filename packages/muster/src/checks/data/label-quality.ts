import type { Scalar } from "../../query/scalar.ts";
import { answerOf, numberIn } from "../answers.ts";
import type { Check } from "../check.ts";
import { nothingMeasured } from "../outcome.ts";

export interface LabelQualitySubject {
  readonly table: string;
  readonly label: string;
  /** The column that says of each row whether its label was verified. */
  readonly verifiedBy: string;
  /** The value of that column that means yes. */
  readonly yes: Scalar;
}

/**
 * At least so large a share of the labelled rows is marked as verified. Every row is counted, so the share is exact
 * and needs no interval.
 */
export const labelQuality: Check<LabelQualitySubject, { readonly atLeast: number }> = {
  id: "data/label-quality",
  revision: 2,

  reads: ({ table, label, verifiedBy, yes }) => [
    {
      kind: "aggregate",
      aggregate: {
        table,
        by: [],
        values: {
          labelled: { fn: "count", where: { kind: "is_finite", column: label } },
          verified: {
            fn: "count",
            where: {
              kind: "all",
              of: [
                { kind: "is_finite", column: label },
                { kind: "equals", column: verifiedBy, value: yes },
              ],
            },
          },
        },
      },
    },
  ],

  measure({ verifiedBy }, answers) {
    const { groups } = answerOf(answers, 0, "aggregate");
    const trials = numberIn(groups, "labelled");
    const successes = numberIn(groups, "verified");
    const value = trials === 0 ? null : successes / trials;
    return [
      {
        label: verifiedBy,
        value,
        rows: trials,
        facts: { successes, trials },
        ...(value === null ? { undefinedBecause: "no row has a label" } : {}),
      },
    ];
  },

  judge({ atLeast }, [share]) {
    if (share?.value == null) return nothingMeasured(share?.undefinedBecause ?? "nothing was counted");
    const enough = share.value >= atLeast;
    return {
      outcome: enough
        ? { kind: "kept" }
        : { kind: "broken", because: `${(100 * share.value).toFixed(3)} % of the labels are verified` },
      observations: [
        {
          label: share.label,
          value: share.value,
          interval: null,
          rows: share.rows,
          outcome: enough ? "kept" : "broken",
          limit: { sense: "at_least", value: atLeast },
          unit: "share",
        },
      ],
    };
  },
};
