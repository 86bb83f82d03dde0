import { BeamEditDistance, step } from "./beam-edit-distance.ts";

/** Tercom's limits: of a shifted phrase, of how far it goes, and of all shifts that are tried for one text. */
const longestPhrase = 10;
const farthest = 50;
const mostTried = 1000;

/** More cells than this the edits of a row are not counted over; the row is then too long. */
export const mostTerCells = 4e6;

/**
 * The edits that turn a text into its reference, where moving a phrase is one edit (M. Snover et al., A Study of
 * Translation Edit Rate, AMTA 2006), found greedily by the rules of Tercom as sacrebleu 2.6 has them: the shift that
 * helps most, of equals the longest phrase, the earliest, to the earliest place. Null when the texts are too long.
 */
export function translationEdits(text: Int32Array, reference: Int32Array): number | null {
  if (reference.length === 0) return text.length;
  if (text.length === 0) return reference.length;
  if ((text.length + 1) * (reference.length + 1) > mostTerCells) return null;
  const distances = new BeamEditDistance(reference, text.length);
  let words = text;
  let shifts = 0;
  let tried = 0;
  let distance = distances.setBase(words);
  while (tried < mostTried) {
    const found = bestShift(words, reference, distances, distance, tried);
    tried = found.tried;
    if (tried >= mostTried || found.gain <= 0) break;
    shifts += 1;
    words = found.words;
    distance = distances.setBase(words);
  }
  return shifts + distance;
}

interface Shift {
  readonly gain: number;
  readonly length: number;
  readonly start: number;
  readonly target: number;
  readonly words: Int32Array;
}

function bestShift(
  words: Int32Array,
  reference: Int32Array,
  distances: BeamEditDistance,
  before: number,
  triedBefore: number,
): { readonly gain: number; readonly words: Int32Array; readonly tried: number } {
  const aligned = alignment(distances.trace(), words.length, reference.length);
  let tried = triedBefore;
  let best: Shift | null = null;
  for (const [start, place, length] of commonPhrases(words, reference)) {
    if (aligned.textErrors(start, length) === 0 || aligned.referenceErrors(place, length) === 0) continue;
    const now = aligned.at[place] ?? -1;
    if (now >= start && now < start + length) continue;
    let previous = -1;
    for (let offset = -1; offset < length; offset++) {
      if (place + offset >= reference.length) break;
      const target = place + offset === -1 ? 0 : (aligned.at[place + offset] ?? -1) + 1;
      if (target === previous) continue;
      previous = target;
      const shifted = shift(words, start, length, target);
      const gain = before - distances.distance(shifted, Math.min(start, target));
      const candidate = { gain, length, start, target, words: shifted };
      tried += 1;
      if (best === null || isBetter(candidate, best)) best = candidate;
    }
    if (tried >= mostTried) break;
  }
  return best === null ? { gain: 0, words, tried } : { gain: best.gain, words: best.words, tried };
}

function isBetter(a: Shift, b: Shift): boolean {
  if (a.gain !== b.gain) return a.gain > b.gain;
  if (a.length !== b.length) return a.length > b.length;
  return a.start !== b.start ? a.start < b.start : a.target < b.target;
}

/** Phrases that stand in both, with where they stand; every length up to Tercom's limit. */
function* commonPhrases(
  words: Int32Array,
  reference: Int32Array,
): Generator<readonly [start: number, place: number, length: number]> {
  for (let start = 0; start < words.length; start++) {
    const end = Math.min(reference.length, start + farthest + 1);
    for (let place = Math.max(0, start - farthest); place < end; place++) {
      for (let length = 1; length <= longestPhrase; length++) {
        const [i, j] = [start + length - 1, place + length - 1];
        if (i >= words.length || j >= reference.length || words[i] !== reference[j]) break;
        yield [start, place, length];
      }
    }
  }
}

/** The words with the phrase taken out and put before what now stands at `target`; behind it when it lies within. */
function shift(words: Int32Array, start: number, length: number, target: number): Int32Array {
  const shifted = new Int32Array(words.length);
  const phrase = words.subarray(start, start + length);
  if (target < start) {
    shifted.set(words.subarray(0, target));
    shifted.set(phrase, target);
    shifted.set(words.subarray(target, start), target + length);
    shifted.set(words.subarray(start + length), start + length);
    return shifted;
  }
  const to = Math.min(words.length, target > start + length ? target : length + target);
  shifted.set(words.subarray(0, start));
  shifted.set(words.subarray(start + length, to), start);
  shifted.set(phrase, to - length);
  shifted.set(words.subarray(to), to);
  return shifted;
}

interface Alignment {
  /** For each place of the reference the place in the text. */
  readonly at: Int32Array;
  readonly textErrors: (start: number, length: number) => number;
  readonly referenceErrors: (start: number, length: number) => number;
}

/** Seen from the reference, a word that the text lacks was deleted; the trace is written from the text. */
function alignment(trace: readonly number[], textLength: number, referenceLength: number): Alignment {
  const at = new Int32Array(referenceLength);
  const text = new Int32Array(textLength + 1);
  const reference = new Int32Array(referenceLength + 1);
  let i = 0;
  let j = 0;
  for (const taken of trace) {
    const wrong = taken === step.same ? 0 : 1;
    if (taken !== step.inserted) {
      text[i + 1] = (text[i] ?? 0) + wrong;
      i += 1;
    }
    if (taken !== step.deleted) {
      reference[j + 1] = (reference[j] ?? 0) + wrong;
      at[j] = i - 1;
      j += 1;
    }
  }
  const between = (sums: Int32Array) => (start: number, length: number) =>
    (sums[start + length] ?? 0) - (sums[start] ?? 0);
  return { at, textErrors: between(text), referenceErrors: between(reference) };
}
