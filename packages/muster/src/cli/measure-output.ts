import type { Metric, MetricInput, MetricResult } from "../checks/metrics/metric.ts";
import { displayWidth, padEnd } from "../report/display-width.ts";
import { formatCount, formatInterval, formatNumber } from "../report/format-number.ts";
import { printable } from "../report/printable.ts";
import { type Disparity, groupDisparity } from "../stats/group-disparity.ts";

/** A group, by its columns and keys, with what was measured on it; all rows together have no column. */
export interface MeasuredRow {
  readonly group: Readonly<Record<string, string | number | null>>;
  readonly result: MetricResult;
}

interface Shown {
  readonly value: number | null;
  readonly undefined?: string;
  /** What floating point says of a number that is undefined. */
  readonly as?: string;
  readonly interval: readonly [number, number] | null;
  readonly rows: number;
  readonly classes?: readonly ({ readonly class: string } & Shown)[];
}

function shown(metric: Metric, result: MetricResult, confidence: number): Shown {
  switch (result.kind) {
    case "value":
      return { value: result.value, interval: metric.interval(result.facts, confidence), rows: result.rows };
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

/** The documented JSON of `muster measure`. */
export function measuredJson(
  metric: Metric,
  input: MetricInput,
  all: MeasuredRow,
  parts: readonly MeasuredRow[],
  confidence: number,
): string {
  const groups = parts.map(({ group, result }) => ({ group, ...shown(metric, result, confidence) }));
  const disparity = parts.length === 0 ? {} : { disparity: disparityOf(all, parts) };
  const signature = metric.signature?.(input);
  const signed = signature === undefined ? {} : { signature };
  return JSON.stringify(
    { metric: metric.name, ...shown(metric, all.result, confidence), ...signed, groups, ...disparity },
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

/** A line for all rows, one for each group and class, and how far the groups lie apart. */
export function measuredText(
  metric: Metric,
  input: MetricInput,
  all: MeasuredRow,
  parts: readonly MeasuredRow[],
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
  const printed = lines.map(({ name, value, interval, rows, undefined: because }) => {
    const number = value === null ? `undefined: ${because}` : formatNumber(value);
    const range = interval === null ? "" : `  ${formatInterval(interval, {})}`;
    return `${padEnd(name, width)}  ${number}${range}  ${formatCount(rows)} rows`;
  });
  return [
    ...printed,
    ...(parts.length < 2 ? [] : [`between groups: ${disparityLine(disparityOf(all, parts))}`]),
    ...(signature === undefined ? [] : [`signature ${signature}`]),
  ].join("\n");
}
