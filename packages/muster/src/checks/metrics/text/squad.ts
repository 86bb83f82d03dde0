import { splitWords } from "./python-space.ts";

const marks = /[!-/:-@[-`{-~]/g;

/**
 * As SQuAD's evaluation script v1.1: lower case, without ASCII punctuation, without the articles a, an and the, single
 * spaces. Accents stay: Beyonce is not Beyoncé.
 */
export function squadNormalized(text: string): string {
  return squadTokens(text).join(" ");
}

function squadTokens(text: string): string[] {
  const plain = text.toLowerCase().replace(marks, "");
  return splitWords(plain.replace(articles, " "));
}

/** Python's \b: between a letter, digit or underscore of any script and anything else. */
const articles = /(?<![\p{L}\p{N}_])(?:a|an|the)(?![\p{L}\p{N}_])/gu;

/** Whether the text is one of the references, both normalised. */
export function squadExactMatch(text: string, references: readonly string[]): boolean {
  const own = squadNormalized(text);
  return references.some((reference) => squadNormalized(reference) === own);
}

/** The best F1 of the tokens shared with a reference; 0 without a shared token, as in the script. */
export function squadF1(text: string, references: readonly string[]): number {
  const own = squadTokens(text);
  return references.reduce((best, reference) => Math.max(best, tokenF1(own, squadTokens(reference))), 0);
}

function tokenF1(own: readonly string[], other: readonly string[]): number {
  const left = new Map<string, number>();
  for (const token of other) left.set(token, (left.get(token) ?? 0) + 1);
  let shared = 0;
  for (const token of own) {
    const times = left.get(token) ?? 0;
    if (times === 0) continue;
    shared += 1;
    left.set(token, times - 1);
  }
  if (shared === 0) return 0;
  const precision = shared / own.length;
  const recall = shared / other.length;
  return (2 * precision * recall) / (precision + recall);
}
