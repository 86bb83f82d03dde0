import type { Measurement } from "../../claims/evidence.ts";
import type { Read } from "../../query/read.ts";
import { answerOf } from "../answers.ts";
import type { Answer } from "../check.ts";

export const dayMs = 86_400_000;
export const hourMs = 3_600_000;

export interface GapsSubject {
  readonly table: string;
  readonly time: string;
  /** The length of a cell: a day or an hour, in UTC. */
  readonly cellMs: number;
}

/** Asks for the rows of every day, or hour. */
export const cellReads = ({ table, time, cellMs }: GapsSubject): readonly Read[] => [
  {
    kind: "aggregate",
    aggregate: {
      table,
      by: [{ kind: "cell", of: { kind: "epoch_ms", column: time }, per: 1 / cellMs }],
      values: { rows: { fn: "count" } },
    },
  },
];

const mostGaps = 50;

/**
 * The longest times between the beginnings of neighbouring cells that have rows, the longest first; of equally long
 * ones the earliest. The first measurement is of all: the median of these times, with the number of cells.
 */
export function measureGaps({ time, cellMs }: GapsSubject, answers: readonly Answer[]): Measurement[] {
  const { groups } = answerOf(answers, 0, "aggregate");
  const cells: number[] = [];
  let rows = 0;
  for (let g = 0; g < groups.count; g += 1) {
    const key = groups.keys[0]?.[g] ?? null;
    if (typeof key !== "number") continue;
    cells.push(Math.round(key));
    rows += groups.values.rows?.[g] ?? 0;
  }
  cells.sort((a, b) => a - b);
  const first = cells[0];
  const last = cells[cells.length - 1];
  if (first === undefined || last === undefined) {
    return [
      { label: time, value: null, undefinedBecause: "no row has a time", rows: 0, facts: { cells: 0 } },
    ];
  }
  const gaps = cells
    .slice(1)
    .map((cell, i) => ({ from: cells[i] ?? cell, cells: cell - (cells[i] ?? cell) }));
  const lengths = gaps.map((gap) => gap.cells).sort((a, b) => a - b);
  const facts = {
    cells: cells.length,
    empty: last - first + 1 - cells.length,
    first: first * cellMs,
    last: last * cellMs,
  };
  const median = lengths[Math.floor(lengths.length / 2)];
  const overall: Measurement =
    median === undefined
      ? {
          label: time,
          value: null,
          undefinedBecause: `all rows are of one ${cellMs === dayMs ? "day" : "hour"}`,
          rows,
          facts,
        }
      : { label: `usual time between two of ${time}`, value: median * cellMs, rows, facts };
  const longest = gaps.sort((a, b) => b.cells - a.cells || a.from - b.from).slice(0, mostGaps);
  return [
    overall,
    ...longest.map((gap) => ({
      label: `after ${cellText(gap.from * cellMs, cellMs)}`,
      value: gap.cells * cellMs,
      rows,
      facts: { from: gap.from * cellMs, to: (gap.from + gap.cells) * cellMs },
    })),
  ];
}

/** "2001-01-31", or "2001-01-31 06:00" for an hour. */
export function cellText(ms: number, cellMs: number): string {
  // A misread number can lie outside of what a date can be.
  if (Math.abs(ms) > 8.64e15) return `${ms} ms`;
  const text = new Date(ms).toISOString();
  return cellMs >= dayMs ? text.slice(0, 10) : text.slice(0, 16).replace("T", " ");
}

/** The cells without a row between two that have some: "2001-02-03 to 2001-02-05". */
export function emptyText({ facts: { from = 0, to = 0 } }: Measurement, cellMs: number): string {
  const [first, last] = [from + cellMs, to - cellMs];
  return first >= last ? cellText(last, cellMs) : `${cellText(first, cellMs)} to ${cellText(last, cellMs)}`;
}

/** "3 days", "1.5 hours". */
export function lengthText(ms: number): string {
  const [count, unit] = ms >= dayMs ? [ms / dayMs, "day"] : [ms / hourMs, "hour"];
  return `${Number(count.toPrecision(6))} ${unit}${count === 1 ? "" : "s"}`;
}
