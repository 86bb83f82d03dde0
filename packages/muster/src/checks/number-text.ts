/**
 * A measured number for a sentence: at most four significant digits, and more where fewer would put it on the other side of
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

/** A whole number for a sentence: "20 919", with thin spaces that no line wrapping tears apart. */
export const countText = (count: number): string =>
  Number.isSafeInteger(count) ? String(count).replace(/\B(?=(\d{3})+$)/gu, "\u202f") : String(count);

/** "1 row", "20 919 rows". */
export const rowsText = (rows: number): string => `${countText(rows)} row${rows === 1 ? "" : "s"}`;

/** A confidence in percent, without the digits that binary fractions add: 0.55 is "55 %". */
export const percentText = (share: number): string => `${Number((100 * share).toPrecision(12))} %`;

/** No exponents for numbers that a person would write out, and no zeros that say nothing. */
const tidy = (text: string): string => String(Number(text));
