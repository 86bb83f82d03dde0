import { z } from "zod";
import type { EvaluationSection } from "../evaluation-section.ts";
import { primary, secondary } from "./decision-metric.ts";
import { choice, name, number, text } from "./leaf.ts";
import { metricColumns } from "./metric-columns.ts";
import { rate, share } from "./quantity.ts";
import { distinct, list, map } from "./structure.ts";
import { subgroup } from "./subgroup.ts";

export const evaluationSection: z.ZodType<EvaluationSection> = map(
  { id: "Evaluation", description: "Section 4, evaluation: which numbers decide whether the model ships." },
  {
    decide_by: choice(
      "What is held against a threshold: the cautious end of the confidence interval, or the measured value itself. The other one is always reported beside it.",
      ["lower_bound", "point"],
    ).default("lower_bound"),
    confidence: share("How sure an interval has to be.", ["95%"], { above: 0.5, below: 1 })
      .default({
        kind: "share",
        value: 0.95,
        text: "95%",
      })
      .register(z.globalRegistry, { preset: "95%" }),
    primary: primary.exactOptional(),
    secondary: list("Metrics that are watched beside the primary one.", secondary, {
      most: 200,
    }).exactOptional(),
    columns: metricColumns(
      "Columns of all metrics, said once: each metric takes those of them that it reads and does not name itself.",
    ).exactOptional(),
    subgroups: list(
      "Groups of rows for all of which the primary threshold holds.",
      subgroup,
      { most: 500 },
      distinct("by", "subgroup"),
    ).exactOptional(),
    intersections: list(
      "Subgroups that are crossed with one another: the primary threshold holds for each combination, too.",
      list(
        "The subgroups that are crossed.",
        name("A subgroup, by its name.", ["age_band", "sex"]),
        { least: 2, most: 5 },
        distinct(null, "subgroup"),
      ),
      { least: 1, most: 100 },
    ).exactOptional(),
    plan: map(
      "What the evaluation data is planned for: the linter reckons from it, and an undecided claim says how many rows it takes.",
      {
        expected: number("What the model is expected to reach in the primary metric.", [0.9]),
        power: share("The probability with which a model that good has to pass.", ["80%"], {
          above: 0,
          below: 1,
        }),
      },
    ).exactOptional(),
    conditions: text("How the evaluation data differs from what is met in serving, or why it does not.", [
      "The same airports, one month later",
    ]).exactOptional(),
    reuse: choice(
      "What comes of judging one model after the other on the same evaluation data: count prints the number of the attempt; spend also lowers the error that the attempt may make, so that all of them together keep the confidence.",
      ["count", "spend"],
    ).exactOptional(),
    workload: map("Whether people can keep up with what the model calls positive.", {
      cases: rate("How many cases are scored.", ["1_000_000/d"]),
      capacity: rate("How many of those called positive can be looked at.", ["200/d"]),
    }).exactOptional(),
    human_rating: text("How people rate outputs: who, how many, on which scale.", [
      "Three agents rate 200 replies a week from 1 to 5",
    ]).exactOptional(),
  },
);
