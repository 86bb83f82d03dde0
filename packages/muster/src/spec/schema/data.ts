import type { z } from "zod";
import type { DataSection, DataSource, TableSpec } from "../spec.ts";
import { column, scalar, text } from "./leaf.ts";
import { count, day, duration, share } from "./quantity.ts";
import { distinct, isMap, list, map, type Raw, type Report } from "./structure.ts";

function table(description: string): z.ZodType<TableSpec> {
  return map(description, {
    path: text("The file, relative to the spec: Parquet, CSV or JSON lines.", ["data/train.parquet"]),
    unit_id: column(
      "The column that names the unit whose rows belong together (a customer, a flight): intervals are made by unit.",
      ["flight_id"],
    ).exactOptional(),
  });
}

const source: z.ZodType<DataSource> = map("One place where data comes from.", {
  name: text("What people call it.", ["on-time performance"], 200),
  owner: text("The team that answers for it.", ["ops-data"], 200).exactOptional(),
  access: text("Where it can be read, relative to the spec; access is proven by reading it.", [
    "data/flights.parquet",
  ]).exactOptional(),
  volume: count("How many rows it has at least.", ["3_000_000"]).exactOptional(),
  updates: text("How often it is renewed.", ["monthly"], 200).exactOptional(),
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
    training: table("The data that the model was trained on.").exactOptional(),
    evaluation: table("The data that the model is judged on; never used for training.").exactOptional(),
    label: map("What the model learns to say.", {
      column: column("The column that holds the truth.", ["late15"]),
      positive: scalar("The value that counts as positive.", [1]).exactOptional(),
      verified_by: column("The column that says whether a person has verified the label.", [
        "verified",
      ]).exactOptional(),
    }).exactOptional(),
    time: map("When a row happened.", {
      column: column("The column that holds it.", ["departure"]),
      as_of: day("The day that ages are reckoned from, for data of the past; today when absent.", [
        "2001-04-01",
      ]).exactOptional(),
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
