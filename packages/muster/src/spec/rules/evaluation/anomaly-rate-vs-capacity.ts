import type { Spec } from "../../spec.ts";
import { allThresholds, percent, printed } from "../metric-terms.ts";
import type { Rule } from "../rule.ts";

const daySeconds = 86_400;

/** The false alarms a day that the spec allows, by the strictest line about them. */
function allowedAlarms(spec: Spec) {
  const work = spec.evaluation?.workload;
  const prevalence = spec.data?.label?.prevalence?.value;
  if (work === undefined) return null;
  const lines = allThresholds(spec).flatMap((threshold) => {
    const { facts, sense, limit } = threshold;
    if (facts.name === "false_positive_rate" && sense === "at_most") return [{ threshold, rate: limit }];
    if (facts.name === "specificity" && sense === "at_least") return [{ threshold, rate: 1 - limit }];
    return [];
  });
  const [line] = lines.sort((a, b) => a.rate - b.rate);
  if (line === undefined) return null;
  const negatives = work.cases.perSecond * daySeconds * (1 - (prevalence ?? 0));
  return { ...line, work, alarms: line.rate * negatives, capacity: work.capacity.perSecond * daySeconds };
}

/** A limit on false alarms that is kept, and still floods the people who look at them. */
export const anomalyRateVsCapacity: Rule = {
  code: "MU-E123",
  slug: "anomaly-rate-vs-capacity",
  title: "More false alarms than people can look at",
  severity: "error",
  preset: "recommended",
  section: "evaluation",
  needs: "spec",
  fix: "none",
  why: "A false positive rate is a share of the cases that are fine, and of those there are many. One in a hundred of a million payments is ten thousand alarms a day; analysts who can look at two hundred stop looking, and the detector is as good as switched off.",
  formula: "false positive rate x cases x (1 - prevalence) <= capacity",
  example: {
    base: "anomaly_detection",
    fails: [
      [
        "    - {metric: recall, alert_below: 0.5}\n",
        "    - {metric: false_positive_rate, alert_above: 0.01}\n",
      ],
      ["evaluation:\n", "evaluation:\n  workload: {cases: 1_000_000/d, capacity: 200/d}\n"],
    ],
    passes: [
      [
        "    - {metric: recall, alert_below: 0.5}\n",
        "    - {metric: false_positive_rate, alert_above: 0.0001}\n",
      ],
      ["evaluation:\n", "evaluation:\n  workload: {cases: 1_000_000/d, capacity: 200/d}\n"],
    ],
  },
  check({ spec }) {
    const found = allowedAlarms(spec);
    if (found === null || found.alarms <= found.capacity * (1 + 1e-9)) return [];
    const { threshold, rate, work, alarms, capacity } = found;
    return [
      {
        at: [...threshold.at, threshold.key],
        message: `${percent(rate)} false positives of ${work.cases.text} cases are ${printed(alarms)} false alarms a day; people can look at ${printed(capacity)}.`,
        hint: `Allow at most ${percent((rate * capacity) / alarms)} false positives, or provide for more capacity.`,
        related: [
          { at: ["evaluation", "workload", "capacity"], message: `${work.capacity.text} can be looked at` },
        ],
      },
    ];
  },
  explain({ spec }) {
    const found = allowedAlarms(spec);
    return found === null
      ? null
      : `${found.rate} of the negative cases are ${printed(found.alarms)} alarms a day, the capacity is ${printed(found.capacity)}`;
  },
};
