/** A double, exactly: `0.1` alone would be a decimal in most engines. */
export function doubleLiteral(value: number): string {
  if (Number.isNaN(value)) return "CAST('NaN' AS DOUBLE)";
  if (value === Number.POSITIVE_INFINITY) return "CAST('Infinity' AS DOUBLE)";
  if (value === Number.NEGATIVE_INFINITY) return "CAST('-Infinity' AS DOUBLE)";
  const text = String(value).replace("e+", "e");
  const literal = text.includes("e") ? text : `${text}e0`;
  return literal.startsWith("-") ? `(${literal})` : literal;
}

/** A whole number up to 2^53, as an integer. */
export function integerLiteral(value: number): string {
  const text = BigInt(value).toString();
  return text.startsWith("-") ? `(${text})` : text;
}

/** True exactly for finite doubles: NaN is greater than infinity in every engine, and null stays null. */
export function isFiniteSql(double: string): string {
  return `ABS(${double}) < CAST('Infinity' AS DOUBLE)`;
}
