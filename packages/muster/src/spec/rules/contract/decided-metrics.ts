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
]);

/** Metrics that only order rows, whatever the threshold. */
const ordering: ReadonlySet<string> = new Set([
  ...["roc_auc", "auc", "roc_auc_score", "auroc", "average_precision", "ap", "average_precision_score"],
]);

/** Whether the metric compares yes with no, so that a score needs a threshold first. */
export const needsDecision = (metric: string): boolean => decided.has(metric);

export const onlyOrders = (metric: string): boolean => ordering.has(metric);
