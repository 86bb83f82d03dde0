import type { Draft, DraftPath } from "./draft.ts";
import { todo } from "./draft.ts";
import { type Raw, rawMap } from "./raw.ts";
import { countIn, durationIn, labelOf, lessIsBetter, metricOf, nameOf, plainNumber, rateIn, sizeIn } from "./words.ts";

/** One question of the interview: how it is put, what is offered, and what an answer does to the draft. */
export interface Question {
  readonly step: string;
  readonly text: string;
  /** Taken for an empty answer; null leaves a TODO. */
  readonly offer: string | null | ((draft: Draft) => string | null);
  readonly when?: (draft: Draft) => boolean;
  /** Takes the answer, or says why it cannot be taken. */
  readonly take: (draft: Draft, words: string) => string | null;
  /** Leaves the blank. */
  readonly open?: (draft: Draft) => void;
}

const steps = {
  problem: "1 of 6  The business problem, the output, and who uses it",
  contract: "2 of 6  What goes in and what comes out",
  data: "3 of 6  The training data",
  evaluation: "4 of 6  What decides whether the model ships",
  risks: "5 of 6  What can go wrong",
  operations: "6 of 6  Deployment, monitoring and retraining",
} as const;

const outputs = ["classification", "regression", "ranking", "generation", "anomaly_detection"] as const;
const kindOf = (draft: Draft): string => String(draft.get(["problem", "output"]));

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
    text(steps.problem, "What business problem does the model solve? (2-3 sentences)", ["problem", "statement"], "the business problem in two or three sentences, without the model in it"),
    choice(steps.problem, "What is its primary output?", ["problem", "output"], outputs, "classification"),
    text(steps.problem, "Which decision does it take part in?", ["problem", "decision", "what"], "the decision that the model takes part in"),
    choice(steps.problem, "Does it enable people to decide, or automate the decision?", ["problem", "decision", "mode"], ["enables", "automates"], "enables"),
    text(steps.problem, "How is it decided today, without the model?", ["problem", "baseline", "description"], "how it is decided today, without the model"),
    {
      step: steps.problem,
      text: "Who uses the output? (a service, a team, a screen)",
      offer: null,
      take: (draft, words) => done(draft.put(["problem", "consumers"], [rawMap([["who", words.slice(0, 200)]])])),
      open: (draft) => draft.put(["problem", "consumers"], [rawMap([["who", todo("who uses the output")]])]),
    },
    choice(steps.problem, "How do they use it?", ["problem", "consumers", 0, "use"], ["shown_to_users", "internal_team", "automated_decision"], "internal_team"),
    {
      step: steps.contract,
      text: "Inputs, as name:type, .. (string, integer, float, boolean, datetime, text, image, json)",
      offer: null,
      take: takeInputs,
      open: (draft) => draft.note(["contract", "inputs"], "TODO inputs: - {name: .., type: float, required: true, range: [0, 1]}"),
    },
    {
      step: steps.contract,
      text: "Name of the output",
      offer: (draft) => (kindOf(draft) === "regression" ? "value" : kindOf(draft) === "generation" ? "text" : "score"),
      when: (draft) => draft.get(["contract", "inputs"]) !== undefined,
      take: takeOutput,
    },
    policy("A required input is missing", "missing_required", ["reject", "default", "null"]),
    policy("An input is unlike the training data", "out_of_distribution", ["review", "fallback", "uncertainty"]),
    policy("The latency budget is exceeded", "latency_exceeded", ["error", "fallback", "cached"]),
    text(steps.data, "The file with the training data (Parquet, CSV, JSON lines)", ["data", "training", "path"], "the file with the training data, such as data/train.parquet"),
    text(steps.data, "The file with the evaluation data, never used for training", ["data", "evaluation", "path"], "the file with the evaluation data, such as data/evaluation.parquet"),
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
    quantity(steps.data, "How many training examples at least?", ["data", "requirements", "examples", "total"], "10_000", countIn, "a number such as 100_000"),
    quantity(steps.data, "How old may the newest training row be?", ["data", "requirements", "freshness"], "90d", durationIn, "a duration such as 90d"),
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
        draft.note(["evaluation", "primary"], `TODO primary: {metric: ${metric}, ${lessIsBetter(metric) ? "at_most" : "at_least"}: ..}`);
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
        draft.put(["evaluation", "subgroups"], [...new Set(names)].map((by) => rawMap([["by", by]])));
        return null;
      },
      open: (draft) => draft.note(["evaluation", "subgroups"], "TODO subgroups: - {by: country, values: [..]}"),
    },
    choice(steps.risks, "Start from the usual risks (distribution shift, training/serving skew, adversarial input)?", ["risks"], ["usual", "none"], "usual"),
    quantity(steps.operations, "Half of the answers within", ["deployment", "latency", "p50"], "20ms", durationIn, "a duration such as 20ms"),
    quantity(steps.operations, "99 of 100 answers within", ["deployment", "latency", "p99"], "100ms", durationIn, "a duration such as 100ms"),
    quantity(steps.operations, "The caller gives up after", ["deployment", "latency", "timeout"], "200ms", durationIn, "a duration such as 200ms"),
    quantity(steps.operations, "Peak load", ["deployment", "throughput", "peak"], "50/s", rateIn, "a rate such as 50/s"),
    quantity(steps.operations, "Memory", ["deployment", "infrastructure", "memory"], "2GiB", sizeIn, "a size such as 2GiB"),
    {
      step: steps.operations,
      text: "Alert when the inputs' KL divergence from training is above",
      offer: "0.1",
      take: (draft, words) => {
        const number = plainNumber(words);
        if (number === null || number <= 0) return "Write a number such as 0.1.";
        const rest = [["window", "7d"], ["owner", "ml"]] as const;
        draft.put(["monitoring", "input_drift"], rawMap([["metric", "kl"], ["alert_above", number], ...rest]));
        draft.put(["monitoring", "prediction_drift"], rawMap([["metric", "total_variation"], ["alert_above", "10%"], ...rest]));
        return null;
      },
    },
    choice(steps.operations, "Does a retrained model ship by itself, or does a person agree?", ["retraining", "approval"], ["manual", "automatic"], "manual", (draft) => {
      draft.put(["retraining", "triggers", "drift"], "input_drift");
      draft.put(["retraining", "run"], todo("the command that trains"));
      draft.put(["retraining", "approvers"], ["product", "ml"]);
    }),
  ];
}

const done = (_: void): null => null;

function text(step: string, question: string, path: DraftPath, what: string): Question {
  return {
    step,
    text: question,
    offer: null,
    take: (draft, words) => done(draft.put(path, words)),
    open: (draft) => draft.put(path, todo(what)),
  };
}

function choice(step: string, question: string, path: DraftPath, values: readonly string[], offer: string, also?: (draft: Draft) => void): Question {
  return {
    step,
    text: `${question} (${values.join(", ")})`,
    offer,
    take: (draft, words) => {
      const wanted = words.toLowerCase().replace(/[\s-]+/g, "_");
      const found = values.filter((value) => value.startsWith(wanted));
      const chosen = values.find((value) => value === wanted) ?? (found.length === 1 ? found[0] : undefined);
      if (chosen === undefined) return `Write one of ${values.join(", ")}.`;
      draft.put(path, chosen);
      also?.(draft);
      return null;
    },
  };
}

const policy = (question: string, key: string, values: readonly [string, ...string[]]): Question => ({
  ...choice(steps.contract, question, ["contract", "edge_cases", key], values, values[0]),
  when: (draft) => draft.get(["contract", "inputs"]) !== undefined,
});

function quantity(step: string, question: string, path: DraftPath, offer: string, read: (words: string) => string | null, wanted: string): Question {
  return {
    step,
    text: question,
    offer,
    take: (draft, words) => {
      const value = read(words);
      if (value === null) return `Write ${wanted}.`;
      draft.put(path, value);
      return null;
    },
  };
}

const inputTypes = ["string", "integer", "float", "boolean", "datetime", "text", "image", "json"];

function takeInputs(draft: Draft, words: string): string | null {
  const inputs: Raw[] = [];
  for (const part of words.split(/\s*,\s*/)) {
    const [name = "", type = "float"] = part.split(/\s*:\s*/);
    const kind = inputTypes.find((each) => each === type.trim());
    if (nameOf(name) !== name.trim() || kind === undefined) return `"${part}" is no name:type; types are ${inputTypes.join(", ")}.`;
    if (inputs.some((each) => JSON.stringify(each).includes(`"name":"${name.trim()}"`))) return `${name} stands there twice.`;
    inputs.push(rawMap([["name", name.trim()], ["type", kind], ["required", true]]));
  }
  draft.put(["contract", "inputs"], inputs);
  return null;
}

function takeOutput(draft: Draft, words: string): string | null {
  const name = nameOf(words);
  if (name === null) return "A name has letters, digits, _ . and -.";
  const kind = kindOf(draft);
  const type = kind === "classification" ? "probability" : kind === "regression" ? "number" : kind === "generation" ? "text" : "score";
  const range: Raw | undefined = type === "probability" ? [0, 1] : undefined;
  draft.put(["contract", "outputs"], [rawMap([["name", name], ["type", type], ["range", range], ["interpretation", todo("how to read it, in one sentence")]])]);
  return null;
}

function takeThreshold(draft: Draft, words: string): string | null {
  const value = plainNumber(words.replace(/^[<>=≤≥\s]+/, ""));
  if (value === null) return "Write a number such as 0.75.";
  const path = ["evaluation", "primary"];
  const metric = String(draft.get([...path, "metric"]));
  draft.put([...path, lessIsBetter(metric) ? "at_most" : "at_least"], value);
  // An alert before the promise is broken: a little looser than what was allowed to ship.
  const alert = Number((value * (lessIsBetter(metric) ? 1.05 : 0.97)).toPrecision(3));
  draft.put(["monitoring", "performance"], rawMap([["metric", "primary"], [lessIsBetter(metric) ? "alert_above" : "alert_below", alert], ["window", "7d"], ["labels_after", "1d"], ["owner", "ml"]]));
  return null;
}

function usualMetric(kind: string): string {
  if (kind === "regression") return "mean_absolute_error";
  if (kind === "ranking") return "ndcg_cut_10";
  if (kind === "generation") return "rougeL";
  return kind === "anomaly_detection" ? "average_precision" : "roc_auc";
}
