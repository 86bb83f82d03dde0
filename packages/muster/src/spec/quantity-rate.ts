import type { Rate } from "./quantity.ts";
import { numberFromText } from "./quantity-number.ts";
import { misread, type Reading, shown } from "./reading.ts";

const unitSeconds: ReadonlyMap<string, number> = new Map([
  ["s", 1],
  ["m", 60],
  ["h", 3_600],
  ["d", 86_400],
]);

const meant: ReadonlyMap<string, string> = new Map([
  ["sec", "s"],
  ["second", "s"],
  ["min", "m"],
  ["minute", "m"],
  ["hr", "h"],
  ["hour", "h"],
  ["day", "d"],
]);

const how = "Write how many a second (500/s), minute (30/m), hour (10_000/h) or day (5/d).";

/** `500/s`, `30/m`, `10_000/h`, `5/d`; more than none. */
export function readRate(value: unknown): Reading<Rate> {
  if (typeof value === "number" || (typeof value === "string" && numberFromText(value.trim()) !== null)) {
    const number = String(value).trim();
    return misread("MU-A103", `Expected a rate with its unit, such as ${number}/s; ${number} has none.`, how);
  }
  if (typeof value !== "string") {
    return misread("MU-A216", `Expected a rate such as 500/s, found ${shown(value)}.`, how);
  }
  const text = value.trim();
  const found = /^([-+]?[\d_.]+)\s*(?:\/\s*([A-Za-z]+)|([A-Za-z]+))$/.exec(text.slice(0, 64));
  const amount = found?.[1] === undefined ? null : numberFromText(found[1]);
  if (found === null || amount === null || text.length > 64) {
    return misread("MU-A103", `${shown(text)} is not a rate.`, how);
  }
  const unit = found[2] ?? found[3] ?? "";
  const seconds = found[2] === undefined ? undefined : unitSeconds.get(unit);
  if (seconds === undefined) return unknownUnit(amount, unit);
  if (amount <= 0) return misread("MU-A224", `${shown(text)} is not more than none.`, how);
  return { ok: true, value: { kind: "rate", perSecond: amount / seconds, text } };
}

function unknownUnit(amount: number, unit: string): Reading<Rate> {
  const lower = unit.toLowerCase();
  const known = /^(qps|rps|tps)$/.test(lower)
    ? "s"
    : (meant.get(lower) ?? (unitSeconds.has(lower) ? lower : null));
  const guess = known === null ? "" : ` Did you mean ${amount}/${known}?`;
  return misread("MU-A103", `"${unit}" is not the unit of a rate.${guess}`, how);
}
