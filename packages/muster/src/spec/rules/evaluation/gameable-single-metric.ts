import type { MetricFacts } from "../../metric-family.ts";
import { isBinary, primaryThreshold, secondaryFacts } from "../metric-terms.ts";
import type { Rule } from "../rule.ts";

type Trick = NonNullable<MetricFacts["gamed"]>;

const tricks: Readonly<Record<Trick, { model: string; against: readonly string[] }>> = {
  all_positive: {
    model: "A model that calls every case positive is perfect by it",
    against: ["precision", "specificity", "false_positive_rate"],
  },
  all_negative: {
    model: "A model that calls no case positive is perfect by it",
    against: ["recall", "false_negative_rate"],
  },
  few_positive: {
    model: "A model that calls only its one surest case positive is perfect by it",
    against: ["recall", "false_negative_rate"],
  },
  no_discrimination: {
    model: "A model that gives every case the same average score is perfect by it",
    against: ["roc_auc", "average_precision", "log_loss", "brier_score", "precision", "recall"],
  },
  abstaining: {
    model: "A model that answers everything, right or wrong, is perfect by it",
    against: ["selective_risk", "precision"],
  },
};

/** Metrics that a model without any skill fails, whichever way it answers. */
const whole: readonly string[] = [
  "average_precision",
  "f1",
  "fbeta",
  "jaccard",
  "accuracy",
  "zero_one_loss",
  "balanced_accuracy",
  "matthews_corrcoef",
  "cohen_kappa",
  "positive_likelihood_ratio",
];

/** One side of a trade decides and nothing holds the other. */
export const gameableSingleMetric: Rule = {
  code: "MU-E108",
  slug: "gameable-single-metric",
  title: "A metric that can be had for nothing decides alone",
  severity: "error",
  preset: "recommended",
  section: "evaluation",
  needs: "spec",
  fix: "none",
  why: "Recall is perfect for a model that calls everything positive, precision for one that speaks once, calibration for one that always says the average. Each is one side of a trade, and as the only metric it rewards giving up the other side.",
  example: {
    base: "anomaly_detection",
    fails: [
      ["primary: {metric: average_precision, at_least: 0.35}", "primary: {metric: recall, at_least: 0.35}"],
      ["    - {metric: recall, alert_below: 0.5}\n", ""],
      ["{metric: precision, alert_below: 0.2}", "{metric: false_negative_rate, alert_above: 0.7}"],
    ],
    passes: [
      ["primary: {metric: average_precision, at_least: 0.35}", "primary: {metric: recall, at_least: 0.35}"],
      ["    - {metric: recall, alert_below: 0.5}\n", ""],
    ],
  },
  check({ spec }) {
    const primary = primaryThreshold(spec);
    const kind = spec.problem?.output;
    if (primary === null || primary.facts.gamed === undefined) return [];
    // Of a list the first k are taken whatever the model says; an average over classes trades one against another.
    if (kind !== "classification" && kind !== "anomaly_detection") return [];
    if (!isBinary(primary)) return [];
    const { model, against } = tricks[primary.facts.gamed];
    const opposing = [...against, ...(primary.facts.gamed === "no_discrimination" ? [] : whole)];
    if (secondaryFacts(spec).some((facts) => [...opposing, ...whole].includes(facts.name))) return [];
    return [
      {
        at: [...primary.at, "metric"],
        message: `${primary.metric} alone decides. ${model}, and no secondary metric would show it.`,
        hint: `Add a secondary metric that pulls the other way, such as ${against[0]}.`,
        allowed: opposing,
      },
    ];
  },
};
