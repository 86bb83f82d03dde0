import { error, family, infinity, type MetricFacts, share } from "./metric-family.ts";

/** Computed from a text. Those that no metric computes yet are not tied to an output. */
const ofText: Partial<MetricFacts> = { outputs: ["text"] };

/** Of texts, as sacrebleu, rouge-score, jiwer and HELM call them. */
export const ofTexts: readonly MetricFacts[] = family({ kinds: ["generation"] }, [
  { name: "exact_match", aliases: ["em"], direction: "higher", range: share, shareOf: "rows", ...ofText },
  { name: "quasi_exact_match", direction: "higher", range: share, shareOf: "rows", ...ofText },
  { name: "squad_em", direction: "higher", range: share, shareOf: "rows", ...ofText },
  { name: "squad_f1", aliases: ["token_f1"], direction: "higher", range: share, ...ofText },
  { name: "rouge1", direction: "higher", range: share, ...ofText },
  { name: "rouge2", direction: "higher", range: share, ...ofText },
  { name: "rougeL", aliases: ["rouge"], direction: "higher", range: share, ...ofText },
  { name: "rougeLsum", direction: "higher", range: share, ...ofText },
  {
    name: "bleu",
    aliases: ["sacrebleu"],
    direction: "higher",
    range: [0, 100],
    requires: ["scale"],
    ...ofText,
  },
  { name: "sentence_bleu", direction: "higher", range: [0, 100], requires: ["scale"], ...ofText },
  { name: "bleu_1_nltk", aliases: ["bleu_1"], direction: "higher", range: share, ...ofText },
  { name: "chrf", direction: "higher", range: [0, 100], requires: ["scale"], ...ofText },
  {
    name: "ter",
    aliases: ["translation_edit_rate"],
    direction: "lower",
    range: error,
    ...ofText,
  },
  { name: "word_error_rate", aliases: ["wer"], direction: "lower", range: error, ...ofText },
  { name: "character_error_rate", aliases: ["cer"], direction: "lower", range: error, ...ofText },
  { name: "edit_distance", aliases: ["levenshtein"], direction: "lower", range: error, ...ofText },
  { name: "json_valid", direction: "higher", range: share, shareOf: "rows", ...ofText },
  { name: "json_schema_valid", direction: "higher", range: share, shareOf: "rows", ...ofText },
  { name: "regex_match", direction: "higher", range: share, shareOf: "rows", ...ofText },
  { name: "must_contain", direction: "higher", range: share, shareOf: "rows", ...ofText },
  { name: "must_not_contain", direction: "higher", range: share, shareOf: "rows", ...ofText },
  { name: "length_within", direction: "higher", range: share, shareOf: "rows", ...ofText },
  { name: "distinct_n", direction: "higher", range: share, ...ofText },
  { name: "repetition_rate", direction: "lower", range: share, ...ofText },
  { name: "pass_at_k", direction: "higher", range: share, requires: ["k"], ...ofText },
  { name: "pass_hat_k", direction: "higher", range: share, requires: ["k"], ...ofText },
  { name: "meteor", direction: "higher", range: share },
  { name: "perplexity", direction: "lower", range: [1, infinity] },
  { name: "toxicity_rate", direction: "lower", range: share, shareOf: "rows" },
  { name: "grounded_rate", direction: "higher", range: share, shareOf: "rows" },
]);
