import type { NgramOverlap } from "./ngram-overlap.ts";
import { splitWords } from "./python-space.ts";
import type { TokenIds } from "./token-ids.ts";

export interface ChrfOptions {
  readonly charOrder: number;
  /** 0 for chrF, 2 for chrF++. */
  readonly wordOrder: number;
  /** How many times recall weighs precision. */
  readonly beta: number;
  readonly lowercase: boolean;
  /** White space counts as characters, too. */
  readonly whitespace: boolean;
  /** As chrF++.py, NLTK and Moses: every order counts, an order without n-grams as 1e-16. */
  readonly epsSmoothing: boolean;
}

export interface ChrfWorkspace {
  readonly characters: NgramOverlap;
  readonly words: NgramOverlap;
  readonly ids: TokenIds;
}

/** For each order, characters first: n-grams of the text, of the reference, and in both. Sums of them are a corpus's. */
export type ChrfCounts = Float64Array | readonly number[];

const marks = new Set("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~");

/** Words with one mark at their end, else at their start, split off: `(hi)` is `(hi` and `)`, as in chrF++.py. */
function chrfWords(text: string): string[] {
  return splitWords(text).flatMap((word) => {
    const last = word.charAt(word.length - 1);
    if (word.length === 1 || isOneCharacter(word)) return [word];
    if (marks.has(last)) return [word.slice(0, -1), last];
    const first = word.charAt(0);
    return marks.has(first) ? [first, word.slice(1)] : [word];
  });
}

function isOneCharacter(word: string): boolean {
  return word.length === 2 && (word.codePointAt(0) ?? 0) > 0xffff;
}

function characters(text: string, whitespace: boolean): Int32Array {
  const kept = whitespace ? text : splitWords(text).join("");
  const points = new Int32Array(kept.length);
  let length = 0;
  for (let i = 0; i < kept.length; i++) {
    const point = kept.codePointAt(i) ?? 0;
    if (point > 0xffff) i += 1;
    points[length] = point;
    length += 1;
  }
  return points.subarray(0, length);
}

/** Unicode's code points number up to 0x10ffff; counting by number needs them dense. */
function dense(ids: Map<number, number>, points: Int32Array): Int32Array {
  return points.map((point) => {
    const known = ids.get(point);
    if (known !== undefined) return known;
    ids.set(point, ids.size);
    return ids.size - 1;
  });
}

/**
 * The counts of one sentence against the reference with which it has the best chrF (M. Popovic, WMT 2015 and 2017), as
 * in sacrebleu 2.6.
 */
export function chrfCounts(
  text: string,
  references: readonly string[],
  options: ChrfOptions,
  workspace: ChrfWorkspace,
): ChrfCounts {
  const cased = (one: string) => (options.lowercase ? one.toLowerCase() : one);
  const points = new Map<number, number>();
  workspace.ids.clear();
  const prepare = (one: string) => ({
    characters: dense(points, characters(cased(one), options.whitespace)),
    words: options.wordOrder > 0 ? workspace.ids.of(chrfWords(cased(one))) : new Int32Array(),
  });
  const own = prepare(text);
  let best: ChrfCounts = new Float64Array(3 * (options.charOrder + options.wordOrder));
  let bestScore = -1;
  for (const reference of references) {
    const other = prepare(reference);
    const counts = new Float64Array(3 * (options.charOrder + options.wordOrder));
    fill(counts, 0, own.characters, other.characters, options.charOrder, workspace.characters);
    fill(counts, options.charOrder, own.words, other.words, options.wordOrder, workspace.words);
    const score = chrfScore(counts, options);
    if (score > bestScore) {
      best = counts;
      bestScore = score;
    }
  }
  return best;
}

function fill(
  counts: Float64Array,
  from: number,
  own: Int32Array,
  other: Int32Array,
  orders: number,
  overlap: NgramOverlap,
): void {
  const { matches } = overlap.count(own, [other], orders);
  for (let n = 1; n <= orders; n++) {
    const inReference = Math.max(0, other.length - n + 1);
    const at = 3 * (from + n - 1);
    // An order that the reference is too short for is no miss of the text's.
    counts[at] = inReference > 0 ? Math.max(0, own.length - n + 1) : 0;
    counts[at + 1] = inReference;
    counts[at + 2] = matches[n - 1] ?? 0;
  }
}

/** chrF from 0 to 100: F-beta of the mean precision and the mean recall over orders, or with eps the mean F-beta. */
export function chrfScore(
  counts: ChrfCounts,
  {
    charOrder,
    wordOrder,
    beta,
    epsSmoothing,
  }: Pick<ChrfOptions, "charOrder" | "wordOrder" | "beta" | "epsSmoothing">,
): number {
  const eps = 1e-16;
  const factor = beta * beta;
  const orders = charOrder + wordOrder;
  const f = (precision: number, recall: number): number => {
    const below = factor * precision + recall;
    return below > 0 ? ((1 + factor) * precision * recall) / below : 0;
  };
  let smoothed = 0;
  let precisions = 0;
  let recalls = 0;
  let effective = 0;
  for (let n = 0; n < orders; n++) {
    const inText = counts[3 * n] ?? 0;
    const inReference = counts[3 * n + 1] ?? 0;
    const matches = counts[3 * n + 2] ?? 0;
    const precision = inText > 0 ? matches / inText : eps;
    const recall = inReference > 0 ? matches / inReference : eps;
    smoothed += factor * precision + recall > 0 ? f(precision, recall) : eps;
    if (inText > 0 && inReference > 0) {
      precisions += precision;
      recalls += recall;
      effective += 1;
    }
  }
  if (epsSmoothing) return (100 * smoothed) / orders;
  return effective === 0 ? 0 : 100 * f(precisions / effective, recalls / effective);
}

/** What somebody else needs to get the same number, in the words of sacrebleu's signature. */
export function chrfSignature(options: ChrfOptions, references: number | "var"): string {
  return [
    `nrefs:${references}`,
    `case:${options.lowercase ? "lc" : "mixed"}`,
    `eff:${options.epsSmoothing ? "no" : "yes"}`,
    `nc:${options.charOrder}`,
    `nw:${options.wordOrder}`,
    `space:${options.whitespace ? "yes" : "no"}`,
    ...(options.beta === 2 ? [] : [`beta:${options.beta}`]),
  ].join("|");
}
