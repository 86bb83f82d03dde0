import type { Rule } from "../rule.ts";
import { divergenceOf } from "./divergence.ts";
import { driftKeys } from "./window-rows.ts";

/** A distance needs two ends: the window, and data that the spec names. */
export const divergenceWithoutBaseline: Rule = {
  code: "MU-M301",
  slug: "divergence-without-baseline",
  title: "Divergence from nothing",
  severity: "error",
  preset: "recommended",
  section: "monitoring",
  needs: "spec",
  fix: "none",
  why: "A divergence says how far a window is from a reference distribution. Where the spec names no data that the reference is counted from, the alert has nothing to compare with and never means anything.",
  example: {
    base: "classification",
    fails: [["  training: {path: data/train.parquet}\n", ""]],
    passes: [["input_drift:      {metric: kl,", "input_drift:      {metric: psi,"]],
  },

  check({ spec }) {
    const { training, evaluation } = spec.data ?? {};
    return driftKeys.flatMap((key) => {
      const signal = spec.monitoring?.[key];
      if (signal === undefined || divergenceOf(signal.metric) === null) return [];
      // Answers at release are those on the training or the evaluation data.
      if (training !== undefined || (key === "prediction_drift" && evaluation !== undefined)) return [];
      if (signal.reference_rows !== undefined) return [];
      const what = key === "input_drift" ? "the training data" : "the answers at release";
      return [
        {
          at: ["monitoring", key, "metric"],
          message: `${signal.metric} is the distance from ${what}, but the spec names no data to count ${key === "input_drift" ? "them" : "those"} from.`,
          hint: "Name the table in data.training, or say how many rows the reference was counted from in reference_rows.",
          ...(spec.data === undefined
            ? {}
            : { related: [{ at: ["data"], message: "no training data is named here" }] }),
        },
      ];
    });
  },
};
