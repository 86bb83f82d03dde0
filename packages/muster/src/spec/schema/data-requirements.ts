import type { z } from "zod";
import type { DataRequirements } from "../data-section.ts";
import { keyColumns } from "./key-columns.ts";
import { choice, column, number } from "./leaf.ts";
import { count, day, duration, share } from "./quantity.ts";
import { byColumn, distinct, isMap, list, map, oneOf, present, type Raw, type Report } from "./structure.ts";

export const dataRequirements: z.ZodType<DataRequirements> = map(
  "What the training data has to be like. Each line is a claim that is measured.",
  {
    examples: map("The least number of examples.", {
      total: count("In all.", ["1_000_000"]).exactOptional(),
      per_class: count("Of each class of the label.", ["100_000"]).exactOptional(),
    }).exactOptional(),
    dates: map(
      "The days that the training data has to cover.",
      {
        from: day("The first day.", ["2001-01-01"]),
        to: day("The last day, included.", ["2001-03-31"]),
        max_gap: duration(
          "The longest time between the beginnings of two neighbouring days that have rows; of hours when it is no whole number of days.",
          ["1d", "1h"],
        ).exactOptional(),
      },
      datesRise,
      gapOfAnHour,
    ).exactOptional(),
    label_quality: map("How far labels are to be trusted.", {
      verified: share("The least share of labels that a person has verified.", ["99%"]),
    }).exactOptional(),
    class_balance: map(
      "How even the classes are.",
      {
        max_share: share("The largest share that one class may have.", ["85%"], { above: 0 }).exactOptional(),
        min_share: share("The least share that each class has to have.", ["5%"], {
          above: 0,
        }).exactOptional(),
        max_ratio: number("How many rows the largest class may have for one of the smallest.", [20], {
          least: 1,
          most: 1e9,
        }).exactOptional(),
        shares: byColumn(
          "The share that each class is said to have, by its value.",
          share("Its share of the labelled rows.", ["20%"]),
          10_000,
        ).exactOptional(),
        max_deviation: share("How far the share of a class may be from what is said of it under `shares`.", [
          "2%",
        ]).exactOptional(),
        correction: choice(
          "What undoes a balance that differs from the one in serving: class weights, recalibrated scores, or a threshold set on data as it comes.",
          ["none", "weights", "recalibration", "threshold"],
        ).exactOptional(),
      },
      oneOf(["max_share", "min_share", "max_ratio", "shares"], 4),
      deviationOfShares,
    ).exactOptional(),
    freshness: duration("How old the newest training row may be.", ["90d"]).exactOptional(),
    schema: map("Which columns the training data has, and what they hold.", {
      columns: byColumn(
        "The type of each column.",
        choice("What it holds.", ["string", "integer", "float", "boolean", "datetime"]),
        2_000,
      ),
      others: choice("What of columns that are not listed; they are named either way.", [
        "allowed",
        "refused",
      ]).exactOptional(),
    }).exactOptional(),
    max_missing: byColumn(
      "The largest share of rows without a value, by column. NaN and infinity are no value.",
      share("Its largest share.", ["5%"]),
      2_000,
    ).exactOptional(),
    duplicates: map("Rows that stand there already.", {
      max: share("The largest share of rows that repeat an earlier one.", ["0.1%"]),
      keys: keyColumns(
        "The columns in which they are equal; all columns when absent.",
        "flight_id",
      ).exactOptional(),
    }).exactOptional(),
    label_conflicts: map(
      "Rows with the same features and different labels, of which no model can have all right.",
      {
        max: share("The largest share of labelled rows that contradict another one.", ["0.5%"]),
        features: keyColumns(
          "The columns in which they are equal; the contract's inputs when absent.",
          "origin",
        ).exactOptional(),
      },
    ).exactOptional(),
    no_leakage: map(
      "What of the evaluation data may not be known from the training data.",
      {
        keys: list(
          "The columns that together name a row or unit that may not stand in both.",
          column("A column.", ["flight_id"]),
          { least: 1, most: 50 },
          distinct(null, "key"),
        ).exactOptional(),
        entities: keyColumns(
          "Columns of units that rows belong to, each on its own: no customer, no device may stand in both.",
          "customer_id",
        ).exactOptional(),
        time: map("Evaluation rows are later than training rows.", {
          max_overlap: share("The share of evaluation rows that are not later than the last training row.", [
            "0%",
          ]),
        }).exactOptional(),
        features: map("No input is the label in disguise.", {
          max_roc_auc: number("The best that the order of one input alone may tell the label.", [0.99], {
            least: 0.5,
            most: 1,
          }),
        }).exactOptional(),
      },
      oneOf(["keys", "entities", "time", "features"], 4),
    ).exactOptional(),
  },
);

function datesRise({ from, to }: Raw, report: (report: Report) => void): void {
  const [first, last] = [startOf(from), startOf(to)];
  if (first === null || last === null || first.startMs <= last.startMs) return;
  report({
    path: ["to"],
    code: "MU-A225",
    message: `The last day, ${last.text}, lies before the first one, ${first.text}.`,
    hint: "Exchange the two days, or correct one.",
    related: { message: "the first day", path: ["from"] },
  });
}

/** A gap is told by days or by hours, never by less. */
function gapOfAnHour({ max_gap: gap }: Raw, report: (report: Report) => void): void {
  if (!isMap(gap) || typeof gap.ms !== "number" || gap.ms >= 3_600_000) return;
  report({
    path: ["max_gap"],
    code: "MU-A224",
    message: "Gaps are told by days or by hours: this one is shorter than an hour.",
    hint: "Write 1h or more.",
  });
}

function deviationOfShares(value: Raw, report: (report: Report) => void): void {
  const [both, one] = [present(value, ["shares", "max_deviation"]), value.shares === undefined];
  if (both.length !== 1) return;
  report({
    path: one ? ["max_deviation"] : ["shares"],
    code: "MU-A226",
    message: one ? "max_deviation needs the shares that it speaks of." : "shares needs max_deviation.",
    hint: one ? "Add shares." : "Say under max_deviation how far a share may be off.",
    on: "key",
  });
}

function startOf(value: unknown): { startMs: number; text: string } | null {
  if (!isMap(value)) return null;
  const { kind, startMs, text: written } = value;
  return kind === "day" && typeof startMs === "number" && typeof written === "string"
    ? { startMs, text: written }
    : null;
}
