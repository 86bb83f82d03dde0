import type { Check } from "../check.ts";
import { broken, kept } from "../outcome.ts";

const dayMs = 86_400_000;

/** The day on which access ends, included, has not passed. Nothing is read: only the clock decides. */
export const accessUntil: Check<{ readonly source: string }, { readonly lastDayMs: number }> = {
  id: "data/access-until",
  revision: 1,
  reads: () => [],
  measure: ({ source }) => [
    { label: source, value: null, undefinedBecause: "a day is compared with the clock", rows: 0, facts: {} },
  ],

  judge({ lastDayMs }, _measurements, { now }) {
    const left = Math.floor((lastDayMs + dayMs - now) / dayMs);
    const day = new Date(lastDayMs).toISOString().slice(0, 10);
    const outcome = now < lastDayMs + dayMs ? kept : broken(`access ended on ${day}`);
    return {
      outcome,
      observations: [
        {
          label: "days of access left",
          value: left,
          interval: null,
          rows: 0,
          outcome: outcome.kind,
          limit: { sense: "at_least", value: 0 },
          unit: "days",
        },
      ],
    };
  },
};
