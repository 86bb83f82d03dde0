import { flagParam, type ParamSpec, type Params } from "../params.ts";
import { referencesSigned } from "./bleu-metrics.ts";
import { editDistance } from "./edit-distance.ts";
import { splitWords, trim } from "./python-space.ts";
import { onScale, scaleParam } from "./scale.ts";
import { type TerTokenOptions, terTokens } from "./ter-tokens.ts";
import type { CountTexts, TextCounter, TextMetric } from "./text-deriver.ts";
import { textMean } from "./text-mean.ts";
import { referenceParams } from "./text-parts.ts";
import { textPooled } from "./text-pooled.ts";
import { TokenIds } from "./token-ids.ts";
import { translationEdits } from "./translation-edits.ts";

/** More cells than this a distance is not computed over; the row is then too long. */
export const mostEditCells = 2.5e8;

type Tokens = (text: string) => readonly string[];

/** As jiwer 4: between white space, and an empty text has no word. */
const words: Tokens = splitWords;
/** As jiwer 4: every code point, without white space at either end. */
const characters: Tokens = (text) => Array.from(trim(text));

/** Edits and the reference's length; of several references those of the least edits per length, the first of equals. */
function editsCounter(name: string, tokens: Tokens): TextCounter {
  return {
    name,
    revision: 1,
    params: [],
    names: () => ["edits", "reference_length"],
    open(): CountTexts {
      const ids = new TokenIds();
      return (text, references) => {
        ids.clear();
        const own = ids.of(tokens(text));
        let best: readonly [edits: number, length: number] | null = null;
        for (const reference of references) {
          const other = ids.of(tokens(reference));
          if (own.length * other.length > mostEditCells) return null;
          const edits = editDistance(own, other);
          if (best === null || edits * best[1] < best[0] * other.length) best = [edits, other.length];
        }
        return best;
      };
    },
  };
}

function errorRate(name: string, alias: string, counter: TextCounter, of: string): TextMetric {
  return textPooled(
    {
      name,
      aliases: [alias],
      direction: "lower",
      range: [0, Number.POSITIVE_INFINITY],
      params: referenceParams,
    },
    counter,
    ([edits = 0, length = 0]) => (length > 0 ? edits / length : `the labels have no ${of}`),
  );
}

const wordEdits = editsCounter("word_edits", words);
const characterEdits = editsCounter("character_edits", characters);

export const wordErrorRate: TextMetric = errorRate("word_error_rate", "wer", wordEdits, "word");
export const characterErrorRate: TextMetric = errorRate(
  "character_error_rate",
  "cer",
  characterEdits,
  "character",
);

/** Levenshtein's distance in characters, a mean over rows. */
export const meanEditDistance: TextMetric = textMean(
  {
    name: "edit_distance",
    aliases: ["levenshtein"],
    direction: "lower",
    range: [0, Number.POSITIVE_INFINITY],
    params: referenceParams,
  },
  editsCounter("untrimmed_edits", (text) => Array.from(text)),
  () => "edits",
);

/** Of the best reference: 1 less the edits per character of the longer text; two empty texts are alike. */
const similarity: TextCounter = {
  name: "edit_similarity",
  revision: 1,
  params: [],
  names: () => ["similarity"],
  open(): CountTexts {
    const ids = new TokenIds();
    return (text, references) => {
      ids.clear();
      const own = ids.of(Array.from(text));
      let best = 0;
      for (const reference of references) {
        const other = ids.of(Array.from(reference));
        if (own.length * other.length > mostEditCells) return null;
        const longer = Math.max(own.length, other.length);
        best = Math.max(best, longer === 0 ? 1 : 1 - editDistance(own, other) / longer);
      }
      return [best];
    };
  },
};

/** Levenshtein's distance as a similarity from 0 to 1, a mean over rows. */
export const editSimilarity: TextMetric = textMean(
  {
    name: "edit_similarity",
    aliases: [],
    direction: "higher",
    range: [0, 1],
    params: referenceParams,
  },
  similarity,
  () => "similarity",
);

const terParams: Readonly<Record<string, ParamSpec>> = {
  normalized: { kind: "flag", default: false, says: "Recovers XML entities and splits punctuation off." },
  no_punct: { kind: "flag", default: false, says: "Without punctuation." },
  asian_support: { kind: "flag", default: false, says: "Each Chinese and Japanese character stands alone." },
  case_sensitive: { kind: "flag", default: false, says: "Upper and lower case differ." },
  ...scaleParam,
  ...referenceParams,
};

function terOptions(given: Params): TerTokenOptions {
  return {
    normalized: flagParam(given, "normalized"),
    noPunct: flagParam(given, "no_punct"),
    asianSupport: flagParam(given, "asian_support"),
    caseSensitive: flagParam(given, "case_sensitive"),
  };
}

const terCounter: TextCounter = {
  name: "ter_counts",
  revision: 1,
  params: ["normalized", "no_punct", "asian_support", "case_sensitive"],
  names: () => ["edits", "reference_length"],
  open(given) {
    const options = terOptions(given);
    const ids = new TokenIds();
    return (text, references) => {
      ids.clear();
      const own = ids.of(terTokens(text, options));
      let least = Number.POSITIVE_INFINITY;
      let length = 0;
      for (const reference of references) {
        // sacrebleu 2.6 tokenises references twice, which splits a few more words ("dog's" before a tab).
        const once = terTokens(reference, options).join(" ");
        const other = ids.of(terTokens(once, options));
        const edits = translationEdits(own, other);
        if (edits === null) return null;
        least = Math.min(least, edits);
        length += other.length;
      }
      // The least edits to any reference, over their mean length (Snover et al. 2006).
      return [least, length / references.length];
    };
  },
};

export const ter: TextMetric = textPooled(
  {
    name: "ter",
    aliases: ["translation_edit_rate"],
    direction: "lower",
    range: [0, Number.POSITIVE_INFINITY],
    params: terParams,
    signature({ params: given }) {
      const { normalized, noPunct, asianSupport, caseSensitive } = terOptions(given);
      const yes = (flag: boolean) => (flag ? "yes" : "no");
      return [
        `nrefs:${referencesSigned(given)}`,
        `case:${caseSensitive ? "mixed" : "lc"}`,
        "tok:tercom",
        `norm:${yes(normalized)}`,
        `punct:${yes(!noPunct)}`,
        `asian:${yes(asianSupport)}`,
      ].join("|");
    },
  },
  terCounter,
  ([edits = 0, length = 0], { params: given }) =>
    // Against references without a word sacrebleu says 100 for any text, and 0 for none.
    onScale(given, length > 0 ? (100 * edits) / length : edits > 0 ? 100 : 0),
);
