import { bounds } from "../checks/metrics/bounds.ts";
import type { Facts, Metric, MetricInput, MetricResult } from "../checks/metrics/metric.ts";
import type { Measurement } from "../claims/evidence.ts";
import { displayWidth, padEnd } from "../report/display-width.ts";
import { formatCount, formatInterval, formatNumber } from "../report/format-number.ts";
import { printable } from "../report/printable.ts";
import { type Disparity, groupDisparity } from "../stats/group-disparity.ts";
import { oneSided } from "../stats/interval.ts";
import { mcnemarExact } from "../stats/mcnemar.ts";

/** A group, by its columns and keys, with what was measured on it; all rows together have no column. */
export interface MeasuredRow {
  readonly group: Readonly<Record<string, string | number | null>>;
  readonly result: MetricResult;
}

/** What was measured, as it is printed. */
export interface MeasuredRows {
  readonly all: MeasuredRow;
  readonly parts: readonly MeasuredRow[];
  /** Over the baseline, where there is one. */
  readonly gain: Measurement | null;
}

interface Shown {
  readonly value: number | null;
  readonly undefined?: string;
  /** What floating point says of a number that is undefined. */
  readonly as?: string;
  readonly interval: readonly [number, number] | null;
  /** Why a number has none. */
  readonly no_interval?: string;
  readonly rows: number;
  readonly queries?: Readonly<Record<string, number>>;
  readonly classes?: readonly ({ readonly class: string } & Shown)[];
}

/** Queries that count as 0 or are left out, and what is said of them. */
const queryFacts: ReadonlyMap<string, string> = new Map([
  ["unjudged_queries", "not judged"],
  ["queries_without_results", "without results"],
  ["queries_without_relevant", "without a relevant one"],
]);

function shown(metric: Metric, result: MetricResult, confidence: number): Shown {
  switch (result.kind) {
    case "value": {
      const { value, rows, facts } = result;
      const interval = metric.interval(facts, confidence);
      const without = interval === null ? { no_interval: whyNone(metric, facts, confidence) } : {};
      const own = { value, interval, ...without, rows };
      if (metric.unit !== "query") return own;
      const queries = Object.entries(facts).filter(([name]) => queryFacts.has(name));
      return { ...own, queries: Object.fromEntries(queries) };
    }
    case "undefined":
      return {
        value: null,
        undefined: result.because,
        ...(result.as === undefined ? {} : { as: result.as }),
        interval: null,
        rows: result.rows,
      };
    case "classes":
      return {
        value: null,
        undefined: "it has one value a class",
        interval: null,
        rows: result.rows,
        classes: result.classes.map((c) => ({ class: c.class, ...shown(metric, c.result, confidence) })),
      };
    default:
      return result satisfies never;
  }
}

function whyNone(metric: Metric, facts: Facts, confidence: number): string {
  const bound = metric.bound(facts, oneSided(confidence), "lower");
  return bound.kind === "undefined" ? bound.because : "no sound interval is known for it";
}

/** Why numbers have no interval: once for all of them where it is the same. */
function withoutIntervalLines(lines: readonly Shown[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { no_interval: why } of lines)
    if (why !== undefined) counts.set(why, (counts.get(why) ?? 0) + 1);
  return [...counts].map(([why, count]) => {
    const of = count === lines.length ? "" : ` for ${formatCount(count)} of ${formatCount(lines.length)}`;
    return `no interval${of}: ${why}`;
  });
}

/** The documented JSON of `muster measure`. */
export function measuredJson(
  metric: Metric,
  input: MetricInput,
  { all, parts, gain }: MeasuredRows,
  confidence: number,
): string {
  const groups = parts.map(({ group, result }) => ({ group, ...shown(metric, result, confidence) }));
  const disparity = parts.length === 0 ? {} : { disparity: disparityOf(all, parts) };
  const signature = metric.signature?.(input);
  const beaten = gain === null ? {} : { gain: shownGain(gain, confidence) };
  const signed = signature === undefined ? {} : { signature };
  return JSON.stringify(
    {
      metric: metric.name,
      ...shown(metric, all.result, confidence),
      ...signed,
      groups,
      ...disparity,
      ...beaten,
    },
    null,
    2,
  );
}

/** How far the groups lie apart. */
function disparityOf(all: MeasuredRow, parts: readonly MeasuredRow[]): Disparity {
  const value = ({ result }: MeasuredRow): number | null => (result.kind === "value" ? result.value : null);
  return groupDisparity(parts.map(value), value(all));
}

function disparityLine({ min, max, difference, ratio, without }: Disparity): string {
  if (min === null || max === null || difference === null) return "no group has a value";
  const parts = [
    `from ${formatNumber(min)} to ${formatNumber(max)}`,
    `difference ${formatNumber(difference)}`,
    ...(ratio === null ? [] : [`ratio ${formatNumber(ratio)}`]),
    ...(without === 0 ? [] : [`${formatCount(without)} groups have none`]),
  ];
  return parts.join(", ");
}

/** The pairing's own interval; of shares that differ in few rows the exact p-value of McNemar's test stands in its place. */
function shownGain({ value, undefinedBecause, rows, facts }: Measurement, confidence: number) {
  const { only_model: own, only_baseline: other } = facts;
  return {
    value,
    ...(undefinedBecause === undefined ? {} : { undefined: undefinedBecause }),
    interval: value === null ? null : bounds.interval(facts, confidence),
    ...(own === undefined || other === undefined ? {} : { p_value: mcnemarExact(own, other) }),
    rows,
  };
}

function gainLine(gain: Measurement, confidence: number): string {
  const { value, interval, rows, p_value: p, ...rest } = shownGain(gain, confidence);
  if (value === null) return `gain over the baseline  undefined: ${rest.undefined}`;
  const range = interval === null ? "" : `  ${formatInterval(interval, {})}`;
  const test = p === undefined ? "" : `  p ${formatNumber(p)} (McNemar, exact)`;
  return `gain over the baseline  ${formatNumber(value)}${range}${test}  ${formatCount(rows)} rows`;
}

/** A line for all rows, one for each group and class, and how far the groups lie apart. */
export function measuredText(
  metric: Metric,
  input: MetricInput,
  { all, parts, gain }: MeasuredRows,
  confidence: number,
): string {
  const lines = [all, ...parts].flatMap(({ group, result }) => {
    const name =
      Object.entries(group)
        .map(([c, v]) => printable(`${c}=${v ?? "(missing)"}`))
        .join(" ") || metric.name;
    const own = shown(metric, result, confidence);
    return [
      { name, ...own },
      ...(own.classes ?? []).map((c) => ({ ...c, name: printable(`${name} class ${c.class}`) })),
    ];
  });
  const signature = metric.signature?.(input);
  // Not Math.max(...): groups may be more than a call takes arguments.
  const width = lines.reduce((most, { name }) => Math.max(most, displayWidth(name)), 0);
  const printed = lines.map(({ name, value, interval, rows, queries, undefined: because }) => {
    const number = value === null ? `undefined: ${because}` : formatNumber(value);
    const range = interval === null ? "" : `  ${formatInterval(interval, {})}`;
    const counted = `${formatCount(rows)} ${metric.unit === "query" ? "queries" : "rows"}`;
    const apart = Object.entries(queries ?? {}).filter(([, n]) => n > 0);
    const told = apart.map(([fact, n]) => `, ${formatCount(n)} ${queryFacts.get(fact) ?? fact}`).join("");
    return `${padEnd(name, width)}  ${number}${range}  ${counted}${told}`;
  });
  return [
    ...printed,
    ...withoutIntervalLines(lines),
    ...(parts.length < 2 ? [] : [`between groups: ${disparityLine(disparityOf(all, parts))}`]),
    ...(gain === null ? [] : [gainLine(gain, confidence)]),
    ...(signature === undefined ? [] : [`signature ${signature}`]),
  ].join("\n");
}
