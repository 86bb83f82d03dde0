import type { Observation } from "../claims/verdict.ts";
import { decimal, exact, roundedBeside, thin } from "./decimal.ts";
import { formatInstant } from "./format-instant.ts";

export type Unit = Observation["unit"];

export interface NumberContext {
  readonly unit?: Unit;
  /** The limit that the value is held against: it prints on the same side of it as it lies. */
  readonly limit?: number;
}

interface Scale {
  /** The value is divided by it. */
  readonly by: number;
  readonly symbol: string;
}

const byteScales: readonly Scale[] = [
  { by: 1024 ** 4, symbol: "TiB" },
  { by: 1024 ** 3, symbol: "GiB" },
  { by: 1024 ** 2, symbol: "MiB" },
  { by: 1024, symbol: "KiB" },
  { by: 1, symbol: "B" },
];

const timeScales: readonly Scale[] = [
  { by: 86_400_000, symbol: "d" },
  { by: 3_600_000, symbol: "h" },
  { by: 60_000, symbol: "min" },
  { by: 1000, symbol: "s" },
  { by: 1, symbol: "ms" },
];

/**
 * A measured number at three significant digits (a count: whole), and as many more as it takes not to lie: it never
 * prints as its limit, nor as 1 or 100 %, unless it is that.
 */
export function formatNumber(value: number | null, context: NumberContext = {}): string {
  return formatBeside(value, context, undefined);
}

/** `other` is a second number that the value has to print on the right side of. */
function formatBeside(
  value: number | null,
  { unit, limit }: NumberContext,
  other: number | undefined,
): string {
  if (value === null || Number.isNaN(value)) return "undefined";
  if (!Number.isFinite(value)) return value > 0 ? "infinite" : "-infinite";
  const real = value === 0 ? 0 : value;
  switch (unit) {
    case "share":
      return `${near(real, [limit, other, 1], 2)}%`;
    case "count":
      return Number.isInteger(real) ? exact(real) : near(real, [limit], 0);
    case "bytes":
      return scaled(real, limit, byteScales);
    case "ms":
      return scaled(real, limit, timeScales);
    case "days":
      return `${days(real, limit)}${thin}${real === 1 ? "day" : "days"}`;
    case "date":
      return formatInstant(real, limit);
    case undefined:
      return Number.isSafeInteger(real) ? exact(real) : near(real, [limit, other, 1], 0);
  }
}

/** A tenth of a day is as fine as an age is of use, unless its limit lies nearer. */
function days(value: number, limit: number | undefined): string {
  const tenths = Math.round(value * 10) / 10;
  const same = limit === undefined || Math.sign(tenths - limit) === Math.sign(value - limit);
  return same ? exact(tenths) : trimmed(near(value, [limit], 0));
}

/** A limit as it was meant: the shortest number that is it. */
export function formatLimit(value: number, unit?: Unit): string {
  if (!Number.isFinite(value)) return formatNumber(value);
  switch (unit) {
    case "share":
      return `${exact(value, 2)}%`;
    case "count":
    case undefined:
      return exact(value);
    case "bytes":
      return exactlyScaled(value, byteScales);
    case "ms":
      return exactlyScaled(value, timeScales);
    case "days":
      return `${exact(value)}${thin}${value === 1 ? "day" : "days"}`;
    case "date":
      return formatInstant(value, undefined);
  }
}

/** `[0.641, 0.652]`; both ends obey the limit as a value does, and two different ends print differently. */
export function formatInterval(
  interval: readonly [low: number, high: number] | null,
  context: NumberContext = {},
): string {
  if (interval === null) return "";
  const [low, high] = interval;
  const middle = low === high ? undefined : low / 2 + high / 2;
  return `[${formatBeside(low, context, middle)}, ${formatBeside(high, context, middle)}]`;
}

export function formatCount(value: number): string {
  return formatNumber(value, { unit: "count" });
}

/** `3 rows`, `1 row`. */
export function formatRows(rows: number): string {
  return `${formatCount(rows)} ${rows === 1 ? "row" : "rows"}`;
}

function near(value: number, limits: readonly (number | undefined)[], shift: number): string {
  if (value === 0) return "0";
  const known = limits.filter((limit) => limit !== undefined);
  if (known.includes(value)) return exact(value, shift);
  const wholeDigits = Math.floor(Math.log10(Math.abs(value))) + 1 + shift;
  return decimal(roundedBeside(value, known, Math.min(15, Math.max(3, wholeDigits))), shift);
}

/** In the limit's unit of measure, so that the two can be compared by eye. */
function scaled(value: number, limit: number | undefined, scales: readonly Scale[]): string {
  const { by, symbol } = scaleOf(limit !== undefined && Number.isFinite(limit) ? limit : value, scales);
  const inUnit = value / by;
  const limitInUnit = limit === undefined ? undefined : limit / by;
  // Dividing may round two different numbers to one; the base unit then tells them apart.
  if (limit !== undefined && value !== limit && inUnit === limitInUnit) {
    return `${near(value, [limit], 0)}${thin}${scales.at(-1)?.symbol ?? ""}`;
  }
  return `${by === 1 && Number.isInteger(value) ? exact(value) : near(inUnit, [limitInUnit], 0)}${thin}${symbol}`;
}

function exactlyScaled(value: number, scales: readonly Scale[]): string {
  const { by, symbol } = scaleOf(value, scales);
  return `${exact(value / by)}${thin}${symbol}`;
}

function scaleOf(value: number, scales: readonly Scale[]): Scale {
  const size = Math.abs(value);
  return scales.find(({ by }) => size >= by) ?? scales.at(-1) ?? { by: 1, symbol: "" };
}

const trimmed = (text: string): string => (text.includes(".") ? text.replace(/\.?0+$/u, "") : text);
