import type { Observation, Verdict } from "../claims/verdict.ts";
import { formatInterval, formatNumber, formatRows, type NumberContext } from "./format-number.ts";
import { printable } from "./printable.ts";

/** An observation in words: what every format prints. */
export interface Observed {
  readonly label: string;
  readonly value: string;
  /** "" where there is none. */
  readonly interval: string;
  /** "" where no rows were read. */
  readonly rows: string;
}

export function inWords(observation: Observation): Observed {
  const context = contextOf(observation);
  const { label, value, interval, rows, text } = observation;
  return {
    label: printable(label),
    value: value === null && text !== undefined ? printable(text) : formatNumber(value, context),
    interval: formatInterval(interval, context),
    rows: rows > 0 ? formatRows(rows) : "",
  };
}

/** What a reader should know beside the numbers: which bound decided, and what the check had to say. */
export function besides(observation: Observation): readonly string[] {
  const bound = decidedBy(observation);
  return [...(bound === null ? [] : [bound]), ...(observation.notes ?? []).map(printable)];
}

/**
 * Which bound decided, where the interval would make a reader wonder: it is two-sided and crosses the limit, but the
 * one-sided bound does not. Null where interval and outcome say the same.
 */
export function decidedBy(observation: Observation): string | null {
  const { bound, limit, interval, outcome } = observation;
  if (bound === undefined || limit === undefined || interval === null || outcome === "undecided") return null;
  if (!(interval[0] < limit.value && limit.value < interval[1])) return null;
  const percent = Number((100 * bound.confidence).toPrecision(12));
  const value = formatNumber(bound.value, contextOf(observation));
  return `decided by its one-sided ${percent} % ${bound.side} bound, ${value}; the interval is two-sided`;
}

export function contextOf({ unit, limit }: Observation): NumberContext {
  return {
    ...(unit === undefined ? {} : { unit }),
    ...(limit === undefined ? {} : { limit: limit.value }),
  };
}

/** The one observation that stands for the verdict: the first that decided it. */
export function leading(verdict: Verdict): Observation | null {
  const { observations, outcome } = verdict;
  return observations.find((observation) => observation.outcome === outcome.kind) ?? observations[0] ?? null;
}
