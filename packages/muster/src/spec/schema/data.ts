import type { z } from "zod";
import type { DataSection, DataSource, EvaluationTable, TableSpec } from "../data-section.ts";
import { dataLabel } from "./data-label.ts";
import { dataRequirements } from "./data-requirements.ts";
import { choice, column, text } from "./leaf.ts";
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
    rows_per_unit: choice(
      "Whether each unit has one row or many. With many, intervals take units as independent and not rows; with one, a second row of a unit is a broken claim.",
      ["one", "many"],
    ).exactOptional(),
    query_id: column("For ranked lists: the column that names the query, whose rows are one list.", [
      "query_id",
    ]).exactOptional(),
    document_id: column(
      "For ranked lists: the column that names the document. Results of equal score are ordered by it, as trec_eval does; without it they count as their mean or worst first.",
      ["document_id"],
    ).exactOptional(),
    rows: count("How many rows it has at least. A claim that is measured.", ["40_000"]).exactOptional(),
    columns: list(
      "All its columns, so that a line that speaks of another one is found before anything is read.",
      column("A column.", ["flight_id", "origin"]),
      { least: 1, most: 2_000 },
      distinct(null, "column"),
    ).exactOptional(),
  },
  unitOfManyRows,
);

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
  time: column("The column that says when its rows were made: what `updates` says is measured on it.", [
    "date",
  ]).exactOptional(),
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

export const dataSection: z.ZodType<DataSection> = map(
  {
    id: "Data",
    description: "Section 3, training data requirements: where the data is and what it has to be like.",
  },
  {
    training: trainingTable.exactOptional(),
    evaluation: evaluationTable.exactOptional(),
    label: dataLabel.exactOptional(),
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
    requirements: dataRequirements.exactOptional(),
    sources: list(
      "Where the data comes from.",
      source,
      { most: 1_000 },
      distinct("name", "source"),
    ).exactOptional(),
  },
);

function unitOfManyRows(table: Raw, report: (report: Report) => void): void {
  if (!isMap(table) || table.rows_per_unit === undefined || table.unit_id !== undefined) return;
  report({
    path: ["rows_per_unit"],
    code: "MU-A228",
    message: "Nothing names the unit that has these rows.",
    hint: "Add unit_id, the column that tells units apart.",
    on: "key",
  });
}
