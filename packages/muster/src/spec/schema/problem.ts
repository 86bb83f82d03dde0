import type { z } from "zod";
import type { Consumer, OutputKind, ProblemSection } from "../problem-section.ts";
import { choice, column, flag, name, number, text } from "./leaf.ts";
import { duration } from "./quantity.ts";
import { distinct, list, map } from "./structure.ts";

const outputKinds: readonly [OutputKind, ...OutputKind[]] = [
  "classification",
  "regression",
  "ranking",
  "generation",
  "anomaly_detection",
];

const consumer: z.ZodType<Consumer> = map("One user of the output: a service, a team, a screen.", {
  who: text(
    "The service, team or screen that uses the output.",
    ["rebooking-service", "operations desk"],
    200,
  ),
  use: choice("How it uses the output: shown to users, read by an internal team, or acted on by a machine.", [
    "shown_to_users",
    "internal_team",
    "automated_decision",
  ]),
  budget: duration("How long this consumer waits for an answer.", ["50ms", "2s"]).exactOptional(),
  explanation: choice("Whether it needs to be told why the model says so.", [
    "required",
    "optional",
    "none",
  ]).exactOptional(),
});

export const problemSection: z.ZodType<ProblemSection> = map(
  {
    id: "Problem",
    description: "Section 1, problem statement: what the model is for, and what is reached without it.",
  },
  {
    statement: text(
      "The business problem in two or three sentences, without the model in it.",
      ["Passengers with tight connections are rebooked too late, when no seats are left."],
      10_000,
    ),
    decision: map("The decision that the model takes part in.", {
      what: text("The decision.", ["Rebook tight connections before departure"]),
      mode: choice("Whether the model enables people to decide or automates the decision.", [
        "enables",
        "automates",
      ]),
      oversight: choice(
        "Which decisions a person sees before they take effect: none, the exceptional ones, or each.",
        ["none", "exceptions", "every_decision"],
      ).exactOptional(),
    }).exactOptional(),
    goal: map("What the business wants to move.", {
      what: text("The goal, as the business counts it.", ["Fewer missed connections a month"]),
      moved_by: list(
        "The metrics of this spec that move it: those of the evaluation and of monitoring.",
        name("A metric.", ["recall"]),
        { least: 1, most: 50 },
        distinct(null, "metric"),
      ).exactOptional(),
    }).exactOptional(),
    regulated: flag(
      "Whether the author takes this use for one that a law on AI regulates. Muster cannot decide it.",
    ).exactOptional(),
    output: choice("What kind of thing the model says.", outputKinds),
    baseline: map(
      "What is reached without the model. It is measured on the same rows as the model, never quoted.",
      {
        description: text("How things are decided today.", ["Late rate of the hour of day"]),
        column: column("The column of the evaluation data that holds the baseline's own score.", [
          "baseline",
        ]).exactOptional(),
        reaches: number(
          "What it reached when somebody last measured it, in the primary metric; the linter holds the threshold against it.",
          [0.62],
        ).exactOptional(),
      },
    ).exactOptional(),
    consumers: list(
      "Who uses the output and how: latency, explanations and release rules are held against it.",
      consumer,
      { most: 200 },
      distinct("who", "consumer"),
    ).exactOptional(),
  },
);
