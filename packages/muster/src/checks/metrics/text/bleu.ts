import { type BleuTokenizer, bleuTokens } from "./bleu-tokens.ts";
import type { NgramOverlap } from "./ngram-overlap.ts";
import type { TokenIds } from "./token-ids.ts";

export const bleuSmoothing = ["exp", "floor", "add-k", "none"] as const;

export interface BleuOptions {
  readonly tokenize: BleuTokenizer;
  readonly lowercase: boolean;
  /** Longest n-grams that are counted. */
  readonly maxNgramOrder: number;
  readonly smoothMethod: (typeof bleuSmoothing)[number];
  /** Of `floor` and `add-k`; their own defaults are 0.1 and 1. */
  readonly smoothValue: number | null;
  /** Leaves out the orders that the text is too short for: for single sentences. */
  readonly effectiveOrder: boolean;
}

/** The sufficient statistics of BLEU. They add up: those of a corpus are the sums of its sentences'. */
export interface BleuCounts {
  readonly systemLength: number;
  readonly referenceLength: number;
  readonly matches: readonly number[] | Float64Array;
  readonly totals: readonly number[] | Float64Array;
}

/** Holds tables between rows. */
export interface BleuWorkspace {
  readonly ids: TokenIds;
  readonly overlap: NgramOverlap;
}

/** The counts of one sentence. Of several references the length nearest to the sentence's counts, of two such the shorter. */
export function bleuCounts(
  text: string,
  references: readonly string[],
  options: Pick<BleuOptions, "tokenize" | "lowercase" | "maxNgramOrder">,
  { ids, overlap }: BleuWorkspace,
): BleuCounts {
  ids.clear();
  const idsOf = (of: string) => ids.of(bleuTokens(of, options.tokenize, options.lowercase));
  const own = idsOf(text);
  const others = references.map(idsOf);
  let nearest = others[0]?.length ?? 0;
  for (const { length } of others) {
    const nearer = Math.abs(length - own.length) - Math.abs(nearest - own.length);
    if (nearer < 0 || (nearer === 0 && length < nearest)) nearest = length;
  }
  const counts = overlap.count(own, others, options.maxNgramOrder);
  return { systemLength: own.length, referenceLength: nearest, ...counts };
}

/**
 * BLEU from 0 to 100 (K. Papineni et al., ACL 2002), smoothed as B. Chen & C. Cherry, WMT 2014: `floor` is their method
 * 1, `add-k` method 2, `exp` method 3 (mteval-v13a). As in sacrebleu it is 0 where no single token matches, whatever
 * the smoothing.
 */
export function bleuScore(
  { systemLength, referenceLength, matches, totals }: BleuCounts,
  options: Pick<BleuOptions, "maxNgramOrder" | "smoothMethod" | "smoothValue" | "effectiveOrder">,
): number {
  const { maxNgramOrder, smoothMethod, effectiveOrder } = options;
  const smooth = options.smoothValue ?? (smoothMethod === "floor" ? 0.1 : 1);
  if (matches.every((count) => count === 0)) return 0;
  let logs = 0;
  let order = maxNgramOrder;
  let halvings = 1;
  for (let n = 1; n <= maxNgramOrder; n++) {
    const added = smoothMethod === "add-k" && n > 1 ? smooth : 0;
    const match = (matches[n - 1] ?? 0) + added;
    const total = (totals[n - 1] ?? 0) + added;
    if (total === 0) {
      if (effectiveOrder) break;
      return 0;
    }
    if (effectiveOrder) order = n;
    if (match > 0) logs += Math.log((100 * match) / total);
    else if (smoothMethod === "exp") {
      halvings *= 2;
      logs += Math.log(100 / (halvings * total));
    } else if (smoothMethod === "floor") logs += Math.log((100 * smooth) / total);
    else return 0;
  }
  const brevity = systemLength < referenceLength ? Math.exp(1 - referenceLength / systemLength) : 1;
  return brevity * Math.exp(logs / order);
}

/** What somebody else needs to get the same number, in the words of sacrebleu's signature. */
export function bleuSignature(options: BleuOptions, references: number | "var"): string {
  const value =
    options.smoothValue ??
    (options.smoothMethod === "floor" ? 0.1 : options.smoothMethod === "add-k" ? 1 : null);
  return [
    `nrefs:${references}`,
    `case:${options.lowercase ? "lc" : "mixed"}`,
    `eff:${options.effectiveOrder ? "yes" : "no"}`,
    `tok:${options.tokenize}`,
    `smooth:${options.smoothMethod}${value === null ? "" : `[${value.toFixed(2)}]`}`,
    ...(options.maxNgramOrder === 4 ? [] : [`order:${options.maxNgramOrder}`]),
  ].join("|");
}
