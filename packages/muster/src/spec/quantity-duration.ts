import type { Duration } from "./quantity.ts";
import { numberFromText } from "./quantity-number.ts";
import { misread, type Reading, shown } from "./reading.ts";

const unitMs: ReadonlyMap<string, number> = new Map([
  ["ms", 1],
  ["s", 1_000],
  ["m", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
  ["w", 604_800_000],
]);

const meant: ReadonlyMap<string, string> = new Map([
  ["msec", "ms"],
  ["msecs", "ms"],
  ["millisecond", "ms"],
  ["milliseconds", "ms"],
  ["sec", "s"],
  ["secs", "s"],
  ["second", "s"],
  ["seconds", "s"],
  ["min", "m"],
  ["mins", "m"],
  ["minute", "m"],
  ["minutes", "m"],
  ["hr", "h"],
  ["hrs", "h"],
  ["hour", "h"],
  ["hours", "h"],
  ["day", "d"],
  ["days", "d"],
  ["week", "w"],
  ["weeks", "w"],
]);

const units = "Units are ms, s, m (minutes), h, d and w, as in 5ms, 10s, 1h30m or 90d.";
const part = /(\d[\d_]*(?:\.\d+)?)\s*([A-Za-zµμ]+)\s*/y;
/** A hundred years: what is longer is a slip, and would not fit into a date. */
const longestMs = 100 * 366 * 86_400_000;

/** `5ms`, `10s`, `1m`, `2h`, `7d`, `1w` and sums of them from the greatest unit down, `1h30m`. */
export function readDuration(value: unknown): Reading<Duration> {
  if (typeof value === "number" || (typeof value === "string" && numberFromText(value.trim()) !== null)) {
    const number = String(value).trim();
    return misread(
      "MU-A103",
      `Expected a duration with its unit, such as ${number.replace(/^-/, "")}ms; ${number} has none.`,
      units,
    );
  }
  if (typeof value !== "string") {
    return misread("MU-A216", `Expected a duration such as 25ms, found ${shown(value)}.`, units);
  }
  const text = value.trim();
  if (text.length > 64) return misread("MU-A103", `${shown(text)} is not a duration.`, units);
  let ms = 0;
  let smallest = Number.POSITIVE_INFINITY;
  let at = 0;
  while (at < text.length) {
    part.lastIndex = at;
    const found = part.exec(text);
    const amount = found?.[1] === undefined ? null : numberFromText(found[1]);
    const unit = found?.[2];
    if (found === null || amount === null || unit === undefined) {
      return misread("MU-A103", `${shown(text)} is not a duration.`, units);
    }
    const factor = unitMs.get(unit);
    if (factor === undefined) return unknownUnit(text, amount, unit);
    if (factor >= smallest) {
      return misread(
        "MU-A103",
        `${shown(text)} does not name its units from the greatest down.`,
        "Name each unit once, the greatest first, as in 1h30m.",
      );
    }
    smallest = factor;
    ms += amount * factor;
    at = part.lastIndex;
  }
  if (text === "") return misread("MU-A103", "Expected a duration such as 25ms, found an empty text.", units);
  if (ms > longestMs) {
    return misread("MU-A224", `${shown(text)} is longer than a hundred years.`, "Write a shorter duration.");
  }
  // Binary fractions: 0.1s + 0.2s must be 300 ms.
  return { ok: true, value: { kind: "duration", ms: Number(ms.toPrecision(15)), text } };
}

function unknownUnit(text: string, amount: number, unit: string): Reading<Duration> {
  const lower = unit.toLowerCase();
  const known = meant.get(lower) ?? (unitMs.has(lower) && unit !== "M" ? lower : undefined);
  const guess =
    known === undefined || /\d.*\d\s*[A-Za-z]+\s*\d/.test(text) ? "" : ` Did you mean ${amount}${known}?`;
  return misread("MU-A103", `"${unit}" is not a unit of time.${guess}`, units);
}
