import type { TextMetric } from "./text-deriver.ts";
import { referenceParams } from "./text-parts.ts";
import { textShare } from "./text-share.ts";
import { writtenNumbers } from "./written-numbers.ts";

/**
 * The share of texts whose last number is the last number of a reference: how answers that reason first are commonly
 * scored (K. Cobbe et al., Training verifiers to solve math word problems, 2021). Without a number nothing matches.
 */
export const finalNumberMatch: TextMetric = textShare(
  { name: "final_number_match", aliases: [], direction: "higher", params: referenceParams },
  {
    name: "final_number_match",
    revision: 1,
    params: [],
    names: () => ["match"],
    open: () => (text, references) => {
      const own = writtenNumbers(text).at(-1);
      const others = references.map((reference) => writtenNumbers(reference).at(-1));
      return [own !== undefined && others.includes(own) ? 1 : 0];
    },
  },
  "match",
);

/** The share of texts that have no number which stands in none of the sources; a text without numbers has none. */
export const numbersInSource: TextMetric = textShare(
  { name: "numbers_in_source", aliases: [], direction: "higher", params: referenceParams },
  {
    name: "numbers_in_source",
    revision: 1,
    params: [],
    names: () => ["kept"],
    open: () => (text, references) => {
      const known = new Set(references.flatMap(writtenNumbers));
      return [writtenNumbers(text).every((number) => known.has(number)) ? 1 : 0];
    },
  },
  "kept",
);
