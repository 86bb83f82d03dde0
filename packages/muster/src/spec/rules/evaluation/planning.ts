import { positivesForAuc, powerOfAuc } from "../../../stats/auc-power.ts";
import { binomialPower, binomialUpper, trialsNeeded } from "../../../stats/binomial-power.ts";
import type { Spec } from "../../spec.ts";
import { groupNames, isBinary, primaryThreshold, type Threshold } from "../metric-terms.ts";

/** What the metric counts among so many rows; null where the spec does not say enough. */
export function trialsAmong(rows: number, { facts, ...options }: Threshold, spec: Spec): number | null {
  const prevalence = spec.data?.label?.prevalence?.value;
  if (facts.shareOf === "rows") return rows;
  if (prevalence === undefined || !isBinary(options)) return null;
  if (facts.shareOf === "positives") return Math.floor(rows * prevalence + 1e-9);
  if (facts.shareOf === "negatives") return Math.floor(rows * (1 - prevalence) + 1e-9);
  return null;
}

/** What `trialsAmong` counts, for people. */
export function trialWords({ facts }: Threshold): string {
  return facts.shareOf ?? "positives";
}

export interface EvaluationPlan {
  readonly primary: Threshold;
  readonly expected: number;
  readonly wanted: number;
  /** How likely a model as good as expected passes on so many rows. */
  power(rows: number): number;
  /** How many rows it takes to pass with a probability. */
  rowsFor(power: number): number;
}

/** The plan of the evaluation, null where there is none, or in a sentence why it cannot be reckoned with. */
export function planOf(spec: Spec): EvaluationPlan | string | null {
  const { evaluation } = spec;
  const primary = primaryThreshold(spec);
  if (evaluation?.plan === undefined || primary === null) return null;
  const { facts, limit, metric } = primary;
  const { expected, power } = evaluation.plan;
  const higher = facts.direction === "higher";
  const cautious = evaluation.decide_by === "lower_bound";
  const alpha = cautious ? 1 - evaluation.confidence.value : 0.5;
  const base = { primary, expected, wanted: power.value };
  const prevalence = spec.data?.label?.prevalence?.value;
  if (facts.name === "roc_auc") {
    if (prevalence === undefined) return `data.label.prevalence does not say how many rows are positive`;
    const plan = { threshold: limit, truth: expected, ratio: (1 - prevalence) / prevalence, alpha };
    return {
      ...base,
      power: (rows) => powerOfAuc(rows * prevalence, plan),
      rowsFor: (wanted) => Math.ceil(positivesForAuc(wanted, plan) / prevalence),
    };
  }
  const perRow = trialsAmong(1e9, primary, spec);
  if (facts.shareOf === null || perRow === null) {
    return facts.shareOf === "positives" || facts.shareOf === "negatives"
      ? `data.label.prevalence does not say how many rows are positive`
      : `no formula gives the power of ${metric}: plan it with a bootstrap`;
  }
  const [threshold, truth] = higher ? [limit, expected] : [1 - limit, 1 - expected];
  return {
    ...base,
    power: (rows) => {
      const trials = trialsAmong(rows, primary, spec) ?? 0;
      if (cautious) return binomialPower(trials, threshold, truth, alpha);
      return binomialUpper(trials, Math.ceil(trials * threshold - 1e-9), truth);
    },
    rowsFor: (wanted) =>
      Math.ceil(trialsNeeded({ threshold, truth, alpha, power: wanted }).stable / (perRow / 1e9)),
  };
}

export interface PlannedGroup {
  readonly at: readonly (string | number)[];
  readonly by: string;
  readonly name: string | null;
  readonly rows: number;
}

/** Every group whose rows the spec expects. */
export function plannedGroups(spec: Spec): readonly PlannedGroup[] {
  return (spec.evaluation?.subgroups ?? []).flatMap((subgroup, i) => {
    const { by, rows } = subgroup;
    if (rows === undefined) return [];
    const names = groupNames(subgroup) ?? [null];
    return names.map((name, k) => {
      const own = rows.length === 1 ? 0 : k;
      return { at: ["evaluation", "subgroups", i, "rows", own], by, name, rows: rows[own]?.value ?? 0 };
    });
  });
}
