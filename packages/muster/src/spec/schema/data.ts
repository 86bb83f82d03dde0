import type { z } from "zod";
import type { DataSection, DataSource, EvaluationTable, LabelSpec, TableSpec } from "../spec.ts";
import { choice, column, name, number, scalar, text } from "./leaf.ts";
import { count, day, duration, share } from "./quantity.ts";
import { distinct, isMap, list, map, named, type Raw, type Report } from "./structure.ts";

const tableKeys = {
  path: text(
    "The file, folder or pattern, relative to the spec: Parquet, CSV, JSON lines, or a table of a DuckDB file (data.duckdb#flights).",
    ["data/train.parquet"],
  ),
  rename: named(
    {
      description:
        "Columns that are called otherwise in the data: the name that the spec uses, and the data's own.",
      examples: [{ late15: "arr_late" }],
    },
    column("The column's name in the data.", ["arr_late"]),
    2_000,
  ).exactOptional(),
  unit_id: column(
    "The column that names the unit whose rows belong together (a customer, a flight): intervals are made by unit.",
    ["flight_id"],
  ).exactOptional(),
};

const trainingTable: z.ZodType<TableSpec> = map("The data that the model was trained on.", tableKeys);

const evaluationTable: z.ZodType<EvaluationTable> = map(
  "The data that the model is judged on; never used for training.",
  {
    ...tableKeys,
    rows: count("How many rows it has at least. A claim that is measured.", ["40_000"]).exactOptional(),
    columns: list(
      "All its columns, so that a line that speaks of another one is found before anything is read.",
      column("A column.", ["flight_id", "origin"]),
      { least: 1, most: 2_000 },
      distinct(null, "column"),
    ).exactOptional(),
  },
);

const label: z.ZodType<LabelSpec> = map("What the model learns to say.", {
  column: column("The column that holds the truth.", ["late15"]),
  positive: scalar("The value that counts as positive.", [1]).exactOptional(),
  verified_by: column("The column that says whether a person has verified the label.", [
    "verified",
  ]).exactOptional(),
  classes: list(
    "The closed set of classes.",
    scalar("One class.", ["late", "on_time"]),
    { least: 2, most: 10_000 },
    distinct(null, "class"),
  ).exactOptional(),
  prevalence: share("The share of positives that is expected where the model is used.", ["3%"], {
    above: 0,
    below: 1,
  }).exactOptional(),
  delay: duration("How long after the prediction the truth is known.", ["30d"], {
    zero: "allowed",
  }).exactOptional(),
  accuracy: share("How often the label is right.", ["98%"], { above: 0 }).exactOptional(),
  method: text("How that is known.", ["Two annotators, a third decides"], 1_000).exactOptional(),
  checked: count("On how many labels that was found.", ["500"]).exactOptional(),
  agreement: map("How well annotators agree.", {
    metric: name("The statistic.", ["cohen_kappa", "krippendorff_alpha"]),
    value: number("What it was.", [0.82], { least: -1, most: 1 }),
  }).exactOptional(),
  known_for: choice(
    "Whether the truth is known of all cases, or only of those that today's policy acted on (of loans that were granted).",
    ["all", "acted_on"],
  ).exactOptional(),
  correction: text("What is done about cases whose truth is never known.", [
    "1% of the cases are decided at random",
  ]).exactOptional(),
});

const source: z.ZodType<DataSource> = map("One place where data comes from.", {
  name: text("What people call it.", ["on-time performance"], 200),
  owner: text("The team that answers for it.", ["ops-data"], 200).exactOptional(),
  access: text("Where it can be read, relative to the spec; access is proven by reading it.", [
    "data/flights.parquet",
  ]).exactOptional(),
  volume: count("How many rows it has at least.", ["3_000_000"]).exactOptional(),
  usable: share("The share of its rows that is left after cleaning and joining.", ["80%"], {
    above: 0,
  }).exactOptional(),
  updates: text(
    "How often it is renewed: a word such as daily or monthly, or a duration.",
    ["monthly", "6h"],
    200,
  ).exactOptional(),
  access_until: day("The last day on which it may be read.", ["2027-12-31"]).exactOptional(),
  holds: choice("Whether its rows are about persons, and about what the law protects most.", [
    "no_personal_data",
    "personal_data",
    "special_categories",
  ]).exactOptional(),
  lawful_basis: text("Why data of persons may be used for this.", [
    "Contract with the customer",
  ]).exactOptional(),
  retain: duration("How long data of persons is kept.", ["365d"]).exactOptional(),
  minimisation: text("What was left out or made coarser, so that no more is held than is needed.", [
    "Age in bands of ten years, no names",
  ]).exactOptional(),
});

const requirements = map("What the training data has to be like. Each line is a claim that is measured.", {
  examples: map("The least number of examples.", {
    total: count("In all.", ["1_000_000"]).exactOptional(),
    per_class: count("Of each class of the label.", ["100_000"]).exactOptional(),
  }).exactOptional(),
  dates: map(
    "The days that the training data has to cover.",
    { from: day("The first day.", ["2001-01-01"]), to: day("The last day, included.", ["2001-03-31"]) },
    datesRise,
  ).exactOptional(),
  label_quality: map("How far labels are to be trusted.", {
    verified: share("The least share of labels that a person has verified.", ["99%"]),
  }).exactOptional(),
  class_balance: map("How even the classes are.", {
    max_share: share("The largest share that one class may have.", ["85%"], { above: 0 }),
    correction: choice(
      "What undoes a balance that differs from the one in serving: class weights, recalibrated scores, or a threshold set on data as it comes.",
      ["none", "weights", "recalibration", "threshold"],
    ).exactOptional(),
  }).exactOptional(),
  freshness: duration("How old the newest training row may be.", ["90d"]).exactOptional(),
  no_leakage: map("No unit may stand in both the training and the evaluation data.", {
    keys: list(
      "The columns that name the unit.",
      column("A column.", ["flight_id"]),
      { least: 1, most: 50 },
      distinct(null, "key"),
    ),
  }).exactOptional(),
});

export const dataSection: z.ZodType<DataSection> = map(
  {
    id: "Data",
    description: "Section 3, training data requirements: where the data is and what it has to be like.",
  },
  {
    training: trainingTable.exactOptional(),
    evaluation: evaluationTable.exactOptional(),
    label: label.exactOptional(),
    time: map("When a row happened.", {
      column: column("The column that holds it.", ["departure"]),
      as_of: day("The day that ages are reckoned from, for data of the past; today when absent.", [
        "2001-04-01",
      ]).exactOptional(),
      season: duration("The longest cycle that the training data has to have seen.", [
        "365d",
      ]).exactOptional(),
    }).exactOptional(),
    split: map("How training and evaluation rows were told apart.", {
      method: choice("By chance row by row, by the unit that rows belong to, or by a day.", [
        "random",
        "by_unit",
        "by_time",
      ]),
      at: day("The first day of the evaluation data, for by_time.", ["2001-04-01"]).exactOptional(),
    }).exactOptional(),
    requirements: requirements.exactOptional(),
    sources: list(
      "Where the data comes from.",
      source,
      { most: 1_000 },
      distinct("name", "source"),
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

function startOf(value: unknown): { startMs: number; text: string } | null {
  if (!isMap(value)) return null;
  const { kind, startMs, text: written } = value;
  return kind === "day" && typeof startMs === "number" && typeof written === "string"
    ? { startMs, text: written }
    : null;
}
