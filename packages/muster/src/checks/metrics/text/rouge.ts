import { commonLength, commonPlaces } from "./longest-common-subsequence.ts";
import { NgramOverlap } from "./ngram-overlap.ts";
import { type RougeTokenOptions, rougeTokens } from "./rouge-tokens.ts";
import { TokenIds } from "./token-ids.ts";

export type RougeVariant = "rouge1" | "rouge2" | "rougeL" | "rougeLsum";

/** What a text shares with its reference, out of what either has. */
export interface Overlap {
  readonly precision: number;
  readonly recall: number;
  readonly fmeasure: number;
}

/** More cells than this a row's subsequences are not computed over; the row is then too long. */
export const mostRougeCells = { rougeL: 2.5e8, rougeLsum: 1.6e7 } as const;

/** Precision, recall and their harmonic mean; 0 where there is nothing, as in rouge-score. */
export function overlapOf(hits: number, inText: number, inReference: number): Overlap {
  const precision = inText > 0 ? hits / inText : 0;
  const recall = inReference > 0 ? hits / inReference : 0;
  const sum = precision + recall;
  return { precision, recall, fmeasure: sum > 0 ? (2 * precision * recall) / sum : 0 };
}

/**
 * ROUGE of one text (C.-Y. Lin, ROUGE, 2004), with the numbers of rouge-score 0.1.2, which are those of Perl's
 * ROUGE-1.5.5. Of several references the one with the highest f-measure counts, the first of equals. Null when the
 * texts are too long for it. `rougeLsum` takes every line for a sentence.
 */
export function rouge(
  variant: RougeVariant,
  text: string,
  references: readonly string[],
  options: RougeTokenOptions,
): Overlap | null {
  let best: Overlap | null = null;
  for (const reference of references) {
    const found = ofOne(variant, text, reference, options);
    if (found === null) return null;
    if (best === null || found.fmeasure > best.fmeasure) best = found;
  }
  return best;
}

function ofOne(
  variant: RougeVariant,
  text: string,
  reference: string,
  options: RougeTokenOptions,
): Overlap | null {
  const ids = new TokenIds();
  if (variant === "rougeLsum") {
    const lines = (of: string) => of.split("\n").map((line) => ids.of(rougeTokens(line, options)));
    return summaryLevel(lines(text), lines(reference));
  }
  const own = ids.of(rougeTokens(text, options));
  const other = ids.of(rougeTokens(reference, options));
  if (variant === "rougeL") {
    if (own.length * other.length > mostRougeCells.rougeL) return null;
    return overlapOf(commonLength(own, other), own.length, other.length);
  }
  const n = variant === "rouge1" ? 1 : 2;
  const { matches } = new NgramOverlap().count(own, [other], n);
  return overlapOf(matches[n - 1] ?? 0, Math.max(0, own.length - n + 1), Math.max(0, other.length - n + 1));
}

/** The union of each reference sentence's subsequences with all sentences of the text; no token counts twice. */
function summaryLevel(text: readonly Int32Array[], reference: readonly Int32Array[]): Overlap | null {
  const lengthOf = (sentences: readonly Int32Array[]) => sentences.reduce((sum, one) => sum + one.length, 0);
  const [own, other] = [lengthOf(text), lengthOf(reference)];
  if (own * other > mostRougeCells.rougeLsum) return null;
  const left = [timesOf(text), timesOf(reference)];
  let hits = 0;
  for (const sentence of reference) {
    const union = new Set(text.flatMap((one) => commonPlaces(sentence, one)));
    for (const place of [...union].sort((a, b) => a - b)) {
      const token = sentence[place] ?? -1;
      if (!left.every((times) => (times.get(token) ?? 0) > 0)) continue;
      hits += 1;
      for (const times of left) times.set(token, (times.get(token) ?? 0) - 1);
    }
  }
  return overlapOf(hits, own, other);
}

function timesOf(sentences: readonly Int32Array[]): Map<number, number> {
  const times = new Map<number, number>();
  for (const sentence of sentences)
    for (const token of sentence) times.set(token, (times.get(token) ?? 0) + 1);
  return times;
}
