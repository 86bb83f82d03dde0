import type { Size } from "./quantity.ts";
import { numberFromText } from "./quantity-number.ts";
import { misread, type Reading, shown } from "./reading.ts";

const unitBytes: ReadonlyMap<string, number> = new Map([
  ["B", 1],
  ["kB", 1e3],
  ["MB", 1e6],
  ["GB", 1e9],
  ["TB", 1e12],
  ["KiB", 2 ** 10],
  ["MiB", 2 ** 20],
  ["GiB", 2 ** 30],
  ["TiB", 2 ** 40],
]);

const units =
  "Units are B, kB, MB, GB, TB (powers of 1000) and KiB, MiB, GiB, TiB (powers of 1024), as in 10MiB.";

/** `10MiB`, `2GB`: whole bytes. Decimal and binary units are both known and never mixed up. */
export function readSize(value: unknown): Reading<Size> {
  if (typeof value === "number" || (typeof value === "string" && numberFromText(value.trim()) !== null)) {
    const number = String(value).trim();
    return misread(
      "MU-A103",
      `Expected a size with its unit, such as ${number}MiB; ${number} has none.`,
      units,
    );
  }
  if (typeof value !== "string") {
    return misread("MU-A216", `Expected a size such as 10MiB, found ${shown(value)}.`, units);
  }
  const text = value.trim();
  const found = /^([-+]?[\d_.]+)\s*([A-Za-z]+)$/.exec(text.slice(0, 64));
  const amount = found?.[1] === undefined ? null : numberFromText(found[1]);
  const unit = found?.[2];
  if (amount === null || unit === undefined || text.length > 64) {
    return misread("MU-A103", `${shown(text)} is not a size.`, units);
  }
  const factor = unitBytes.get(unit);
  if (factor === undefined) return unknownUnit(amount, unit);
  const bytes = amount * factor;
  if (bytes < 1 || !Number.isSafeInteger(Math.round(bytes))) {
    return misread("MU-A224", `${shown(text)} is not a size between one byte and 8 PiB.`, units);
  }
  return { ok: true, value: { kind: "size", bytes: Math.round(bytes), text } };
}

function unknownUnit(amount: number, unit: string): Reading<Size> {
  const letter = unit[0]?.toUpperCase() ?? "";
  const sameLetters = [...unitBytes.keys()].find((known) => known.toLowerCase() === unit.toLowerCase());
  let guess = "";
  // "Mb" may be megabits, and "M" is decimal for some tools and binary for others: name both, choose none.
  if (sameLetters !== undefined && !/^[kKMGT]b$/.test(unit)) guess = ` Did you mean ${amount}${sameLetters}?`;
  else if (/^[KMGT](?:b|i|ib)?$/i.test(unit)) {
    const decimal = letter === "K" ? "kB" : `${letter}B`;
    guess = ` Did you mean ${amount}${letter}iB (powers of 1024) or ${amount}${decimal} (powers of 1000)?`;
  }
  return misread("MU-A103", `"${unit}" is not a unit of size.${guess}`, units);
}
