import { answerOf, numberIn } from "../answers.ts";
import type { Check } from "../check.ts";
import { broken, kept, nothingMeasured, undecided } from "../outcome.ts";
import type { TimeSubject } from "./date-range.ts";

/** What "now" is: a stated day for data of the past, else the clock. */
export interface FreshnessPromise {
  readonly maxAgeMs: number;
  readonly asOfMs: number | null;
}

/** A stated day lasts until its end, and somebody's clock is ahead of ours. */
const slackMs = 86_400_000;

/**
 * The newest row is at most so old. A newest row of the future says nothing of the others' age: one misread date would
 * keep the promise for good. An age is the one number that changes without anything being measured anew.
 */
export const freshness: Check<TimeSubject, FreshnessPromise> = {
  id: "data/freshness",
  revision: 1,

  reads: ({ table, time }) => [
    {
      kind: "aggregate",
      aggregate: {
        table,
        by: [],
        values: { newest: { fn: "max", of: { kind: "epoch_ms", column: time } }, rows: { fn: "count" } },
      },
    },
  ],

  measure({ time }, answers) {
    const { groups } = answerOf(answers, 0, "aggregate");
    const newest = numberIn(groups, "newest");
    const rows = numberIn(groups, "rows");
    if (Number.isNaN(newest)) {
      return [{ label: time, value: null, undefinedBecause: "no row has a time", rows, facts: {} }];
    }
    return [
      { label: `newest ${time}`, value: newest, rows, facts: {}, text: new Date(newest).toISOString() },
    ];
  },

  judge({ maxAgeMs, asOfMs }, [newest], { now }) {
    if (newest?.value == null) return nothingMeasured(newest?.undefinedBecause ?? "no time was read");
    const age = (asOfMs ?? now) - newest.value;
    const days = age / 86_400_000;
    const maxDays = maxAgeMs / 86_400_000;
    const reference = asOfMs === null ? "today" : new Date(asOfMs).toISOString().slice(0, 10);
    const outcome =
      age < -slackMs
        ? undecided(`the newest row is of ${newest.text}, after ${reference}, so no age can be told`)
        : age <= maxAgeMs
          ? kept
          : broken(`the newest row is ${days.toFixed(1)} days old as of ${reference}`);
    return {
      outcome,
      observations: [
        {
          label: `age as of ${reference}`,
          value: days,
          interval: null,
          rows: newest.rows,
          outcome: outcome.kind,
          limit: { sense: "at_most", value: maxDays },
          unit: "days",
        },
      ],
    };
  },
};
