// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is part of the spec language
import type { z } from "zod";
import type { Judge } from "../evaluation-section.ts";
import { misread, type Reading, shown } from "../reading.ts";
import { column, number, text, textWith } from "./leaf.ts";
import { distinct, list, map, type Raw, type Report } from "./structure.ts";

const addressPattern = "^(?:https?://[^@]+|\\$\\{[A-Za-z_][A-Za-z0-9_]*\\})$";
const variablePattern = "^[A-Za-z_][A-Za-z0-9_]{0,99}$";
const idPattern = "^sha256:[0-9a-f]{64}$";

const address = textWith(
  {
    description:
      "Where it is asked, as OpenAI's chat completions are; /chat/completions is added. ${NAME} is read from the environment.",
    examples: ["${JUDGE_ADDRESS}", "https://models.example/v1"],
    pattern: addressPattern,
  },
  (value): Reading<string> =>
    new RegExp(addressPattern).test(value) && (value.startsWith("$") || URL.canParse(value))
      ? { ok: true, value }
      : misread(
          "MU-A231",
          `${shown(value)} is not a web address.`,
          "Write an https:// address without a name or password, or ${NAME} to read it from the environment.",
        ),
);

const key = textWith(
  {
    description: "The environment variable that holds the key; never the key itself.",
    examples: ["JUDGE_KEY"],
    pattern: variablePattern,
  },
  (value): Reading<string> =>
    new RegExp(variablePattern).test(value)
      ? { ok: true, value }
      : misread(
          "MU-A222",
          "This cannot be the name of an environment variable.",
          "Name the variable that holds the key, and take a key that stands here out of the file.",
        ),
);

const id = textWith(
  {
    description: "The judge that was calibrated, as its evidence prints it: model, rubric, scale and prompt.",
    examples: [`sha256:${"0123456789abcdef".repeat(4)}`],
    pattern: idPattern,
  },
  (value): Reading<string> =>
    new RegExp(idPattern).test(value)
      ? { ok: true, value }
      : misread(
          "MU-A222",
          `${shown(value)} is not the id of a judge.`,
          "Write sha256: and 64 digits, as check prints it.",
        ),
);

export const judge: z.ZodType<Judge> = map(
  "The model that gives the metric: the share of answers that pass, as people would say.",
  {
    model: text("Which one.", ["judge-large"], 200),
    version: text(
      "The exact version, that never changes under its name.",
      ["2026-02-01"],
      200,
    ).exactOptional(),
    agreement: number("How well it agrees with people, as a share or a correlation.", [0.81], {
      least: -1,
      most: 1,
    }).exactOptional(),
    called: text(
      "What the address calls it; model-version where it is not said.",
      ["judge-large-2026-02-01"],
      200,
    ).exactOptional(),
    address: address.exactOptional(),
    key: key.exactOptional(),
    id: id.exactOptional(),
    rubric: text(
      "What makes an answer good, and what each score means.",
      ["1: right and polite. 0: anything else."],
      20_000,
    ).exactOptional(),
    scale: list(
      "Its scores, whole numbers from worst to best.",
      number("A score.", [0, 1], { least: -1000, most: 1000 }),
      { least: 2, most: 11 },
      scoresRise,
    ).exactOptional(),
    pass_at: number("The least score that passes.", [1], { least: -1000, most: 1000 }).exactOptional(),
    columns: map("What it is shown beside the answer, in the evaluation data and in what people rated.", {
      answer: column("The answer, in what people rated; the output's name where it is not said.", [
        "answer",
      ]).exactOptional(),
      question: column("What the answer was given to.", ["question"]).exactOptional(),
      reference: column("What a good answer would be.", ["expected"]).exactOptional(),
    }).exactOptional(),
    rated: map("Answers that people rated: what the judge is calibrated on.", {
      path: text("The file, relative to the spec.", ["data/rated.parquet"]),
      raters: list(
        "A column of ratings for each person.",
        column("A person's ratings.", ["anna"]),
        { least: 1, most: 20 },
        distinct(null, "column"),
      ),
      by: list(
        "Subgroups in which it has to agree with people, too.",
        column("A column.", ["language"]),
        { most: 10 },
        distinct(null, "column"),
      ).exactOptional(),
    }).exactOptional(),
    anchors: map("Answers with the score that it once gave them: whether it has moved.", {
      path: text("The file, relative to the spec.", ["data/anchors.parquet"]),
      score: column("The column of that score.", ["score"]),
    }).exactOptional(),
    limits: map("What it has to show before its scores count, where that is more than for any judge.", {
      kappa: number("The least kappa with people.", [0.7], { least: 0.6, most: 1 }).exactOptional(),
      accuracy: number("The least sensitivity and specificity.", [0.9], {
        least: 0.8,
        most: 1,
      }).exactOptional(),
    }).exactOptional(),
  },
  passesWithin,
);

function scoresRise(scores: readonly unknown[], report: (report: Report) => void): void {
  for (const [index, score] of scores.entries()) {
    const before = scores[index - 1];
    if (typeof score !== "number") continue;
    if (!Number.isInteger(score)) {
      report({
        path: [index],
        code: "MU-A224",
        message: `${score} is no whole number.`,
        hint: "Scores are whole numbers.",
      });
    } else if (typeof before === "number" && before >= score) {
      report({
        path: [index],
        code: "MU-A225",
        message: `The scores have to rise: ${score} follows ${before}.`,
        hint: "Write them from worst to best, each once.",
      });
    }
  }
}

function passesWithin({ scale, pass_at: passAt }: Raw, report: (report: Report) => void): void {
  if (!Array.isArray(scale) || typeof passAt !== "number" || scale.slice(1).includes(passAt)) return;
  report({
    path: ["pass_at"],
    code: "MU-A217",
    message: `${passAt} is none of the scores behind the worst one.`,
    hint: `Write ${scale.slice(1).join(" or ")}: with the worst one every answer would pass.`,
  });
}
