import { misread, type Reading, shown } from "./reading.ts";

const plainNumber = /^[-+]?(?:\d+(?:_\d+)*)(?:\.\d+(?:_\d+)*)?(?:[eE][-+]?\d{1,3})?$/;

/** A decimal number whose digits may be grouped by single underscores; null for every other text. */
export function numberFromText(text: string): number | null {
  if (text.length > 64 || !plainNumber.test(text)) return null;
  const value = Number(text.replaceAll("_", ""));
  return Number.isFinite(value) ? value : null;
}

/** A finite number; YAML reads `1_000_000` as a text, people mean a number. */
export function readNumber(value: unknown): Reading<number> {
  const number = typeof value === "string" ? numberFromText(value.trim()) : value;
  if (typeof number === "number") {
    if (Number.isFinite(number)) return { ok: true, value: number };
    return misread("MU-A221", `${shown(number)} is not a finite number.`, "Write a finite number.");
  }
  if (typeof value === "string") {
    const share = /^([-+]?[\d_.]+)\s*%$/.exec(value.trim());
    const percent = share?.[1] === undefined ? null : numberFromText(share[1]);
    if (percent !== null) {
      const fraction = Number((percent / 100).toPrecision(12));
      return misread(
        "MU-A103",
        `${shown(value)} is a percentage where a plain number is due.`,
        `Write the number in the unit of what it is compared with, such as ${fraction}.`,
      );
    }
  }
  return misread(
    "MU-A216",
    `Expected a number, found ${shown(value)}.`,
    "Write a number, such as 0.65 or 1_000.",
  );
}
