import { answerOf, numberIn } from "../answers.ts";
import type { Check } from "../check.ts";
import { broken, kept, nothingMeasured } from "../outcome.ts";
import type { TimeOverlapSubject } from "./time-overlap.ts";

const textOf = (ms: number): string => (Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : `${ms} ms`);

/** All training rows are earlier than the day of the split, and no evaluation row is. */
export const splitByTime: Check<TimeOverlapSubject, { readonly atMs: number }> = {
  id: "data/split-by-time",
  revision: 1,

  reads: ({ training, evaluation, time }) => [
    {
      kind: "aggregate",
      aggregate: {
        table: training,
        by: [],
        values: { rows: { fn: "count" }, end: { fn: "max", of: { kind: "epoch_ms", column: time } } },
      },
    },
    {
      kind: "aggregate",
      aggregate: {
        table: evaluation,
        by: [],
        values: { rows: { fn: "count" }, end: { fn: "min", of: { kind: "epoch_ms", column: time } } },
      },
    },
  ],

  measure: (_subject, answers) =>
    ["last training row", "first evaluation row"].map((label, i) => {
      const { groups } = answerOf(answers, i, "aggregate");
      const value = numberIn(groups, "end");
      const rows = numberIn(groups, "rows");
      if (Number.isNaN(value)) {
        return { label, value: null, undefinedBecause: `there is no ${label} with a time`, rows, facts: {} };
      }
      return { label, value, rows, facts: {}, text: textOf(value) };
    }),

  judge({ atMs }, [last, first]) {
    if (last?.value == null || first?.value == null) {
      return nothingMeasured(last?.undefinedBecause ?? first?.undefinedBecause ?? "no time was read");
    }
    const faults = [
      ...(last.value >= atMs ? [`the last training row is of ${last.text}`] : []),
      ...(first.value < atMs ? [`the first evaluation row is of ${first.text}`] : []),
    ];
    return {
      outcome: faults.length === 0 ? kept : broken(faults.join(", ")),
      observations: [last, first].map((m, i) => ({
        label: m.label,
        value: m.value,
        interval: null,
        rows: m.rows,
        outcome: (i === 0 ? (m.value ?? 0) < atMs : (m.value ?? 0) >= atMs) ? "kept" : "broken",
        unit: "date",
        text: m.text ?? "",
      })),
    };
  },
};
