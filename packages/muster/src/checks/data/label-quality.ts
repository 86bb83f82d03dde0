import type { Scalar } from "../../query/scalar.ts";
import { answerOf, numberIn } from "../answers.ts";
import type { Check } from "../check.ts";
import { broken, kept } from "../outcome.ts";
import { judgedShare, shareOf, shareText } from "./census-share.ts";

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
    const [verified, labelled] = [numberIn(groups, "verified"), numberIn(groups, "labelled")];
    return [shareOf(verifiedBy, verified, labelled, "no row has a label")];
  },

  judge: ({ atLeast }, [share]) =>
    judgedShare(share, { sense: "at_least", value: atLeast }, (value) =>
      value >= atLeast ? kept : broken(`${shareText(value, atLeast)} of the labels are verified`),
    ),
};
