import { answerOf, numberIn } from "../answers.ts";
import type { Check } from "../check.ts";
import { rowsText } from "../number-text.ts";
import { nothingMeasured, undecided } from "../outcome.ts";
import { atMostShare, shareOf } from "./census-share.ts";
import type { AtMostShare } from "./missing-share.ts";

export interface TimeOverlapSubject {
  readonly training: string;
  readonly evaluation: string;
  readonly time: string;
}

/** At most so large a share of the evaluation rows is not later than the last training row. */
export const timeOverlap: Check<TimeOverlapSubject, AtMostShare> = {
  id: "data/time-overlap",
  revision: 1,

  reads: ({ training, evaluation, time }) => [
    { kind: "not_after", left: evaluation, right: training, column: time },
    {
      kind: "aggregate",
      aggregate: {
        table: evaluation,
        by: [],
        values: { rows: { fn: "count" }, timed: { fn: "count", where: { kind: "is_finite", column: time } } },
      },
    },
  ],

  measure(_subject, answers) {
    const { rows: early, last } = answerOf(answers, 0, "not_after");
    const { groups } = answerOf(answers, 1, "aggregate");
    const timed = numberIn(groups, "timed");
    const facts = { withoutTime: numberIn(groups, "rows") - timed };
    const label = "evaluation rows not later than the last training row";
    if (last === null)
      return [{ label, value: null, undefinedBecause: "no training row has a time", rows: 0, facts }];
    const text = new Date(last).toISOString();
    return [shareOf(label, early, timed, "no evaluation row has a time", { facts, text })];
  },

  judge({ max }, [share]) {
    if (share === undefined) return nothingMeasured("no time was read");
    const finding = atMostShare(
      share,
      max,
      (text, rows) =>
        `${rowsText(rows)} of the evaluation data, ${text}, are not later than ${share.text}, when the training data ends`,
    );
    const { withoutTime = 0 } = share.facts;
    if (finding.outcome.kind !== "kept" || withoutTime === 0) return finding;
    const outcome = undecided(
      `${rowsText(withoutTime)} of the evaluation data ${withoutTime === 1 ? "has" : "have"} no time`,
    );
    return { outcome, observations: finding.observations };
  },
};
