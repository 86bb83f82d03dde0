/** A narrow no-break space: the thin grouping of ISO 80000-1, which no line wrapping tears apart. */
export const thin = "\u202f";

/**
 * The value at the least number of significant digits, `from` at least, at which it lies on the same side of every
 * one of `limits` as the real one: 0.6499 does not print as 0.65 where 0.65 is the limit.
 */
export function roundedBeside(value: number, limits: readonly number[], from: number): string {
  for (let digits = from; digits < 17; digits += 1) {
    const text = value.toExponential(digits - 1);
    const rounded = Number(text);
    if (limits.every((limit) => Math.sign(rounded - limit) === Math.sign(value - limit))) return text;
  }
  return value.toExponential(16);
}

/**
 * Scientific notation as a plain decimal, its point moved right by `shift` places on the digits themselves, so that
 * no rounding of a multiplication comes in: ("6.49e-2", 2) is "6.49".
 */
export function decimal(scientific: string, shift = 0): string {
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/u.exec(scientific);
  if (match === null) return scientific;
  const [, sign = "", first = "", rest = "", exponent = "0"] = match;
  const digits = first + rest;
  const point = Number(exponent) + shift + 1;
  if (point > 15 || point < -4) {
    const power = point - 1;
    return `${sign}${first}${rest === "" ? "" : `.${rest}`}e${power < 0 ? "" : "+"}${power}`;
  }
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  if (point >= digits.length) return sign + grouped(digits + "0".repeat(point - digits.length));
  return `${sign}${grouped(digits.slice(0, point))}.${digits.slice(point)}`;
}

/** The shortest decimal that reads back as the same number: what a person would have written. */
export function exact(value: number, shift = 0): string {
  return decimal(value.toExponential(), shift);
}

function grouped(integer: string): string {
  return integer.replace(/\B(?=(\d{3})+$)/gu, thin);
}
