import type { Measurement } from "../../claims/evidence.ts";
import type { Observation } from "../../claims/verdict.ts";
import type { Finding } from "../check.ts";
import { together } from "../outcome.ts";

/** The words for one table's measurement. */
export interface NoneWords {
  label(measurement: Measurement): string;
  /** Why a table says nothing. */
  empty(measurement: Measurement): string;
  /** What is wrong with it. */
  some(measurement: Measurement): string;
}

/** Rows that no table may have any of, one measurement a table: a table of which no row was looked at decides nothing. */
export function noneInTables(measurements: readonly Measurement[], words: NoneWords): Finding {
  const reasons = new Map<Observation, string>();
  const observations = measurements.map((m): Observation => {
    const observation: Observation = {
      label: words.label(m),
      value: m.value,
      interval: null,
      rows: m.rows,
      outcome: m.rows === 0 ? "undecided" : m.value === 0 ? "kept" : "broken",
      limit: { sense: "at_most", value: 0 },
      unit: "count",
      ...(m.text === undefined ? {} : { text: m.text }),
    };
    reasons.set(observation, m.rows === 0 ? words.empty(m) : words.some(m));
    return observation;
  });
  return together(observations, reasons);
}
