import { displayWidth, measured } from "./display-width.ts";

/** A number with its sign, point, grouping and unit sign: never broken, even where it does not fit. */
const number = /^[^\p{L}\p{N}]*[\p{N}.,_:\u202f\u00a0%+-]+[^\p{L}\p{N}]*$/u;

/** Longer runs of digits are no numbers to a reader, and need not be searched for their parts. */
const longestNumber = 64;

/** A range as `[0, 500)`: its space is no place to break. */
const range = /([[(][^\s[\](),]+,) (?=[^\s[\](),]+[\])])/gu;
const glue = "\u00a0";

/**
 * Lines of at most `width` columns, broken at spaces; a word longer than a line is broken between characters, a
 * number never. There is always at least one line.
 */
export function wrap(text: string, width: number): readonly string[] {
  const limit = Math.max(1, width);
  const lines: string[] = [];
  let line = "";
  const words = text.replace(range, `$1${glue}`).split(" ");
  for (const word of words.filter((part) => part !== "")) {
    for (const piece of pieces(word, limit)) {
      const joined = line === "" ? piece : `${line} ${piece}`;
      if (line !== "" && displayWidth(joined) > limit) {
        lines.push(line);
        line = piece;
      } else {
        line = joined;
      }
    }
  }
  return [...lines, line].map((text) => text.replaceAll(glue, " "));
}

function pieces(word: string, width: number): readonly string[] {
  if (displayWidth(word) <= width || (word.length <= longestNumber && number.test(word))) return [word];
  const out: string[] = [];
  let piece = "";
  let used = 0;
  for (const { text, width: w } of measured(word)) {
    if (used + w > width && piece !== "") {
      out.push(piece);
      piece = "";
      used = 0;
    }
    piece += text;
    used += w;
  }
  return [...out, piece];
}
