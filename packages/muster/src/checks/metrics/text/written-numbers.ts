/**
 * The numbers that stand in a text, in their order, each in one form for all ways to write it: `1,234.50` and `1234.5` are
 * the same. English notation: a comma parts thousands, a point begins the fraction. A minus belongs to the number unless a
 * letter, digit or closing bracket stands before it (`3-4` are 3 and 4); digits right after a letter are part of a word,
 * but in scripts without upper and lower case, which write words and numbers together.
 */
export function writtenNumbers(text: string): string[] {
  return Array.from(text.matchAll(written), (found) => {
    const { whole = "", fraction = "", alone = "", exponent = "0" } = found.groups ?? {};
    return canonical(isMinus(text, found.index), whole.replaceAll(",", ""), fraction || alone, exponent);
  });
}

const written =
  /(?<![\p{Ll}\p{Lu}\p{N}_])(?:(?<whole>\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.(?<fraction>\d+))?|(?<!\d)\.(?<alone>\d+))(?:[eE](?<exponent>[-+]?\d{1,4})(?![\p{Ll}\p{Lu}\d]))?/gu;

function isMinus(text: string, at: number): boolean {
  const sign = text[at - 1];
  if (sign !== "-" && sign !== "−") return false;
  return !/[\p{Ll}\p{Lu}\p{N}\p{Pe}_]$/u.test(text.slice(Math.max(0, at - 3), at - 1));
}

/** Digits without zeros at either end, and the power of ten that they are taken times. */
function canonical(minus: boolean, whole: string, fraction: string, exponent: string): string {
  const digits = `${whole}${fraction}`.replace(/^0+/, "");
  const significant = withoutZeros(digits);
  if (significant === "") return "0";
  const power = Number(exponent) - fraction.length + digits.length - significant.length;
  return `${minus ? "-" : ""}${significant}e${power}`;
}

/** Without those at the end. A pattern would start anew at each of them. */
function withoutZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === "0") end--;
  return digits.slice(0, end);
}
