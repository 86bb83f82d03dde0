import type { MetricInput } from "../metric.ts";
import { flagParam, numberParam, type ParamSpec, type Params } from "../params.ts";
import {
  type BleuOptions,
  type BleuWorkspace,
  bleuCounts,
  bleuScore,
  bleuSignature,
  bleuSmoothing,
} from "./bleu.ts";
import { type BleuTokenizer, bleuTokenizers } from "./bleu-tokens.ts";
import { NgramOverlap } from "./ngram-overlap.ts";
import { furtherReferences, jsonReferences } from "./row-texts.ts";
import { onScale, scaleParam } from "./scale.ts";
import type { TextCounter, TextMetric } from "./text-deriver.ts";
import { textMean } from "./text-mean.ts";
import { referenceParams } from "./text-parts.ts";
import { textPooled } from "./text-pooled.ts";
import { TokenIds } from "./token-ids.ts";

const params = {
  tokenize: { kind: "choice", of: bleuTokenizers, default: "13a", says: "What a token is." },
  lowercase: { kind: "flag", default: false, says: "Upper and lower case are the same." },
  smooth_method: { kind: "choice", of: bleuSmoothing, default: "exp", says: "What a count of 0 becomes." },
  smooth_value: { kind: "number", least: 0, most: 100, default: null, says: "Of floor and add-k." },
  max_ngram_order: { kind: "integer", least: 1, most: 9, default: 4, says: "The longest n-grams." },
  effective_order: {
    kind: "flag",
    default: false,
    says: "Leaves out n-grams that the text is too short for.",
  },
  ...scaleParam,
  ...referenceParams,
} satisfies Readonly<Record<string, ParamSpec>>;

function optionsOf(given: Params): BleuOptions {
  const value = numberParam(given, "smooth_value");
  return {
    tokenize: bleuTokenizers.find((one) => one === given.get("tokenize")) ?? ("13a" satisfies BleuTokenizer),
    lowercase: flagParam(given, "lowercase"),
    smoothMethod: bleuSmoothing.find((one) => one === given.get("smooth_method")) ?? "exp",
    smoothValue: Number.isNaN(value) ? null : value,
    maxNgramOrder: numberParam(given, "max_ngram_order"),
    effectiveOrder: flagParam(given, "effective_order"),
  };
}

const workspace = (): BleuWorkspace => ({ ids: new TokenIds(), overlap: new NgramOverlap() });

/** Of all rows together: the counts are added up before anything is divided. */
const counter: TextCounter = {
  name: "bleu_counts",
  revision: 1,
  params: ["tokenize", "lowercase", "max_ngram_order"],
  names: (given) => [
    "system_length",
    "reference_length",
    ...ofOrders(given, "matches"),
    ...ofOrders(given, "totals"),
  ],
  open(given) {
    const options = optionsOf(given);
    const space = workspace();
    return (text, references) => {
      const counts = bleuCounts(text, references, options, space);
      return [counts.systemLength, counts.referenceLength, ...counts.matches, ...counts.totals];
    };
  },
};

function ofOrders(given: Params, name: string): string[] {
  return Array.from({ length: numberParam(given, "max_ngram_order") }, (_, n) => `${name}_${n + 1}`);
}

/** How many references a row has, as sacrebleu writes it. */
export function referencesSigned(given: Params): number | "var" {
  const further = furtherReferences(given).length;
  const list = given.get("references");
  return further > 0 || (Array.isArray(list) && list.includes(jsonReferences)) ? "var" : 1;
}

const signature = ({ params: given }: Omit<MetricInput, "resolution">) =>
  bleuSignature(optionsOf(given), referencesSigned(given));

export const bleu: TextMetric = textPooled(
  { name: "bleu", aliases: ["sacrebleu"], direction: "higher", range: [0, 100], params, signature },
  counter,
  (counts, { params: given }) => {
    const options = optionsOf(given);
    const [systemLength = 0, referenceLength = 0] = counts;
    const matches = counts.slice(2, 2 + options.maxNgramOrder);
    const totals = counts.slice(2 + options.maxNgramOrder);
    return onScale(given, bleuScore({ systemLength, referenceLength, matches, totals }, options));
  },
);

const sentenceCounter: TextCounter = {
  name: "sentence_bleu",
  revision: 1,
  params: [
    "tokenize",
    "lowercase",
    "max_ngram_order",
    "smooth_method",
    "smooth_value",
    "effective_order",
    "scale",
  ],
  names: () => ["score"],
  open(given) {
    const options = optionsOf(given);
    const space = workspace();
    return (text, references) => [
      onScale(given, bleuScore(bleuCounts(text, references, options, space), options)),
    ];
  },
};

/** The mean of each row's own BLEU: another number than `bleu`, and by default with the effective order. */
export const sentenceBleu: TextMetric = textMean(
  {
    name: "sentence_bleu",
    aliases: [],
    direction: "higher",
    range: [0, 100],
    params: { ...params, effective_order: { ...params.effective_order, default: true } },
    signature,
  },
  sentenceCounter,
  () => "score",
);

const unigrams: BleuOptions = {
  tokenize: "none",
  lowercase: false,
  maxNgramOrder: 1,
  smoothMethod: "none",
  smoothValue: null,
  effectiveOrder: false,
};

/** NLTK's `sentence_bleu` with the weights (1, 0, 0, 0) over words between white space, as HELM prints it. */
export const bleu1Nltk: TextMetric = textMean(
  { name: "bleu_1_nltk", aliases: ["bleu_1"], direction: "higher", range: [0, 1], params: referenceParams },
  {
    name: "bleu_1_nltk",
    revision: 1,
    params: [],
    names: () => ["score"],
    open() {
      const space = workspace();
      return (text, references) => [bleuScore(bleuCounts(text, references, unigrams, space), unigrams) / 100];
    },
  },
  () => "score",
);
