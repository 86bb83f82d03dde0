import type { Rule } from "../rule.ts";

const calibration: ReadonlySet<string> = new Set([
  ...["expected_calibration_error", "ece", "calibration_error"],
  ...["brier_score", "brier", "brier_score_loss", "log_loss", "cross_entropy"],
]);

/** Nothing is wrong with a number that ranks well; it is the word probability that promises more. */
export const probabilityUncalibrated: Rule = {
  code: "MU-I113",
  slug: "probability-uncalibrated",
  title: "A probability whose calibration nobody measures",
  severity: "warning",
  preset: "strict",
  section: "contract",
  needs: "spec",
  fix: "none",
  why: "People who are told 90 % expect to be wrong one time in ten. A score that ranks well may still be far from that, and only a calibration metric shows it.",
  example: {
    base: "classification",
    fails: [["    - {metric: expected_calibration_error, alert_above: 0.03}\n", ""]],
    passes: [
      ["{metric: expected_calibration_error, alert_above: 0.03}", "{metric: brier_score, alert_above: 0.2}"],
    ],
  },

  check({ spec: { contract, evaluation, monitoring } }) {
    if (evaluation === undefined) return [];
    const metrics = [
      evaluation.primary?.metric,
      ...(evaluation.secondary ?? []).map(({ metric }) => metric),
      monitoring?.performance?.metric,
    ];
    if (metrics.some((metric) => metric !== undefined && calibration.has(metric))) return [];
    return (contract?.outputs ?? []).flatMap(({ name, type }, i) =>
      type !== "probability"
        ? []
        : [
            {
              at: ["contract", "outputs", i, "type"],
              message: `${name} is called a probability, and no metric of the spec measures whether it is one.`,
              hint: "Add a calibration metric to the secondary ones, or call the output a score.",
              allowed: ["expected_calibration_error", "brier_score", "log_loss"],
              related: [{ at: ["evaluation"], message: "the metrics of the spec" }],
            },
          ],
    );
  },
};
