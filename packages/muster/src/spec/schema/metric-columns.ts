import type { z } from "zod";
import type { ClassColumnName, MetricColumnNames } from "../evaluation-section.ts";
import { isGiven, partsOf } from "../metric-params.ts";
import { type ColumnPart, columnParts, type MetricParts } from "../metric-part.ts";
import { misread, shown } from "../reading.ts";
import { column, readName, textWith } from "./leaf.ts";
import { byColumn, isMap, map, type Raw, type Report, type Rule } from "./structure.ts";

type Reporter = (report: Report) => void;

/** More classes than any metric compares. */
const mostClasses = 1_000;

/** `late`, or `probabilities[2]`: the third number of an output that has several a row. */
const answerPattern = "^[A-Za-z0-9_.-]{1,128}(\\[(0|[1-9][0-9]{0,4})\\])?$";

const answer = (description: string, example: string): z.ZodType<string> =>
  textWith({ title: "output", description, examples: [example], pattern: answerPattern }, (text) => {
    const reading = readName(text.replace(/\[(0|[1-9][0-9]{0,4})\]$/, ""));
    if (reading.ok) return { ok: true, value: text };
    const how = "Write an output's name, or name[0] for the first of its numbers.";
    return reading.code === "MU-A214"
      ? reading
      : misread("MU-A222", `${shown(text)} cannot be an output of the contract.`, how);
  });

const byClass = (
  description: string,
  one: z.ZodType<string>,
  example: Readonly<Record<string, string>>,
): z.ZodType<readonly ClassColumnName[]> =>
  byColumn({ description, examples: [example] }, one, mostClasses).transform((record) =>
    Object.entries(record).map(([name, written]) => ({ class: name, column: written })),
  );

const parts = {
  label: column("The truth, in place of data.label.column.", ["delay"]).exactOptional(),
  labels: byClass(
    "Of rows with several labels, or of several outputs: the column of each class's truth.",
    column("A column of 1 and 0, or of true numbers.", ["is_sport"]),
    { sport: "is_sport", music: "is_music" },
  ).exactOptional(),
  score: answer(
    "The output that ranks rows, in place of the first that the metric can judge.",
    "late",
  ).exactOptional(),
  scores: byClass(
    "Of several classes: the output with each class's score or probability.",
    answer("An output.", "p_cat"),
    { cat: "probabilities[0]", dog: "probabilities[1]" },
  ).exactOptional(),
  prediction: answer(
    "The output with the predicted class, number or text, in place of the first that the metric can judge.",
    "delay",
  ).exactOptional(),
  predictions: byClass(
    "The predicted counterparts of labels, by the same classes.",
    answer("An output.", "says_sport"),
    { sport: "says_sport", music: "says_music" },
  ).exactOptional(),
  lower: answer("The output with the lower end of each row's interval.", "delay_low").exactOptional(),
  upper: answer("The output with its upper end.", "delay_high").exactOptional(),
  baseline: column("Another score of the same rows, in place of problem.baseline.column.", [
    "baseline",
  ]).exactOptional(),
  weight: column("How much each row counts: a number from 0 up.", ["passengers"]).exactOptional(),
  time: column("When each row was, in place of data.time.column.", ["departure"]).exactOptional(),
  event: column("The event that a row belongs to; empty outside of events.", ["outage"]).exactOptional(),
  query: column("The query that a row answers, in place of data.evaluation.query_id.", [
    "query_id",
  ]).exactOptional(),
  document: column("The document that it answers with, in place of data.evaluation.document_id.", [
    "doc_id",
  ]).exactOptional(),
};

/** The columns of one metric, or of all. */
export const metricColumns = (description: string): z.ZodType<MetricColumnNames> =>
  map(description, parts, sameClasses);

/** The classes of a part: as it was written, or read already. */
function classesOf(value: unknown): readonly string[] | null {
  if (Array.isArray(value)) return value.map(({ class: name }: ClassColumnName) => name);
  return isMap(value) ? Object.keys(value) : null;
}

/** What a row has and what is said of it are compared class by class. */
function sameClasses(columns: Raw, report: Reporter): void {
  const labels = classesOf(columns.labels);
  const key = columns.predictions === undefined ? "scores" : "predictions";
  const answers = classesOf(columns[key]);
  if (labels === null || answers === null) return;
  const one = (path: string, name: string, other: string): void =>
    report({
      path: [path, name],
      code: "MU-A239",
      message: `The class ${shown(name)} stands under ${path} and not under ${other}.`,
      hint: `Write the same classes under both: ${labels.slice(0, 10).join(", ")}${labels.length > 10 ? " .." : ""}.`,
      on: "key",
      related: { message: "the other classes", path: [other] },
    });
  const [known, answered] = [new Set(labels), new Set(answers)];
  const extra = answers.find((name) => !known.has(name));
  const without = labels.find((name) => !answered.has(name));
  if (extra !== undefined) one(key, extra, "labels");
  else if (without !== undefined) one("labels", without, key);
}

/** A column that the metric does not read would be ignored, and the number be another one than was meant. */
export const columnsFit: Rule<Raw> = ({ metric, columns, judge, ...options }, report) => {
  if (!isMap(columns)) return;
  if (judge !== undefined) {
    report({
      path: ["columns"],
      code: "MU-A238",
      message: "A metric that a judge gives reads none of these columns.",
      hint: "What the judge is shown stands under judge.columns.",
      on: "key",
      related: { message: "the judge", path: ["judge"] },
    });
    return;
  }
  const own = typeof metric === "string" ? partsOf(metric) : null;
  for (const [one, each] of pairs) {
    if (columns[one] === undefined || columns[each] === undefined) continue;
    // Only top labels have a score beside their prediction; ranked lists go by either.
    if (one === "score" && each === "prediction" && own !== null && own.prediction !== "taken") continue;
    if (one === "scores" && each === "predictions" && own !== null && own.scores === "needed") continue;
    report({
      path: ["columns", one],
      code: "MU-A226",
      message: `Only one of ${one} and ${each} may be given.`,
      hint: "Keep the one that is meant.",
      on: "key",
      related: { message: "the other one", path: ["columns", each] },
    });
  }
  if (own === null) return;
  for (const part of columnParts) {
    const because = columns[part] === undefined ? null : unread(String(metric), part, own, options);
    if (because === null) continue;
    report({
      path: ["columns", part],
      code: "MU-A238",
      message: because,
      hint: `It reads ${Object.keys(own).join(", ")}.`,
      on: "key",
    });
  }
};

/** The metric would read one of the two, and ignore the other. */
const pairs = [
  ["label", "labels"],
  ["score", "scores"],
  ["prediction", "predictions"],
  ["score", "prediction"],
  ["scores", "predictions"],
] as const;

/** Why the metric would not look at the part, or null. */
function unread(metric: string, part: ColumnPart, own: MetricParts, options: Raw): string | null {
  const use = own[part];
  if (use === undefined) return `${metric} reads no ${part}.`;
  if (typeof use === "string" || "beside" in use) return null;
  const param = "when" in use ? use.when : use.unless;
  const given = isGiven(metric, param, { ...options, ...(isMap(options.params) ? options.params : {}) });
  if ("when" in use) return given ? null : `${metric} reads ${part} only with the parameter ${param}.`;
  return given ? `${metric} reads no ${part} where the parameter ${param} is given.` : null;
}
