import { MusterError } from "../source/muster-error.ts";

/** An option's whole number, also as `1_000` and `1e6`. */
export function wholeNumber(text: string, option: string, least: number, most: number): number {
  const value = /^\d[\d_]*(?:e\d+)?$/i.test(text) ? Number(text.replaceAll("_", "")) : Number.NaN;
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
  throw new MusterError(
    "call/bad-argument",
    `${option} ${JSON.stringify(text)} is no whole number from ${least} to ${most}.`,
  );
}

export function asNumber(text: string, option: string): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw new MusterError("call/bad-argument", `${option} ${JSON.stringify(text)} is no number.`);
}
