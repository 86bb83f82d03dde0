import { porterStem } from "./porter-stem.ts";

export interface RougeTokenOptions {
  /**
   * `ascii`: runs of a-z and 0-9, as ROUGE-1.5.5 and rouge-score have it; other scripts vanish. `unicode`: runs of
   * letters, their marks and digits of any script.
   */
  readonly tokenize: "ascii" | "unicode";
  /** Porter's stems for words of more than three letters. */
  readonly stem: boolean;
}

/** Longer words are not stemmed: no language has them, and a stem takes time. */
const longestWord = 100;

export function rougeTokens(text: string, { tokenize, stem }: RougeTokenOptions): string[] {
  const pattern = tokenize === "ascii" ? /[a-z0-9]+/g : /[\p{L}\p{M}\p{N}]+/gu;
  const tokens: string[] = text.toLowerCase().match(pattern) ?? [];
  return stem ? tokens.map((token) => (isStemmed(token) ? porterStem(token) : token)) : tokens;
}

function isStemmed(token: string): boolean {
  return token.length > 3 && token.length <= longestWord;
}
