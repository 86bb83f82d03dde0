import { md5 } from "@noble/hashes/legacy.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";

/** All code points with Unicode's property White_Space, and U+FEFF, which files begin with: what `trim` takes off. */
export const blank: string = String.fromCodePoint(
  0x09,
  0x0a,
  0x0b,
  0x0c,
  0x0d,
  0x20,
  0x85,
  0xa0,
  0x1680,
  0x2000,
  0x2001,
  0x2002,
  0x2003,
  0x2004,
  0x2005,
  0x2006,
  0x2007,
  0x2008,
  0x2009,
  0x200a,
  0x2028,
  0x2029,
  0x202f,
  0x205f,
  0x3000,
  0xfeff,
);

const blanks: ReadonlySet<number> = new Set(Array.from(blank, (point) => point.charCodeAt(0)));

/** Without `blank` at both ends. */
export function trimmed(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && blanks.has(text.charCodeAt(from))) from += 1;
  while (to > from && blanks.has(text.charCodeAt(to - 1))) to -= 1;
  return text.slice(from, to);
}

/** Letters whose small form came with Unicode 16 and 17: engines do not know of all of them, so they stay as they are. */
const tooNew: ReadonlySet<number> = new Set([0x1c89, 0xa7cb, 0xa7cc, 0xa7ce, 0xa7d2, 0xa7d4, 0xa7da, 0xa7dc]);
const isTooNew = (point: number): boolean =>
  tooNew.has(point) || (point >= 0x10d50 && point <= 0x10d65) || (point >= 0x16ea0 && point <= 0x16eb8);

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
const ascii = /^[\x00-\x7f]*$/;

/**
 * Every code point by itself, by the simple mapping of Unicode 15 (UnicodeData.txt, field 13): no context, so that a
 * final sigma is no other letter than the one inside of a word, and one code point for one, so that U+0130 becomes i.
 */
export function lowercase(text: string): string {
  if (ascii.test(text)) return text.toLowerCase();
  let small = "";
  for (const letter of text) {
    const point = letter.codePointAt(0) ?? 0;
    small += point === 0x130 ? "i" : isTooNew(point) ? letter : letter.toLowerCase();
  }
  return small;
}

/** The first 32 bits of the MD5 (RFC 1321) of the text's UTF-8 bytes, as a number. No protection: it only spreads. */
export function md5Number(text: string): number {
  const [a = 0, b = 0, c = 0, d = 0] = md5(utf8ToBytes(text));
  return a * 16_777_216 + b * 65_536 + c * 256 + d;
}
