import type { Scalar } from "../../query/scalar.ts";
import type { Raw, RawMap } from "../raw.ts";
import { around, blank, cell, listIn, mapIn, mapsIn, phrase, prose, table } from "./cells.ts";
import { scalarText } from "./scalars.ts";

export function dataLines(raw: RawMap): string[] {
  const data = mapIn(raw.data);
  const wanted = mapIn(data.requirements);
  const examples = mapIn(wanted.examples);
  const dates = mapIn(wanted.dates);
  return [
    ...table(
      ["Requirement", "Specification", "Current status"],
      [
        [
          "Minimum training examples",
          phrase([around("", examples.total, " total"), around("", examples.per_class, " per class")]),
        ],
        [
          "Date range of training data",
          dates.from === undefined ? blank : `${cell(dates.from)} – ${cell(dates.to)}`,
        ],
        [
          "Label quality requirement",
          around("At least ", mapIn(wanted.label_quality).verified, " of labels verified by human review") ??
            blank,
        ],
        [
          "Class balance requirement",
          around("No class above ", mapIn(wanted.class_balance).max_share, " of dataset") ?? blank,
        ],
        [
          "Data freshness for retraining",
          around("Retrain when data is more than ", wanted.freshness, " old") ?? blank,
        ],
      ].map((row) => [...row, blank]),
    ),
    "Data sources:",
    "",
    ...table(
      ["Dataset", "Owner", "Access", "Volume", "Update frequency"],
      mapsIn(data.sources).map((source) => [
        cell(source.name),
        cell(source.owner),
        cell(source.access),
        cell(around("", source.volume, " rows") ?? undefined),
        cell(source.updates),
      ]),
    ),
  ];
}

export function evaluationLines(raw: RawMap): string[] {
  const evaluation = mapIn(raw.evaluation);
  const primary = mapIn(evaluation.primary);
  return [
    `Primary evaluation metric: ${cell(primary.metric)}`,
    "",
    ...table(
      ["Metric", "Definition", "Minimum threshold to ship", "Current baseline"],
      primary.metric === undefined
        ? []
        : [
            [
              cell(primary.metric),
              blank,
              phrase([around("≥ ", primary.at_least), around("≤ ", primary.at_most)], " or "),
              blank,
            ],
          ],
    ),
    "Secondary metrics (for monitoring, not for ship/no-ship decisions):",
    "",
    ...table(
      ["Metric", "Definition", "Alert threshold"],
      mapsIn(evaluation.secondary).map((each) => [
        cell(each.metric),
        blank,
        phrase([around("< ", each.alert_below), around("> ", each.alert_above)], " or "),
      ]),
    ),
    "Subgroup evaluation requirements: The model must meet the primary metric threshold for ALL of the following subgroups, not just in aggregate:",
    "",
    ...mapsIn(evaluation.subgroups).map((group) => `- ${prose(groupText(group))}`),
    "",
  ];
}

function groupText({ by, from, values, bins, hours }: RawMap): string {
  const name = `${String(by)}${from === undefined ? "" : ` (of ${String(from)})`}`;
  const scalars = (list: Raw | undefined): string =>
    (listIn(list) as readonly Scalar[]).map(scalarText).join(", ");
  if (values !== undefined) return `${name}: ${scalars(values)}`;
  if (bins !== undefined) return `${name} by range: ${scalars(bins)}`;
  if (hours === undefined) return `${name}: every value`;
  const parts = Object.entries(mapIn(hours)).map(([label, ends]) => `${label} ${listIn(ends).join("–")}`);
  return `${name} by hour: ${parts.join(", ")}`;
}
