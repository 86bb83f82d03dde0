import type { Scalar } from "../../query/scalar.ts";
import { clopperPearsonBound } from "../../stats/clopper-pearson.ts";
import { wilson } from "../../stats/wilson.ts";
import { answerOf, numberIn } from "../answers.ts";
import type { Check } from "../check.ts";
import { decisions } from "../metrics/confusion-table.ts";
import { countText, percentText, rowsText } from "../number-text.ts";
import { broken, kept, nothingMeasured, undecided } from "../outcome.ts";

export interface WorkloadSubject {
  readonly table: string;
  readonly positive?: Scalar;
  readonly score?: string;
  readonly prediction?: string;
  readonly threshold?: number;
}

export interface WorkloadPromise {
  /** A day. */
  readonly cases: number;
  readonly capacity: number;
  readonly confidence: number;
  readonly decideBy: "lower_bound" | "point";
}

/**
 * The people who look at what is called positive can keep up: the share of rows that the model calls positive, times the
 * cases, is at most their capacity. Three-way by the share's exact bounds. It takes the evaluation rows for a sample
 * of the cases.
 */
export const positiveWorkload: Check<WorkloadSubject, WorkloadPromise> = {
  id: "evaluation/workload",
  revision: 1,

  reads(subject) {
    const { yes, answered } = decisions(subject);
    return [
      {
        kind: "aggregate",
        aggregate: {
          table: subject.table,
          by: [],
          values: {
            rows: { fn: "count" },
            answered: { fn: "count", where: answered },
            positive: { fn: "count", where: yes },
          },
        },
      },
    ];
  },

  measure(_subject, answers) {
    const { groups } = answerOf(answers, 0, "aggregate");
    const rows = numberIn(groups, "rows");
    const [trials, successes] = [numberIn(groups, "answered"), numberIn(groups, "positive")];
    const facts = { successes, trials, unanswered: rows - trials };
    const label = "share called positive";
    if (trials === 0) return [{ label, value: null, undefinedBecause: "no row has an answer", rows, facts }];
    return [{ label, value: successes / trials, rows, facts }];
  },

  judge({ cases, capacity, confidence, decideBy }, [share]) {
    if (share === undefined) return nothingMeasured("nothing was counted");
    const { label, value, rows, facts } = share;
    if (value === null) return nothingMeasured(share.undefinedBecause ?? "nothing was counted");
    const { successes = 0, trials = 0, unanswered = 0 } = facts;
    const limit = capacity / cases;
    const [low, high] = (["lower", "upper"] as const).map((side) =>
      clopperPearsonBound(successes, trials, confidence, side),
    );
    const seen = `${percentText(Number((100 * value).toPrecision(3)) / 100)} of the rows are called positive (${rowsText(rows)}), about ${countText(Math.round(value * cases))} of ${countText(Math.round(cases))} cases a day`;
    const over = `more than the ${countText(Math.floor(capacity))} that can be looked at`;
    const outcome =
      unanswered > 0
        ? undecided(`${rowsText(unanswered)} without an answer`)
        : (decideBy === "point" ? value : (high ?? 1)) <= limit
          ? kept
          : (decideBy === "point" ? value : (low ?? 0)) > limit
            ? broken(`${seen}, ${over}`)
            : undecided(`${seen}, but with ${percentText(confidence)} confidence it may be ${over}`);
    return {
      outcome,
      observations: [
        {
          label,
          value,
          interval: wilson(successes, trials, confidence),
          rows,
          outcome: outcome.kind,
          limit: { sense: "at_most", value: limit },
          unit: "share",
        },
      ],
    };
  },
};
