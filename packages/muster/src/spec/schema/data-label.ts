import type { z } from "zod";
import type { LabelAudit, LabelSpec } from "../data-section.ts";
import { keyColumns } from "./key-columns.ts";
import { choice, column, name, number, scalar, text } from "./leaf.ts";
import { count, duration, share } from "./quantity.ts";
import { distinct, list, map } from "./structure.ts";

const labelAudit: z.ZodType<LabelAudit> = map(
  "A random sample of training labels that people looked at again. The seed draws the same rows anew, so that only rows that chance has chosen count.",
  {
    path: text("The file of the sample, with what people found: `muster audit sample` draws it.", [
      "audit.csv",
    ]),
    key: keyColumns("The columns that name a training row, in both files.", "flight_id"),
    seed: count("The seed that it was drawn with.", [7], { least: 0 }),
    size: count("How many rows were drawn; with `by`, of each of its values.", ["300"], { most: 50_000 }),
    by: column("The column whose values were drawn apart: a stratified sample.", ["late15"]).exactOptional(),
    column: column(
      "The column of the file that holds the label as it should be; empty where nobody has looked.",
      ["label_by_review"],
    ),
    second: column("The same from a second person, who did not see the first one's.", [
      "label_by_second_review",
    ]).exactOptional(),
  },
);

export const dataLabel: z.ZodType<LabelSpec> = map("What the model learns to say.", {
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
  audit: labelAudit.exactOptional(),
  known_for: choice(
    "Whether the truth is known of all cases, or only of those that today's policy acted on (of loans that were granted).",
    ["all", "acted_on"],
  ).exactOptional(),
  correction: text("What is done about cases whose truth is never known.", [
    "1% of the cases are decided at random",
  ]).exactOptional(),
});
