/** Metrics of decided classes, with the names that they go by; a test holds them against the metrics that are measured. */
const decided: ReadonlySet<string> = new Set([
  ...["accuracy", "accuracy_score", "balanced_accuracy", "balanced_accuracy_score"],
  ...["precision", "positive_predictive_value", "ppv", "negative_predictive_value", "npv"],
  ...["recall", "sensitivity", "true_positive_rate", "tpr", "specificity", "true_negative_rate", "tnr"],
  ...["false_positive_rate", "fpr", "false_negative_rate", "fnr"],
  ...["f1", "f1_score", "dice", "fbeta", "fbeta_score", "jaccard"],
  ...["matthews_corrcoef", "mcc", "cohen_kappa", "cohen_kappa_score", "kappa"],
  ...[
    "hamming_loss",
    "zero_one_loss",
    "error_rate",
    "positive_likelihood_ratio",
    "negative_likelihood_ratio",
  ],
  ...["expected_cost", "mean_cost", "expected_utility", "mean_utility"],
  ...["selection_rate", "predicted_positive_rate", "contamination_share"],
  ...["event_recall", "event_precision", "false_alarms_per_day"],
]);

/** Metrics that only order rows, whatever the threshold. */
const ordering: ReadonlySet<string> = new Set([
  ...["roc_auc", "auc", "roc_auc_score", "auroc", "average_precision", "ap", "average_precision_score"],
  ...["gini", "gini_score", "somers_d", "ks_score", "kolmogorov_smirnov", "best_f1", "max_f1"],
  ...["recall_at_precision", "precision_at_recall", "fpr_at_tpr", "fpr_at_recall", "lift", "lift_score"],
  ...["alert_precision", "precision_at_top", "alert_recall", "recall_at_top", "cumulative_gain"],
]);

/** Whether the metric compares yes with no, so that a score needs a threshold first. */
export const needsDecision = (metric: string): boolean => decided.has(metric);

export const onlyOrders = (metric: string): boolean => ordering.has(metric);
