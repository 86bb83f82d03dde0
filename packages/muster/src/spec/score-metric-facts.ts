import {
  anyClass,
  classes,
  error,
  family,
  infinity,
  type MetricFacts,
  scores,
  share,
} from "./metric-family.ts";

/** Points of a curve, and what the highest scores hold. */
export const ofCurves: readonly MetricFacts[] = family({ kinds: classes, outputs: scores }, [
  { name: "gini", aliases: ["gini_score", "somers_d"], direction: "higher", range: [-1, 1] },
  { name: "ks_score", aliases: ["kolmogorov_smirnov"], direction: "higher", range: share },
  { name: "recall_at_precision", direction: "higher", range: share },
  { name: "precision_at_recall", direction: "higher", range: share },
  { name: "fpr_at_tpr", aliases: ["fpr_at_recall"], direction: "lower", range: share },
  { name: "best_f1", aliases: ["max_f1"], direction: "higher", range: share },
  { name: "alert_precision", aliases: ["precision_at_top"], direction: "higher", range: share },
  {
    name: "alert_recall",
    aliases: ["recall_at_top", "cumulative_gain", "alert_budget_recall"],
    direction: "higher",
    range: share,
  },
  { name: "lift", aliases: ["lift_score"], direction: "higher", range: error },
]);

/** Of probabilities that are meant to come true as often as they say. */
export const ofProbabilities: readonly MetricFacts[] = family({ kinds: classes, outputs: ["probability"] }, [
  {
    name: "d2_log_loss",
    aliases: ["d2_log_loss_score"],
    direction: "higher",
    range: [-infinity, 1],
  },
  {
    name: "d2_brier",
    aliases: ["d2_brier_score", "brier_skill_score"],
    direction: "higher",
    range: [-infinity, 1],
  },
  {
    name: "adaptive_calibration_error",
    aliases: ["ace"],
    direction: "lower",
    range: share,
    gamed: "no_discrimination",
  },
  {
    name: "debiased_calibration_error",
    direction: "lower",
    range: [-1, 1],
    gamed: "no_discrimination",
  },
  { name: "calibration_p_value", direction: "higher", range: share, gamed: "no_discrimination" },
  { name: "calibration_slope", direction: "higher", range: [-infinity, infinity] },
  {
    name: "calibration_intercept",
    aliases: ["calibration_in_the_large"],
    direction: "lower",
    range: error,
    gamed: "no_discrimination",
  },
  { name: "spiegelhalter_z", direction: "lower", range: error, gamed: "no_discrimination" },
  { name: "brier_reliability", direction: "lower", range: share, gamed: "no_discrimination" },
  { name: "brier_resolution", direction: "higher", range: [0, 0.25] },
  { name: "brier_uncertainty", direction: "lower", range: [0, 0.25] },
]);

/** Of several labels a row, or of several classes with a score each. */
export const ofSeveralClasses: readonly MetricFacts[] = family(
  { kinds: ["classification"], outputs: scores },
  [
    {
      name: "top_k_accuracy",
      aliases: ["top_k_accuracy_score"],
      direction: "higher",
      range: share,
      requires: ["k"],
    },
    { name: "coverage_error", direction: "lower", range: error },
    {
      name: "label_ranking_average_precision",
      aliases: ["lrap", "label_ranking_average_precision_score"],
      direction: "higher",
      range: share,
    },
    { name: "label_ranking_loss", direction: "lower", range: share },
  ],
);

/** Of alarms and what they are worth. */
export const ofAlarms: readonly MetricFacts[] = family({ kinds: classes, outputs: anyClass }, [
  { name: "expected_cost", aliases: ["mean_cost"], direction: "lower", range: [-infinity, infinity] },
  {
    name: "expected_utility",
    aliases: ["mean_utility"],
    direction: "higher",
    range: [-infinity, infinity],
  },
  {
    name: "selection_rate",
    aliases: ["predicted_positive_rate", "contamination_share"],
    direction: "lower",
    range: share,
    gamed: "all_negative",
  },
  { name: "event_recall", direction: "higher", range: share, gamed: "all_positive" },
  { name: "event_precision", direction: "higher", range: share, gamed: "few_positive" },
  { name: "false_alarms_per_day", direction: "lower", range: error, gamed: "all_negative" },
]);
