import {
  answers,
  anyClass,
  classes,
  classesAndLists,
  error,
  everyKind,
  family,
  infinity,
  listsAndTexts,
  type MetricFacts,
  scores,
  share,
} from "./metric-family.ts";
import { ofFurtherNumbers } from "./number-metric-facts.ts";
import type { OutputKind } from "./problem-section.ts";
import { ofAlarms, ofCurves, ofProbabilities, ofSeveralClasses } from "./score-metric-facts.ts";
import { ofTexts } from "./text-metric-facts.ts";

const ofScores = family({ kinds: classesAndLists, outputs: scores }, [
  {
    name: "roc_auc",
    aliases: ["auc", "roc_auc_score", "auroc"],
    direction: "higher",
    range: share,
    averages: true,
  },
  { name: "roc_auc_gain", aliases: ["auc_gain"], direction: "higher", range: [-1, 1] },
  {
    name: "average_precision",
    aliases: ["ap", "average_precision_score"],
    direction: "higher",
    range: share,
  },
  {
    name: "log_loss",
    aliases: ["cross_entropy"],
    direction: "lower",
    range: error,
    outputs: ["probability"],
  },
  {
    name: "brier_score",
    aliases: ["brier", "brier_score_loss"],
    direction: "lower",
    range: [0, 2],
    outputs: ["probability"],
  },
  {
    name: "expected_calibration_error",
    aliases: ["ece", "calibration_error"],
    direction: "lower",
    range: share,
    outputs: ["probability"],
    kinds: answers,
    gamed: "no_discrimination",
  },
]);

/** Of one class against the rest. People speak of precision and recall of lists and of words in texts, too. */
const ofOneClass = family({ kinds: answers, outputs: anyClass, averages: true }, [
  {
    name: "precision",
    aliases: ["positive_predictive_value", "ppv"],
    direction: "higher",
    range: share,
    shareOf: "predicted_positives",
    gamed: "few_positive",
  },
  {
    name: "recall",
    aliases: ["sensitivity", "true_positive_rate", "tpr"],
    direction: "higher",
    range: share,
    shareOf: "positives",
    complement: "false_negative_rate",
    gamed: "all_positive",
  },
  {
    name: "specificity",
    aliases: ["true_negative_rate", "tnr"],
    direction: "higher",
    range: share,
    shareOf: "negatives",
    complement: "false_positive_rate",
    gamed: "all_negative",
  },
  {
    name: "negative_predictive_value",
    aliases: ["npv"],
    direction: "higher",
    range: share,
    shareOf: "predicted_negatives",
  },
  {
    name: "false_positive_rate",
    aliases: ["fpr"],
    direction: "lower",
    range: share,
    shareOf: "negatives",
    complement: "specificity",
    gamed: "all_negative",
  },
  {
    name: "false_negative_rate",
    aliases: ["fnr"],
    direction: "lower",
    range: share,
    shareOf: "positives",
    complement: "recall",
    gamed: "all_positive",
  },
  { name: "f1", aliases: ["f1_score", "dice"], direction: "higher", range: share },
  { name: "fbeta", aliases: ["fbeta_score"], direction: "higher", range: share, requires: ["beta"] },
  { name: "jaccard", direction: "higher", range: share },
]);

const ofAllClasses = family({ kinds: classes, outputs: anyClass }, [
  {
    name: "accuracy",
    aliases: ["accuracy_score"],
    direction: "higher",
    range: share,
    shareOf: "rows",
    kinds: answers,
    complement: "zero_one_loss",
  },
  { name: "balanced_accuracy", direction: "higher", range: [-1, 1] },
  { name: "matthews_corrcoef", aliases: ["mcc"], direction: "higher", range: [-1, 1] },
  {
    name: "cohen_kappa",
    aliases: ["cohen_kappa_score", "kappa"],
    direction: "higher",
    range: [-1, 1],
    kinds: answers,
  },
  { name: "hamming_loss", direction: "lower", range: share },
  {
    name: "zero_one_loss",
    aliases: ["error_rate"],
    direction: "lower",
    range: share,
    shareOf: "rows",
    kinds: answers,
    complement: "accuracy",
  },
  { name: "positive_likelihood_ratio", direction: "higher", range: error },
  { name: "negative_likelihood_ratio", direction: "lower", range: error },
]);

/** Recommenders predict ratings, too. */
const ratings: readonly OutputKind[] = ["regression", "ranking"];

const ofNumbers = family({ kinds: ["regression"], outputs: ["number"] }, [
  { name: "mean_absolute_error", aliases: ["mae"], direction: "lower", range: error, kinds: ratings },
  { name: "mean_squared_error", aliases: ["mse"], direction: "lower", range: error, kinds: ratings },
  { name: "root_mean_squared_error", aliases: ["rmse"], direction: "lower", range: error, kinds: ratings },
  { name: "mean_absolute_percentage_error", aliases: ["mape"], direction: "lower", range: error },
  { name: "mean_squared_log_error", aliases: ["msle"], direction: "lower", range: error },
  { name: "max_error", direction: "lower", range: error },
  { name: "bias", aliases: ["mean_error"], direction: "lower", range: error },
  { name: "r2", aliases: ["r2_score"], direction: "higher", range: [-infinity, 1] },
  {
    name: "explained_variance",
    aliases: ["explained_variance_score"],
    direction: "higher",
    range: [-infinity, 1],
  },
]);

/** The retriever of a generation is judged by lists, and the first alerts of a detector are one. */
const ofLists = family({ kinds: listsAndTexts }, [
  { name: "ndcg", aliases: ["ndcg_cut", "ndcg_score"], requires: ["k"] },
  { name: "dcg", aliases: ["dcg_score"], range: error, requires: ["k"] },
  { name: "precision_at_k", aliases: ["p_at_k", "P"], requires: ["k"], kinds: answers },
  { name: "recall_at_k", requires: ["k"], kinds: answers },
  { name: "hit_rate", aliases: ["hit_rate_at_k", "success"], requires: ["k"] },
  { name: "unjudged_at_k", aliases: ["unj"], requires: ["k"] },
  { name: "r_precision", aliases: ["Rprec"] },
  { name: "map", aliases: ["mean_average_precision", "map_cut"], kinds: answers },
  { name: "gm_map" },
  { name: "mrr", aliases: ["recip_rank", "mean_reciprocal_rank"] },
  { name: "bpref" },
  { name: "infAP" },
  { name: "iprec_at_recall" },
  { name: "11pt_avg" },
  { name: "rbp", aliases: ["rank_biased_precision"] },
  { name: "rbp_resid" },
  { name: "set_P" },
  { name: "set_recall" },
  { name: "set_F" },
  { name: "set_map" },
  { name: "set_relative_P" },
  ...["num_q", "num_ret", "num_rel", "num_rel_ret", "num_nonrel_judged_ret"].map((name) => ({
    name,
    range: error,
  })),
]);

const ofAbstaining = family({ kinds: everyKind }, [
  { name: "coverage", direction: "higher", range: share, gamed: "abstaining" },
  { name: "selective_risk", direction: "lower", range: share },
]);

/** What somebody wrote in SQL may be a number of anything. */
const ofOwn = family({ kinds: everyKind }, [
  { name: "custom_score", direction: "higher", range: [-infinity, infinity] },
  { name: "custom_loss", direction: "lower", range: [-infinity, infinity] },
]);

/** Every metric that the linter knows. */
export const knownMetrics: readonly MetricFacts[] = [
  ...ofScores,
  ...ofCurves,
  ...ofProbabilities,
  ...ofSeveralClasses,
  ...ofAlarms,
  ...ofOneClass,
  ...ofAllClasses,
  ...ofNumbers,
  ...ofFurtherNumbers,
  ...ofLists,
  ...ofTexts,
  ...ofAbstaining,
  ...ofOwn,
];

const byName: ReadonlyMap<string, MetricFacts> = new Map(
  knownMetrics.flatMap((facts) => [facts.name, ...facts.aliases].map((name) => [name.toLowerCase(), facts])),
);

/** The facts of a metric and the k that its name carries (`ndcg_cut_10`, `recall_at_5`); null for one unknown. */
export function factsOf(metric: string): { readonly facts: MetricFacts; readonly k: number | null } | null {
  const name = metric.toLowerCase().replaceAll("-", "_");
  const plain = byName.get(name);
  if (plain !== undefined) return { facts: plain, k: null };
  const cut = /^(.*?)(?:_cut|_at)?_?(\d{1,6})$/.exec(name);
  const stem = cut?.[1];
  if (cut === null || stem === undefined) return null;
  const facts = [`${stem}_at_k`, stem].map((each) => byName.get(each)).find((each) => each !== undefined);
  if (facts === undefined || !ofLists.includes(facts)) return null;
  return { facts, k: Number(cut[2]) };
}
