import type { Count } from "./quantity.ts";
import { numberFromText } from "./quantity-number.ts";
import { misread, type Reading, shown } from "./reading.ts";

export interface CountRule {
  /** The one unit that may follow; null where a bare number is due. */
  readonly unit: string | null;
  readonly least: number;
  readonly most?: number;
  /** Whether 0.5 may be written (half a CPU); other counts are whole. */
  readonly fractions: "allowed" | "refused";
}

/** `1_000_000`, or with the rule's unit `2 vCPU`. */
export function readCount(value: unknown, rule: CountRule): Reading<Count> {
  const how =
    rule.unit === null
      ? "Write a whole number; digits may be grouped, as in 1_000_000."
      : `Write a number and ${rule.unit}, as in 2 ${rule.unit}.`;
  if (typeof value !== "string" && typeof value !== "number") {
    const wanted = rule.unit === null ? "a whole number" : `a number of ${rule.unit}`;
    return misread("MU-A216", `Expected ${wanted}, found ${shown(value)}.`, how);
  }
  const text = String(value).trim();
  const found = /^([-+]?[\d_.eE+]+?)(?:\s*([A-Za-z%/]+))?$/.exec(text.slice(0, 64));
  const amount = found?.[1] === undefined || text.length > 64 ? null : numberFromText(found[1]);
  if (amount === null) {
    if (typeof value === "number") return misread("MU-A221", `${text} is not a finite number.`, how);
    return misread("MU-A216", `${shown(value)} is not a number.`, how);
  }
  const unit = found?.[2] ?? null;
  if (unit !== rule.unit) return wrongUnit(text, amount, unit, rule, how);
  if (rule.fractions === "refused" && !Number.isInteger(amount)) {
    return misread("MU-A224", `${text} is not a whole number.`, how);
  }
  if (amount < rule.least || (rule.least === 0 && rule.fractions === "allowed" && amount === 0)) {
    return misread("MU-A224", `${text} is too small: the least is ${rule.least}.`, how);
  }
  const { most = Number.MAX_SAFE_INTEGER } = rule;
  if (amount > most) {
    return misread("MU-A224", `${text} is too large: the most is ${most}.`, how);
  }
  return { ok: true, value: { kind: "count", value: amount, unit, text } };
}

function wrongUnit(
  text: string,
  amount: number,
  unit: string | null,
  rule: CountRule,
  how: string,
): Reading<Count> {
  if (rule.unit !== null && unit === null) {
    return misread(
      "MU-A103",
      `Expected a number with its unit, such as ${amount} ${rule.unit}; ${text} has none.`,
      how,
    );
  }
  if (rule.unit !== null) {
    const likely = /^v?cpus?$|^cores?$/i.test(unit ?? "") ? ` Did you mean ${amount} ${rule.unit}?` : "";
    return misread("MU-A103", `"${unit}" is not ${rule.unit}.${likely}`, how);
  }
  const thousands = unit === "k" || unit === "K" ? amount * 1e3 : unit === "M" ? amount * 1e6 : null;
  const guess = thousands === null ? "" : ` Did you mean ${grouped(thousands)}?`;
  return misread("MU-A103", `Expected a number without a unit, found ${shown(text)}.${guess}`, how);
}

function grouped(value: number): string {
  return Number.isInteger(value) ? String(value).replace(/\B(?=(\d{3})+$)/g, "_") : String(value);
}
