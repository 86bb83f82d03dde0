import { numberParam, type ParamSpec } from "../params.ts";
import { PairTable } from "./pair-table.ts";
import { splitWords } from "./python-space.ts";
import type { TextCounter, TextMetric } from "./text-deriver.ts";
import { textPooled } from "./text-pooled.ts";
import { TokenIds } from "./token-ids.ts";

const params: Readonly<Record<string, ParamSpec>> = {
  n: { kind: "integer", least: 1, most: 10, default: 2, says: "Words of an n-gram." },
};

const counter: TextCounter = {
  name: "distinct_ngrams",
  revision: 1,
  params: ["n"],
  alone: true,
  names: () => ["distinct", "total"],
  open(given) {
    const n = numberParam(given, "n");
    const ids = new TokenIds();
    const pairs = new PairTable();
    return (text) => {
      ids.clear();
      const tokens = ids.of(splitWords(text.toLowerCase()));
      const total = tokens.length - n + 1;
      if (total <= 0) return [0, 0];
      let grams = tokens;
      let distinct = new Set(tokens).size;
      for (let order = 2; order <= n; order++) {
        pairs.clear();
        const longer = new Int32Array(tokens.length - order + 1);
        for (let i = 0; i < longer.length; i++)
          longer[i] = pairs.idOf(grams[i] ?? 0, tokens[i + order - 1] ?? 0);
        grams = longer;
        distinct = pairs.size;
      }
      return [distinct, total];
    };
  },
};

/**
 * Different n-grams of words out of all, each text counted by itself and all texts pooled (after J. Li et al., NAACL
 * 2016, who count a whole corpus as one text, which no subgroup adds up to).
 */
export const distinctN: TextMetric = textPooled(
  { name: "distinct_n", aliases: [], direction: "higher", range: [0, 1], params },
  counter,
  ([distinct = 0, total = 0]) => (total > 0 ? distinct / total : "no text has that many words"),
);

/** How many n-grams repeat an earlier one of the same text: 1 - distinct_n. */
export const repetitionRate: TextMetric = textPooled(
  { name: "repetition_rate", aliases: [], direction: "lower", range: [0, 1], params },
  counter,
  ([distinct = 0, total = 0]) => (total > 0 ? 1 - distinct / total : "no text has that many words"),
);
