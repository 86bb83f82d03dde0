import { splitWords, trimEnd } from "./python-space.ts";

export const bleuTokenizers = ["13a", "intl", "char", "none"] as const;

export type BleuTokenizer = (typeof bleuTokenizers)[number];

/**
 * The tokens of a text as sacrebleu 2.6 has them: `13a` as NIST's mteval-v13a.pl, `intl` as mteval-v14.pl with
 * Unicode's punctuation and symbols, `char` each character, `none` what stands between white space.
 */
export function bleuTokens(text: string, tokenizer: BleuTokenizer, lowercase: boolean): string[] {
  const line = trimEnd(lowercase ? text.toLowerCase() : text);
  switch (tokenizer) {
    case "13a":
      return splitWords(mteval13a(line));
    case "intl":
      return splitWords(mteval14(line));
    case "char":
      return splitWords(line).flatMap((word) => Array.from(word));
    case "none":
      return splitWords(line);
    default:
      return tokenizer satisfies never;
  }
}

/** ASCII's punctuation but for the apostrophe, comma, dash and period, which depend on their neighbours. */
const plainMarks = /[!-&(-+:-@/[-`{-~]/g;

function mteval13a(text: string): string {
  let line = text.replaceAll("<skipped>", "").replaceAll("-\n", "").replaceAll("\n", " ");
  if (line.includes("&")) {
    line = line
      .replaceAll("&quot;", '"')
      .replaceAll("&amp;", "&")
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">");
  }
  return ` ${line} `
    .replace(plainMarks, " $& ")
    .replace(/([^0-9])([.,])/g, "$1 $2 ")
    .replace(/([.,])([^0-9])/g, " $1 $2")
    .replace(/([0-9])(-)/g, "$1 $2 ");
}

function mteval14(line: string): string {
  return line
    .replace(/(\P{N})(\p{P})/gu, "$1 $2 ")
    .replace(/(\p{P})(\P{N})/gu, " $1 $2")
    .replace(/(\p{S})/gu, " $1 ");
}
