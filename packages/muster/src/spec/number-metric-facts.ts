import { error, family, infinity, type MetricFacts, share } from "./metric-family.ts";

/** Of predicted numbers, their ranks, quantiles and intervals. */
export const ofFurtherNumbers: readonly MetricFacts[] = family(
  { kinds: ["regression"], outputs: ["number"] },
  [
    {
      name: "root_mean_squared_log_error",
      aliases: ["rmsle"],
      direction: "lower",
      range: error,
    },
    { name: "median_absolute_error", aliases: ["medae"], direction: "lower", range: error },
    {
      name: "absolute_error_quantile",
      aliases: ["quantile_absolute_error"],
      direction: "lower",
      range: error,
    },
    {
      name: "symmetric_mean_absolute_percentage_error",
      aliases: ["smape"],
      direction: "lower",
      range: [0, 2],
    },
    { name: "weighted_absolute_percentage_error", aliases: ["wape"], direction: "lower", range: error },
    { name: "mean_absolute_scaled_error", aliases: ["mase"], direction: "lower", range: error },
    { name: "mean_pinball_loss", aliases: ["pinball_loss"], direction: "lower", range: error },
    { name: "mean_poisson_deviance", direction: "lower", range: error },
    { name: "mean_gamma_deviance", direction: "lower", range: error },
    { name: "mean_tweedie_deviance", direction: "lower", range: error },
    { name: "within_tolerance", aliases: ["within_tolerance_share"], direction: "higher", range: share },
    { name: "interval_coverage", aliases: ["picp"], direction: "higher", range: share },
    {
      name: "mean_interval_width",
      aliases: ["mpiw"],
      direction: "lower",
      range: [-infinity, infinity],
    },
    {
      name: "winkler_score",
      aliases: ["interval_score"],
      direction: "lower",
      range: [-infinity, infinity],
    },
    { name: "d2_tweedie", aliases: ["d2_tweedie_score"], direction: "higher", range: [-infinity, 1] },
    { name: "d2_pinball", aliases: ["d2_pinball_score"], direction: "higher", range: [-infinity, 1] },
    {
      name: "d2_absolute_error",
      aliases: ["d2_absolute_error_score"],
      direction: "higher",
      range: [-infinity, 1],
    },
    { name: "spearman", aliases: ["spearmanr"], direction: "higher", range: [-1, 1] },
    { name: "kendall_tau_b", aliases: ["kendalltau"], direction: "higher", range: [-1, 1] },
  ],
);
