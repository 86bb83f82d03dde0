import type { Measurement } from "../../claims/evidence.ts";
import type { Observation } from "../../claims/verdict.ts";
import { answerOf, numberIn } from "../answers.ts";
import type { Answer, Check } from "../check.ts";
import { countText } from "../number-text.ts";
import { together } from "../outcome.ts";
import { columnFill, extremesRead } from "./column-reads.ts";
import type { InputColumnSubject } from "./input-column.ts";

export interface WithinRange {
  readonly low: number;
  readonly high: number;
}

/** Every value that is not missing is finite and lies in [low, high]. */
export const inputRange: Check<InputColumnSubject, WithinRange> = {
  id: "data/input-range",
  revision: 1,

  reads: ({ tables, column }) => tables.map((table) => extremesRead(table, column)),

  measure: ({ tables }, answers) => tables.flatMap((table, i) => extremes(table, answers, i)),

  judge: ({ low, high }, measurements) => judgeExtremes(measurements, low, high),
};

/** The least and the greatest value of a column, and how many values are not finite; by `extremesRead`. */
export function extremes(label: string, answers: readonly Answer[], index: number): Measurement[] {
  const { groups } = answerOf(answers, index, "aggregate");
  const { notFinite, finite } = columnFill(answers, index);
  const facts = { notFinite };
  return (["low", "high"] as const).map((end) => {
    const value = numberIn(groups, end);
    return {
      label: `${end === "low" ? "least" : "greatest"} in ${label}`,
      value: Number.isNaN(value) ? null : value,
      rows: finite,
      facts,
      ...(Number.isNaN(value) ? { undefinedBecause: "no row has a value" } : {}),
    };
  });
}

/** Measurements of `extremes`, held against a range. A column without values is undecided. */
export function judgeExtremes(
  measurements: readonly Measurement[],
  low: number,
  high: number,
): ReturnType<typeof together> {
  const reasons = new Map<Observation, string>();
  const observations = measurements.map((m): Observation => {
    const least = m.label.startsWith("least");
    const inside = m.value !== null && (least ? m.value >= low : m.value <= high);
    const notFinite = m.facts.notFinite ?? 0;
    const outcome =
      m.value === null && notFinite === 0 ? "undecided" : inside && notFinite === 0 ? "kept" : "broken";
    const observation: Observation = {
      label: m.label,
      value: m.value,
      interval: null,
      rows: m.rows,
      outcome,
      limit: { sense: least ? "at_least" : "at_most", value: least ? low : high },
    };
    reasons.set(
      observation,
      notFinite > 0
        ? `${countText(notFinite)} ${notFinite === 1 ? "value is" : "values are"} not finite`
        : m.value === null
          ? (m.undefinedBecause ?? "nothing was measured")
          : `the ${m.label} is ${m.value}`,
    );
    return observation;
  });
  return together(observations, reasons);
}
