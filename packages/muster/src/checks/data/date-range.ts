import type { Measurement } from "../../claims/evidence.ts";
import type { Observation } from "../../claims/verdict.ts";
import { answerOf, numberIn } from "../answers.ts";
import type { Check } from "../check.ts";
import { rowsText } from "../number-text.ts";
import { listed, nothingMeasured } from "../outcome.ts";

export interface TimeSubject {
  readonly table: string;
  readonly time: string;
}

const dayMs = 86_400_000;
const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/**
 * The table's rows begin on `fromMs`'s day, end on `toMs`'s, and none lies outside or has no time. Days are UTC. How
 * often data comes is not known, so a day without rows in between breaks nothing; it is shown.
 */
export const dateRange: Check<TimeSubject, { readonly fromMs: number; readonly toMs: number }> = {
  id: "data/date-range",
  revision: 1,

  reads: ({ table, time }) => [
    {
      kind: "aggregate",
      aggregate: {
        table,
        by: [{ kind: "cell", of: { kind: "epoch_ms", column: time }, per: 1 / dayMs }],
        values: { rows: { fn: "count" } },
      },
    },
  ],

  measure({ time }, answers) {
    const { groups } = answerOf(answers, 0, "aggregate");
    const days: { start: number; rows: number }[] = [];
    let withoutTime = 0;
    for (let g = 0; g < groups.count; g += 1) {
      const key = groups.keys[0]?.[g] ?? null;
      const rows = numberIn(groups, "rows", g);
      if (typeof key === "number") days.push({ start: Math.round(key) * dayMs, rows });
      else withoutTime += rows;
    }
    days.sort((a, b) => a.start - b.start);
    const first = days[0];
    const last = days[days.length - 1];
    const rows = days.reduce((sum, d) => sum + d.rows, 0);
    if (first === undefined || last === undefined) {
      return [
        {
          label: time,
          value: null,
          undefinedBecause: "no row has a time",
          rows: withoutTime,
          facts: { withoutTime },
        },
      ];
    }
    const spanned = (last.start - first.start) / dayMs + 1;
    const facts = { withoutTime, daysWithoutRows: spanned - days.length };
    return [
      { label: `first ${time}`, value: first.start, rows, facts, text: day(first.start) },
      { label: `last ${time}`, value: last.start, rows, facts, text: day(last.start) },
    ];
  },

  judge({ fromMs, toMs }, [first, last]) {
    if (first?.value == null || last?.value == null) {
      return nothingMeasured(first?.undefinedBecause ?? "no time was read");
    }
    const faults: string[] = [];
    if (first.value > fromMs) faults.push(`the first row is of ${day(first.value)}, not ${day(fromMs)}`);
    if (first.value < fromMs) faults.push(`rows begin on ${day(first.value)}, before ${day(fromMs)}`);
    if (last.value < toMs) faults.push(`the last row is of ${day(last.value)}, not ${day(toMs)}`);
    if (last.value > toMs) faults.push(`rows go on until ${day(last.value)}, after ${day(toMs)}`);
    const withoutTime = first.facts.withoutTime ?? 0;
    if (withoutTime > 0)
      faults.push(`${rowsText(withoutTime)} ${withoutTime === 1 ? "has" : "have"} no time`);
    return {
      outcome: faults.length === 0 ? { kind: "kept" } : { kind: "broken", because: listed(faults) },
      observations: [
        ...[first, last].map(
          (m, i): Observation => ({
            label: m.label,
            value: m.value,
            interval: null,
            rows: m.rows,
            outcome: m.value === (i === 0 ? fromMs : toMs) ? "kept" : "broken",
            unit: "date",
            ...(m.text === undefined ? {} : { text: m.text }),
          }),
        ),
        ...gap(first),
      ],
    };
  },
};

/** Days in between on which no row falls, where there are any. */
function gap({ rows, facts }: Measurement): readonly Observation[] {
  const value = facts.daysWithoutRows ?? 0;
  if (value === 0) return [];
  return [{ label: "days without a row", value, interval: null, rows, outcome: "kept", unit: "count" }];
}
