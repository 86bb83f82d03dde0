import type { Share } from "./quantity.ts";
import { numberFromText } from "./quantity-number.ts";
import { misread, type Reading, shown } from "./reading.ts";

const how = "Write a percentage such as 3%, or its fraction, 0.03.";

/** `3%` or `0.03`, from 0 to 1. A bare number over 1 is taken for a forgotten percent sign, and refused. */
export function readShare(value: unknown): Reading<Share> {
  if (typeof value === "number") return fraction(value, String(value));
  if (typeof value !== "string") {
    return misread("MU-A216", `Expected a share such as 3%, found ${shown(value)}.`, how);
  }
  const text = value.trim();
  if (text.endsWith("%")) {
    const percent = numberFromText(text.slice(0, -1).trim());
    if (percent === null) return misread("MU-A103", `${shown(text)} is not a share.`, how);
    if (percent < 0 || percent > 100) {
      return misread("MU-A224", `${text} is not a share: it lies outside of 0% to 100%.`, how);
    }
    return { ok: true, value: { kind: "share", value: Number((percent / 100).toPrecision(15)), text } };
  }
  const number = numberFromText(text);
  if (number !== null) return fraction(number, text);
  return misread("MU-A103", `${shown(text)} is not a share.`, how);
}

function fraction(value: number, text: string): Reading<Share> {
  if (!Number.isFinite(value)) return misread("MU-A221", `${text} is not a finite number.`, how);
  if (value >= 0 && value <= 1) return { ok: true, value: { kind: "share", value, text } };
  if (value > 1 && value <= 100) {
    return misread(
      "MU-A103",
      `Expected a share; ${text} lies outside of 0 to 1. Did you mean ${text}%?`,
      how,
    );
  }
  return misread("MU-A224", `Expected a share; ${text} lies outside of 0 to 1.`, how);
}
