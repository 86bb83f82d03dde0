import type { Measurement } from "../../claims/evidence.ts";
import type { Observation, Outcome } from "../../claims/verdict.ts";
import type { Finding } from "../check.ts";
import { numberText } from "../number-text.ts";
import { broken, kept, nothingMeasured } from "../outcome.ts";

/** "0.12 %", with as many digits as tell it from its limit. */
export const shareText = (share: number, limit: number): string =>
  `${numberText(100 * share, 100 * limit)} %`;

/** A share of counted rows: every row was looked at, so it is compared as it is and needs no interval. */
export function shareOf(
  label: string,
  rows: number,
  of: number,
  why: string,
  rest: Partial<Pick<Measurement, "facts" | "text">> = {},
): Measurement {
  const facts = { successes: rows, trials: of, ...rest.facts };
  const text = rest.text === undefined ? {} : { text: rest.text };
  if (of === 0) return { label, value: null, undefinedBecause: why, rows: 0, facts, ...text };
  return { label, value: rows / of, rows: of, facts, ...text };
}

/** Holds such a share against the largest one that is allowed. */
export function atMostShare(
  measurement: Measurement | undefined,
  max: number,
  because: (share: string, rows: number) => string,
): Finding {
  return judgedShare(measurement, { sense: "at_most", value: max }, (value, { facts }) =>
    value <= max ? kept : broken(because(shareText(value, max), facts.successes ?? 0)),
  );
}

/** The finding of such a share, which `judge` holds against its limit. */
export function judgedShare(
  measurement: Measurement | undefined,
  limit: NonNullable<Observation["limit"]>,
  judge: (value: number, measurement: Measurement) => Outcome,
): Finding {
  if (measurement?.value == null) {
    return nothingMeasured(measurement?.undefinedBecause ?? "nothing was counted");
  }
  const { label, value, rows, text } = measurement;
  const outcome = judge(value, measurement);
  return {
    outcome,
    observations: [
      {
        label,
        value,
        interval: null,
        rows,
        outcome: outcome.kind,
        limit,
        unit: "share",
        ...(text === undefined ? {} : { text }),
      },
    ],
  };
}
