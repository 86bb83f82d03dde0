import type { Deriver } from "../deriver.ts";
import type { Metric } from "../metric.ts";
import { bleu, bleu1Nltk, sentenceBleu } from "./bleu-metrics.ts";
import { chrf } from "./chrf-metric.ts";
import { characterErrorRate, editSimilarity, meanEditDistance, ter, wordErrorRate } from "./error-rates.ts";
import { exactMatch, quasiExactMatch, squadEm, squadF1Mean } from "./exact-match.ts";
import { jsonSchemaValid, jsonValid } from "./json-validity.ts";
import { finalNumberMatch, numbersInSource } from "./number-texts.ts";
import { passAtKMean, passDeriver, passHatKMean } from "./pass-at-k.ts";
import { quotesInSource } from "./quotes-in-source.ts";
import { distinctN, repetitionRate } from "./repetition.ts";
import { rouge1, rouge2, rougeL, rougeLsum } from "./rouge-metrics.ts";
import { scriptShare } from "./script-share.ts";
import { type TextMetric, textDeriver } from "./text-deriver.ts";
import { lengthWithin, mustContain, mustNotContain, regexMatch } from "./text-rules.ts";

const ofTexts: readonly TextMetric[] = [
  exactMatch,
  quasiExactMatch,
  squadEm,
  squadF1Mean,
  rouge1,
  rouge2,
  rougeL,
  rougeLsum,
  bleu,
  sentenceBleu,
  bleu1Nltk,
  chrf,
  ter,
  wordErrorRate,
  characterErrorRate,
  meanEditDistance,
  editSimilarity,
  finalNumberMatch,
  numbersInSource,
  quotesInSource,
  jsonValid,
  jsonSchemaValid,
  regexMatch,
  mustContain,
  mustNotContain,
  lengthWithin,
  scriptShare,
  distinctN,
  repetitionRate,
];

/** What takes their columns from the rows; metrics of the same counts share one. */
export const textDerivers: readonly Deriver[] = [
  ...new Map(ofTexts.map(({ counter }) => [counter.name, textDeriver(counter)])).values(),
  passDeriver,
];

/** Every metric of texts, in the order of the docs page. */
export const textMetrics: readonly Metric[] = [...ofTexts, passAtKMean, passHatKMean];
