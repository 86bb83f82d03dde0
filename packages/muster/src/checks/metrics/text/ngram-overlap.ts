import { PairTable } from "./pair-table.ts";

/** What a text has of n-grams, and how many of them its references have, too. Index 0 is n = 1. */
export interface NgramCounts {
  readonly matches: Float64Array;
  /** In the text itself. */
  readonly totals: Float64Array;
}

/**
 * Counts the n-grams that a text shares with references, each n-gram at most as often as the one reference that has it
 * most often (K. Papineni et al., BLEU, ACL 2002, section 2.1). Holds its tables between calls, which is what makes it
 * fast; use one for many rows.
 */
export class NgramOverlap {
  private readonly pairs = new PairTable();
  private most = new Int32Array(64);
  private here = new Int32Array(64);

  /** Tokens are numbers from 0 up, the same number for the same token in the text and in all references. */
  count(text: Int32Array, references: readonly Int32Array[], orders: number): NgramCounts {
    const matches = new Float64Array(orders);
    const totals = new Float64Array(orders);
    let grams: Int32Array = Int32Array.from(text);
    const ofReferences: Int32Array[] = references.map((one) => Int32Array.from(one));
    for (let n = 1; n <= orders; n++) {
      const inText = text.length - n + 1;
      if (inText <= 0) break;
      totals[n - 1] = inText;
      if (n > 1) {
        // One numbering for the text and its references: their n-grams are compared by number.
        this.pairs.clear();
        grams = this.extend(grams, text, n);
        references.forEach((tokens, r) => {
          ofReferences[r] = this.extend(ofReferences[r] ?? tokens, tokens, n);
        });
      }
      const lengths = references.map((tokens) => Math.max(0, tokens.length - n + 1));
      matches[n - 1] = this.matching(grams, inText, ofReferences, lengths);
    }
    return { matches, totals };
  }

  private extend(shorter: Int32Array, tokens: Int32Array, n: number): Int32Array {
    const last = n - 1;
    for (let i = 0; i + last < tokens.length; i++) {
      shorter[i] = this.pairs.idOf(shorter[i] ?? 0, tokens[i + last] ?? 0);
    }
    return shorter;
  }

  private matching(
    grams: Int32Array,
    length: number,
    references: readonly Int32Array[],
    lengths: readonly number[],
  ): number {
    let highest = 0;
    for (let i = 0; i < length; i++) highest = Math.max(highest, grams[i] ?? 0);
    references.forEach((own, r) => {
      for (let i = 0; i < (lengths[r] ?? 0); i++) highest = Math.max(highest, own[i] ?? 0);
    });
    if (this.most.length <= highest) {
      this.most = new Int32Array(2 * (highest + 1));
      this.here = new Int32Array(2 * (highest + 1));
    }
    const { most, here } = this;
    most.fill(0, 0, highest + 1);
    references.forEach((own, r) => {
      here.fill(0, 0, highest + 1);
      for (let i = 0; i < (lengths[r] ?? 0); i++) {
        const gram = own[i] ?? 0;
        const times = (here[gram] ?? 0) + 1;
        here[gram] = times;
        if (times > (most[gram] ?? 0)) most[gram] = times;
      }
    });
    let matches = 0;
    for (let i = 0; i < length; i++) {
      const gram = grams[i] ?? 0;
      const left = most[gram] ?? 0;
      if (left > 0) {
        matches += 1;
        most[gram] = left - 1;
      }
    }
    return matches;
  }
}
