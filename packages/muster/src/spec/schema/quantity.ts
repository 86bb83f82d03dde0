import type { z } from "zod";
import type { Count, Day, Duration, Rate, Share, Size } from "../quantity.ts";
import { type CountRule, readCount } from "../quantity-count.ts";
import { readDay } from "../quantity-day.ts";
import { readDuration } from "../quantity-duration.ts";
import { readNumber } from "../quantity-number.ts";
import { readRate } from "../quantity-rate.ts";
import { readShare } from "../quantity-share.ts";
import { readSize } from "../quantity-size.ts";
import { misread, type Reading } from "../reading.ts";
import { leaf } from "./leaf.ts";

const digits = "[0-9][0-9_]*(\\.[0-9]+)?";

export interface DurationRule {
  /** Whether 0s may be written; a budget of nothing is a slip, a cooldown of nothing is not. */
  readonly zero: "allowed" | "refused";
}

export function duration(
  description: string,
  examples: readonly string[],
  rule: DurationRule = { zero: "refused" },
): z.ZodType<Duration> {
  const about = {
    title: "duration",
    description,
    examples,
    type: "string",
    pattern: `^(${digits}\\s*(ms|s|m|h|d|w)\\s*)+$`,
  };
  return leaf(about, (value) => {
    const reading = readDuration(value);
    if (!reading.ok || reading.value.ms > 0 || rule.zero === "allowed") return reading;
    return misread(
      "MU-A224",
      "This duration has to be longer than nothing.",
      `Write a duration such as ${examples[0]}.`,
    );
  });
}

export interface ShareRule {
  /** Bounds that themselves are refused, as fractions. */
  readonly above?: number;
  readonly below?: number;
}

export function share(
  description: string,
  examples: readonly string[],
  rule: ShareRule = {},
): z.ZodType<Share> {
  const about = {
    title: "share",
    description,
    examples,
    anyOf: [
      { type: "string", pattern: `^${digits}\\s*%$` },
      { type: "number", minimum: 0, maximum: 1 },
    ],
  };
  return leaf(about, (value) => boundedShare(readShare(value), rule));
}

function boundedShare(reading: Reading<Share>, rule: ShareRule): Reading<Share> {
  if (!reading.ok) return reading;
  const { value, text } = reading.value;
  if (rule.above !== undefined && value <= rule.above) {
    return misread(
      "MU-A224",
      `${text} is too small: it has to be more than ${rule.above * 100}%.`,
      "Write a larger share.",
    );
  }
  if (rule.below !== undefined && value >= rule.below) {
    return misread(
      "MU-A224",
      `${text} is too large: it has to be less than ${rule.below * 100}%.`,
      "Write a smaller share.",
    );
  }
  return reading;
}

export function rate(description: string, examples: readonly string[]): z.ZodType<Rate> {
  const about = {
    title: "rate",
    description,
    examples,
    type: "string",
    pattern: `^${digits}\\s*/\\s*(s|m|h|d)$`,
  };
  return leaf(about, readRate);
}

export function size(description: string, examples: readonly string[]): z.ZodType<Size> {
  const about = {
    title: "size",
    description,
    examples,
    type: "string",
    pattern: `^${digits}\\s*(B|kB|MB|GB|TB|KiB|MiB|GiB|TiB)$`,
  };
  return leaf(about, readSize);
}

/** A whole number of things, at least one unless the rule says otherwise. */
export function count(
  description: string,
  examples: readonly (string | number)[],
  rule: Partial<CountRule> = {},
): z.ZodType<Count> {
  const whole: CountRule = { unit: null, least: 1, fractions: "refused", ...rule };
  const pattern = whole.unit === null ? "^[0-9]+(_[0-9]+)*$" : `^${digits}\\s*${whole.unit}$`;
  const text = { type: "string", pattern };
  const bare = {
    type: "integer",
    minimum: whole.least,
    ...(whole.most === undefined ? {} : { maximum: whole.most }),
  };
  const shape = whole.unit === null ? { anyOf: [bare, text] } : text;
  return leaf({ title: "count", description, examples, ...shape }, (value) => readCount(value, whole));
}

export function day(description: string, examples: readonly string[]): z.ZodType<Day> {
  return leaf({ title: "day", description, examples, type: "string", format: "date" }, readDay);
}

/** A limit in a metric's own unit: a bare number, or a share that says so. */
export function numberOrShare(
  description: string,
  examples: readonly (string | number)[],
): z.ZodType<number | Share> {
  const about = {
    title: "number or share",
    description,
    examples,
    anyOf: [{ type: "number" }, { type: "string", pattern: `^${digits}\\s*%?$` }],
  };
  return leaf(about, (value): Reading<number | Share> => {
    if (typeof value === "string" && value.trim().endsWith("%")) return readShare(value);
    return readNumber(value);
  });
}
