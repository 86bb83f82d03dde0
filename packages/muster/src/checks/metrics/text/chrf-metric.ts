import { flagParam, numberParam, type ParamSpec, type Params } from "../params.ts";
import { referencesSigned } from "./bleu-metrics.ts";
import { type ChrfOptions, chrfCounts, chrfScore, chrfSignature } from "./chrf.ts";
import { NgramOverlap } from "./ngram-overlap.ts";
import { onScale, scaleParam } from "./scale.ts";
import type { TextCounter, TextMetric } from "./text-deriver.ts";
import { referenceParams } from "./text-parts.ts";
import { textPooled } from "./text-pooled.ts";
import { TokenIds } from "./token-ids.ts";

const params: Readonly<Record<string, ParamSpec>> = {
  char_order: { kind: "integer", least: 1, most: 10, default: 6, says: "The longest n-grams of characters." },
  word_order: {
    kind: "integer",
    least: 0,
    most: 5,
    default: 0,
    says: "The longest n-grams of words; 2 is chrF++.",
  },
  beta: {
    kind: "number",
    least: 0.01,
    most: 100,
    default: 2,
    says: "How many times recall weighs precision.",
  },
  lowercase: { kind: "flag", default: false, says: "Upper and lower case are the same." },
  whitespace: { kind: "flag", default: false, says: "White space counts as characters, too." },
  eps_smoothing: { kind: "flag", default: false, says: "As chrF++.py, NLTK and Moses: every order counts." },
  ...scaleParam,
  ...referenceParams,
};

function optionsOf(given: Params): ChrfOptions {
  return {
    charOrder: numberParam(given, "char_order"),
    wordOrder: numberParam(given, "word_order"),
    beta: numberParam(given, "beta"),
    lowercase: flagParam(given, "lowercase"),
    whitespace: flagParam(given, "whitespace"),
    epsSmoothing: flagParam(given, "eps_smoothing"),
  };
}

const counter: TextCounter = {
  name: "chrf_counts",
  revision: 1,
  // beta and smoothing decide which of several references is the best.
  params: ["char_order", "word_order", "beta", "lowercase", "whitespace", "eps_smoothing"],
  names(given) {
    const { charOrder, wordOrder } = optionsOf(given);
    return Array.from({ length: charOrder + wordOrder }, (_, n) => n).flatMap((n) => {
      const order = n < charOrder ? `char_${n + 1}` : `word_${n - charOrder + 1}`;
      return [`text_${order}`, `reference_${order}`, `matches_${order}`];
    });
  },
  open(given) {
    const options = optionsOf(given);
    const space = { characters: new NgramOverlap(), words: new NgramOverlap(), ids: new TokenIds() };
    return (text, references) => chrfCounts(text, references, options, space);
  },
};

export const chrf: TextMetric = textPooled(
  {
    name: "chrf",
    aliases: [],
    direction: "higher",
    range: [0, 100],
    params,
    signature: ({ params: given }) => chrfSignature(optionsOf(given), referencesSigned(given)),
  },
  counter,
  (counts, { params: given }) => onScale(given, chrfScore(counts, optionsOf(given))),
);
