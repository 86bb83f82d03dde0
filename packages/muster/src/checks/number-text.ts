/**
 * A measured number for a sentence: four significant digits, and more where fewer would put it on the other side of
 * its limit (0.64996 is not "0.6500" when 0.65 is required).
 */
export function numberText(value: number, limit: number): string {
  if (!Number.isFinite(value)) return String(value);
  for (let digits = 4; digits < 17; digits += 1) {
    const printed = Number(value.toPrecision(digits));
    if (Math.sign(printed - limit) === Math.sign(value - limit)) return tidy(value.toPrecision(digits));
  }
  return String(value);
}

/** No exponents for numbers that a person would write out. */
const tidy = (text: string): string => (text.includes("e") ? String(Number(text)) : text);
