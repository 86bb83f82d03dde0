import { trialsNeeded } from "../../stats/binomial-power.ts";
import type { Draft } from "../draft.ts";
import { type Raw, rawMap } from "../raw.ts";
import { grouped, nameOf } from "../words.ts";
import type { Surveys } from "./data-start.ts";
import { type LabelKind, scalarOf } from "./label-kind.ts";

/** A margin of two points on a promise of 90 %, as an example of what a group has to be able to show. */
const plan = { threshold: 0.9, truth: 0.92, alpha: 0.05, power: 0.8 } as const;
const mostGroups = 8;

/**
 * The metric that suits the label, without a threshold: how good is good enough is for the team to say. And the
 * groups that have enough rows for a promise to be proven on each of them.
 */
export function draftEvaluation(
  draft: Draft,
  surveys: Surveys,
  kind: LabelKind,
  hours: ReadonlyMap<string, number> | null,
): void {
  const path = ["evaluation"];
  draft.put([...path, "decide_by"], "lower_bound");
  for (const line of metricLines(surveys, kind)) draft.note([...path, "primary"], line);
  const needed = trialsNeeded(plan).first;
  const groups = [...candidates(surveys, needed), ...timesOfDay(surveys, hours, needed)];
  draft.note(
    [...path, "subgroups"],
    `Groups with at least ${grouped(needed)} rows: so many it takes to prove 90% where 92% is true (exact one-sided binomial, 95% sure, 80% power).`,
  );
  for (const group of groups.slice(0, mostGroups)) draft.push([...path, "subgroups"], group);
  if (groups.length === 0)
    draft.note(
      [...path, "subgroups"],
      "TODO: no column has two groups of that many rows; which groups must not be failed?",
    );
}

function metricLines({ label }: Surveys, kind: LabelKind): string[] {
  if (kind.output === "regression") {
    return [
      "TODO primary: {metric: mean_absolute_error, at_most: ..}   in the label's own unit; measure the baseline first",
    ];
  }
  const rows = (label.values ?? []).reduce((sum, [, n]) => sum + n, 0);
  if (kind.positive === null) {
    const largest = (100 * (label.values?.[0]?.[1] ?? 0)) / Math.max(1, rows);
    return [
      `TODO primary: {metric: balanced_accuracy, at_least: ..}   chance is ${(1 / Math.max(1, kind.classes.length)).toFixed(3)}; always saying the most frequent class is right in ${largest.toFixed(1)}%`,
    ];
  }
  const positives = label.values?.find(([value]) => value === String(kind.positive))?.[1] ?? 0;
  const share = positives / Math.max(1, rows);
  // Among few positives a ranking looks good by its many easy negatives (Davis and Goadrich, ICML 2006).
  return share < 0.1
    ? [
        `TODO primary: {metric: average_precision, at_least: ..}   ${(100 * share).toFixed(2)}% are positive, which is what chance reaches`,
      ]
    : ["TODO primary: {metric: roc_auc, at_least: ..}   chance reaches 0.5"];
}

/** Columns of the table that is judged on with at least two groups that are large enough. */
function candidates({ training, evaluation, start, keys }: Surveys, needed: number): Raw[] {
  return (evaluation ?? training).flatMap(({ column: { name, type }, values }) => {
    if (name === start.label || keys.includes(name) || nameOf(name) !== name || values === null) return [];
    if (type !== "string" && type !== "boolean") return [];
    const large = values.filter(
      ([value, rows]) => rows >= needed && value.trim() !== "" && value.length <= 200,
    );
    if (large.length < 2) return [];
    return [
      rawMap([
        ["by", name],
        ["values", large.slice(0, 10).map(([value]) => scalarOf(value, type))],
      ]),
    ];
  });
}

function timesOfDay({ start }: Surveys, hours: ReadonlyMap<string, number> | null, needed: number): Raw[] {
  if (hours === null || start.time === undefined) return [];
  const parts = [
    ["night", [0, 6]],
    ["morning", [6, 12]],
    ["afternoon", [12, 18]],
    ["evening", [18, 24]],
  ] as const;
  const large = parts.filter(([name]) => (hours.get(name) ?? 0) >= needed);
  return large.length < 2
    ? []
    : [
        rawMap([
          ["by", "part_of_day"],
          ["from", start.time],
          ["hours", rawMap(large)],
        ]),
      ];
}
