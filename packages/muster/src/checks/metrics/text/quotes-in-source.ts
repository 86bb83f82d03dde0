import { flagParam, numberParam, type ParamSpec } from "../params.ts";
import { splitWords } from "./python-space.ts";
import { quotedPassages } from "./quoted-passages.ts";
import type { CountTexts, TextMetric } from "./text-deriver.ts";
import { referenceParams } from "./text-parts.ts";
import { textShare } from "./text-share.ts";

/** Quotations times characters of the sources: looking for more takes too long. */
const mostLookups = 2.5e8;

const params: Readonly<Record<string, ParamSpec>> = {
  least_words: {
    kind: "integer",
    least: 1,
    most: 100,
    default: 3,
    says: "Shorter quotations are names and terms, and not looked for.",
  },
  quote_needed: {
    kind: "flag",
    default: false,
    says: "A text without any quotation does not count as kept.",
  },
  ...referenceParams,
};

/**
 * The share of texts all of whose quotations stand in a source, word by word: a quotation that was made up is the
 * plainest sign of an answer that is not grounded. White space and a mark of punctuation at the end make no difference.
 */
export const quotesInSource: TextMetric = textShare(
  { name: "quotes_in_source", aliases: [], direction: "higher", params },
  {
    name: "quotes_in_source",
    revision: 1,
    params: ["least_words", "quote_needed"],
    names: () => ["kept"],
    open(given): CountTexts {
      const least = numberParam(given, "least_words");
      const needed = flagParam(given, "quote_needed");
      return (text, references) => {
        const quotes = quotedPassages(text).flatMap((passage) => {
          const words = splitWords(passage);
          return words.length < least ? [] : [words.join(" ").replace(/[.,;:!?…]$/u, "")];
        });
        if (quotes.length === 0) return [needed ? 0 : 1];
        const sources = references.map((reference) => splitWords(reference).join(" "));
        const characters = sources.reduce((sum, { length }) => sum + length, 0);
        if (quotes.length * characters > mostLookups) return null;
        return [quotes.every((quote) => sources.some((source) => source.includes(quote))) ? 1 : 0];
      };
    },
  },
  "kept",
);
