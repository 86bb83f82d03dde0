// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is part of the spec language
import type { z } from "zod";
import type { RetrainingSection } from "../monitoring-section.ts";
import { controlPath } from "./control-path.ts";
import { choice, flag, name, text, textWith } from "./leaf.ts";
import { duration, share } from "./quantity.ts";
import { readSchedule } from "./schedule.ts";
import { distinct, list, map } from "./structure.ts";

export const retrainingSection: z.ZodType<RetrainingSection> = map(
  { id: "Retraining", description: "Retraining, the second half of section 7: when, how, and who agrees." },
  {
    triggers: map("What starts it; any one of them.", {
      drift: choice("The drift signal of monitoring whose alert starts it.", [
        "input_drift",
        "prediction_drift",
      ]).exactOptional(),
      performance: flag("Whether an alert of monitoring.performance starts it.").exactOptional(),
      schedule: textWith(
        {
          description: "Times that start it, as a cron line of five fields, in UTC.",
          examples: ["0 3 1 * *"],
          pattern: "^\\S+(\\s+\\S+){4}$",
        },
        readSchedule,
      ).exactOptional(),
      data_older_than: duration("The age of the live version's training data that starts it.", [
        "90d",
      ]).exactOptional(),
    }).exactOptional(),
    run: text(
      "The command that trains; ${from}, ${to} and ${out} stand for the days of data and the file to write.",
      ["node train.ts --from ${from} --to ${to} --out ${out}"],
      4_000,
    ).exactOptional(),
    gate: list(
      "What a retrained version has to pass again before it ships. When absent, all that a release has to pass.",
      controlPath(["evaluation.primary", "evaluation.subgroups"]),
      { most: 100 },
      distinct(null, "line"),
    ).exactOptional(),
    feedback: map("Whether the model teaches itself.", {
      loop: flag("Whether what the model answers changes what is later learned as the truth."),
      holdout: share("The share of requests that the model's answer is kept from, to learn from.", [
        "1%",
      ]).exactOptional(),
    }).exactOptional(),
    approval: choice(
      "Whether a retrained version that passes the gate ships by itself or waits for a person.",
      ["automatic", "manual"],
    ).exactOptional(),
    approvers: list(
      "The roles of owners that may agree.",
      name("A role.", ["product", "ml"]),
      { least: 1, most: 100 },
      distinct(null, "approver"),
    ).exactOptional(),
    cooldown: duration("The least time between two trainings.", ["7d"], { zero: "allowed" }).exactOptional(),
  },
);
