import { kindOf, takeInputs, takeOutput, takeThreshold, usualMetric } from "./answers.ts";
import { todo } from "./draft.ts";
import { choice, done, policy, type Question, quantity, steps, text } from "./question-kinds.ts";
import { rawMap } from "./raw.ts";
import {
  countIn,
  durationIn,
  labelOf,
  lessIsBetter,
  metricOf,
  nameOf,
  plainNumber,
  rateIn,
  sizeIn,
} from "./words.ts";

const outputs = ["classification", "regression", "ranking", "generation", "anomaly_detection"] as const;

/** The questions in the order of the template's six steps. */
export function questions(folder: string): readonly Question[] {
  return [
    {
      step: steps.problem,
      text: "Name of the product",
      offer: labelOf(folder) ?? "my-model",
      take: (draft, words) => {
        const name = labelOf(words);
        if (name === null) return "A name has letters or digits.";
        draft.put(["name"], name);
        return null;
      },
    },
    text(
      steps.problem,
      "What business problem does the model solve? (2-3 sentences)",
      ["problem", "statement"],
      "the business problem in two or three sentences, without the model in it",
    ),
    choice(steps.problem, "What is its primary output?", ["problem", "output"], outputs, "classification"),
    text(
      steps.problem,
      "Which decision does it take part in?",
      ["problem", "decision", "what"],
      "the decision that the model takes part in",
    ),
    choice(
      steps.problem,
      "Does it enable people to decide, or automate the decision?",
      ["problem", "decision", "mode"],
      ["enables", "automates"],
      "enables",
    ),
    text(
      steps.problem,
      "How is it decided today, without the model?",
      ["problem", "baseline", "description"],
      "how it is decided today, without the model",
    ),
    {
      step: steps.problem,
      text: "Who uses the output? (a service, a team, a screen)",
      offer: null,
      take: (draft, words) =>
        done(draft.put(["problem", "consumers"], [rawMap([["who", words.slice(0, 200)]])])),
      open: (draft) => draft.put(["problem", "consumers"], [rawMap([["who", todo("who uses the output")]])]),
    },
    choice(
      steps.problem,
      "How do they use it?",
      ["problem", "consumers", 0, "use"],
      ["shown_to_users", "internal_team", "automated_decision"],
      "internal_team",
    ),
    {
      step: steps.contract,
      text: "Inputs, as name:type, .. (string, integer, float, boolean, datetime, text, image, json)",
      offer: null,
      take: takeInputs,
      open: (draft) =>
        draft.note(
          ["contract", "inputs"],
          "TODO inputs: - {name: .., type: float, required: true, range: [0, 1]}",
        ),
    },
    {
      step: steps.contract,
      text: "Name of the output",
      offer: (draft) =>
        kindOf(draft) === "regression" ? "value" : kindOf(draft) === "generation" ? "text" : "score",
      when: (draft) => draft.get(["contract", "inputs"]) !== undefined,
      take: takeOutput,
    },
    policy("A required input is missing", "missing_required", ["reject", "default", "null"]),
    policy("An input is unlike the training data", "out_of_distribution", [
      "review",
      "fallback",
      "uncertainty",
    ]),
    policy("The latency budget is exceeded", "latency_exceeded", ["error", "fallback", "cached"]),
    text(
      steps.data,
      "The file with the training data (Parquet, CSV, JSON lines)",
      ["data", "training", "path"],
      "the file with the training data, such as data/train.parquet",
    ),
    text(
      steps.data,
      "The file with the evaluation data, never used for training",
      ["data", "evaluation", "path"],
      "the file with the evaluation data, such as data/evaluation.parquet",
    ),
    {
      step: steps.data,
      text: "The column with the truth",
      offer: null,
      take: (draft, words) => done(draft.put(["data", "label", "column"], words.slice(0, 256))),
      open: (draft) => draft.note(["data", "label"], "TODO label: {column: .., positive: 1}"),
    },
    {
      step: steps.data,
      text: "The column that says when a row happened",
      offer: null,
      take: (draft, words) => done(draft.put(["data", "time", "column"], words.slice(0, 256))),
      open: (draft) => draft.note(["data", "time"], "TODO time: {column: ..}"),
    },
    quantity(
      steps.data,
      "How many training examples at least?",
      ["data", "requirements", "examples", "total"],
      "10_000",
      countIn,
      "a number such as 100_000",
    ),
    quantity(
      steps.data,
      "How old may the newest training row be?",
      ["data", "requirements", "freshness"],
      "90d",
      durationIn,
      "a duration such as 90d",
    ),
    {
      step: steps.evaluation,
      text: "The one metric that decides",
      offer: (draft) => usualMetric(kindOf(draft)),
      take: (draft, words) => {
        const metric = metricOf(words);
        if (metric === null) return "A metric has a name such as roc_auc.";
        draft.put(["evaluation", "primary", "metric"], metric);
        return null;
      },
    },
    {
      step: steps.evaluation,
      text: "The threshold to ship",
      offer: null,
      take: takeThreshold,
      open: (draft) => {
        const metric = String(draft.get(["evaluation", "primary", "metric"]));
        draft.remove(["evaluation", "primary"]);
        draft.note(
          ["evaluation", "primary"],
          `TODO primary: {metric: ${metric}, ${lessIsBetter(metric) ? "at_most" : "at_least"}: ..}`,
        );
        draft.put(["evaluation", "decide_by"], "lower_bound");
      },
    },
    {
      step: steps.evaluation,
      text: "Columns whose groups must all reach it, such as country, plan",
      offer: null,
      take: (draft, words) => {
        const names = words.split(/[,\s]+/).map(nameOf);
        if (names.some((name) => name === null)) return "Columns are named by letters, digits, _ . and -.";
        draft.put(
          ["evaluation", "subgroups"],
          [...new Set(names)].map((by) => rawMap([["by", by]])),
        );
        return null;
      },
      open: (draft) =>
        draft.note(["evaluation", "subgroups"], "TODO subgroups: - {by: country, values: [..]}"),
    },
    choice(
      steps.risks,
      "Start from the usual risks (distribution shift, training/serving skew, adversarial input)?",
      ["risks"],
      ["usual", "none"],
      "usual",
    ),
    quantity(
      steps.operations,
      "Half of the answers within",
      ["deployment", "latency", "p50"],
      "20ms",
      durationIn,
      "a duration such as 20ms",
    ),
    quantity(
      steps.operations,
      "99 of 100 answers within",
      ["deployment", "latency", "p99"],
      "100ms",
      durationIn,
      "a duration such as 100ms",
    ),
    quantity(
      steps.operations,
      "The caller gives up after",
      ["deployment", "latency", "timeout"],
      "200ms",
      durationIn,
      "a duration such as 200ms",
    ),
    quantity(
      steps.operations,
      "Peak load",
      ["deployment", "throughput", "peak"],
      "50/s",
      rateIn,
      "a rate such as 50/s",
    ),
    quantity(
      steps.operations,
      "Memory",
      ["deployment", "infrastructure", "memory"],
      "2GiB",
      sizeIn,
      "a size such as 2GiB",
    ),
    {
      step: steps.operations,
      text: "Alert when the inputs' KL divergence from training is above",
      offer: "0.1",
      take: (draft, words) => {
        const number = plainNumber(words);
        if (number === null || number <= 0) return "Write a number such as 0.1.";
        const rest = [
          ["window", "7d"],
          ["owner", "ml"],
        ] as const;
        draft.put(
          ["monitoring", "input_drift"],
          rawMap([["metric", "kl"], ["alert_above", number], ...rest]),
        );
        draft.put(
          ["monitoring", "prediction_drift"],
          rawMap([["metric", "total_variation"], ["alert_above", "10%"], ...rest]),
        );
        return null;
      },
    },
    choice(
      steps.operations,
      "Does a retrained model ship by itself, or does a person agree?",
      ["retraining", "approval"],
      ["manual", "automatic"],
      "manual",
      (draft) => {
        draft.put(["retraining", "triggers", "drift"], "input_drift");
        draft.put(["retraining", "run"], todo("the command that trains"));
        draft.put(["retraining", "approvers"], ["product", "ml"]);
      },
    ),
  ];
}

/** The answer was taken. */
