import type { Engine } from "../../engine/engine.ts";
import type { Draft } from "../draft.ts";
import { rawMap } from "../raw.ts";
import { countValue, grouped } from "../words.ts";
import { type Surveys, startTables } from "./data-start.ts";
import type { LabelKind } from "./label-kind.ts";

const dayMs = 86_400_000;
const day = (ms: number): string => new Date(Math.floor(ms / dayMs) * dayMs).toISOString().slice(0, 10);

/** What the training data is like, with slack where it may well be otherwise next month. */
export async function draftRequirements(
  draft: Draft,
  surveys: Surveys,
  kind: LabelKind,
  engine: Engine,
): Promise<void> {
  const { start, label, verified } = surveys;
  const unit = await unitOf(surveys, engine);
  const table = (path: string) =>
    rawMap([
      ["path", path],
      ["unit_id", unit?.key],
    ]);
  draft.put(["data", "training"], rawMap([["path", start.training]]));
  if (start.evaluation !== undefined) draft.put(["data", "evaluation"], table(start.evaluation));
  else
    draft.note(
      ["data", "evaluation"],
      "TODO evaluation: {path: ..}   the data that the model is judged on, never used for training",
    );
  const positive = kind.output === "classification" ? (kind.positive ?? undefined) : undefined;
  draft.put(
    ["data", "label"],
    rawMap([
      ["column", start.label],
      ["positive", positive],
      ["verified_by", verified?.column.name],
    ]),
  );
  if (typeof positive === "string")
    draft.note(["data", "label"], `${positive} was taken for the positive class, as the rarer one`);
  if (label.missing > 0)
    draft.note(["data", "label"], `${grouped(label.missing)} training rows have no label`);
  const required = ["data", "requirements"];
  draft.put([...required, "examples", "total"], countValue(floored(label.rows)));
  const classes = kind.output === "classification" ? (label.values ?? []) : [];
  const rarest = classes.at(-1)?.[1] ?? 0;
  if (classes.length > 1 && rarest > 0)
    draft.put([...required, "examples", "per_class"], countValue(floored(rarest)));
  draftBalance(draft, classes);
  draftTimes(draft, surveys);
  if (unit !== null && unit.shared === 0)
    draft.put([...required, "no_leakage"], rawMap([["keys", [unit.key]]]));
  else if (unit !== null && unit.shared > 0) {
    draft.say(
      "MU-S505",
      null,
      `${grouped(unit.shared)} evaluation rows have a ${unit.key} of the training data: the evaluation is not honest.`,
      "Divide the data by it.",
    );
    draft.note(
      required,
      `no_leakage: {keys: [${unit.key}]}   broken today: ${grouped(unit.shared)} evaluation rows have a ${unit.key} of the training data`,
    );
  }
  const yes = verified?.values?.find(([value]) => value === "true")?.[1] ?? 0;
  if (verified !== null && yes > 0)
    draft.put([...required, "label_quality", "verified"], `${Math.floor((100 * yes) / verified.rows)}%`);
  else
    draft.note(
      required,
      "label_quality: {verified: TODO}   the share of labels that a person has to have verified",
    );
  const source = rawMap([
    ["name", start.training.replace(/^.*\//, "")],
    ["access", start.training],
    ["volume", countValue(floored(label.rows))],
  ]);
  draft.push(["data", "sources"], source);
  draft.note(["data", "sources"], "TODO: where this data comes from, and which team answers for it");
}

/** The most frequent class with room for two points more, up to a whole percent. */
function draftBalance(draft: Draft, classes: readonly (readonly [string, number])[]): void {
  const rows = classes.reduce((sum, [, n]) => sum + n, 0);
  if (classes.length < 2 || rows === 0) return;
  const largest = (classes[0]?.[1] ?? 0) / rows;
  const percent = Math.ceil(100 * largest + 2);
  const path = ["data", "requirements", "class_balance"];
  if (percent < 100) draft.put([...path, "max_share"], `${percent}%`);
  else
    draft.note(path, `class_balance: the most frequent class makes up ${(100 * largest).toFixed(2)}% today`);
}

/** Ages that people speak of. */
const ages = [7, 30, 90, 180, 365] as const;

function draftTimes(draft: Draft, { start, training }: Surveys): void {
  const time = training.find(({ column }) => column.name === start.time);
  if (time === undefined) {
    draft.note(
      ["data", "time"],
      "TODO time: {column: ..}   dates and freshness can be checked once a column says when a row happened",
    );
    return;
  }
  if (time.low === null || time.high === null) return;
  draft.put(["data", "time", "column"], time.column.name);
  const dates = ["data", "requirements", "dates"];
  if (time.missing === 0)
    draft.put(
      dates,
      rawMap([
        ["from", day(time.low)],
        ["to", day(time.high)],
      ]),
    );
  else
    draft.note(
      dates,
      `dates: ${day(time.low)} to ${day(time.high)}; ${grouped(time.missing)} rows have no time`,
    );
  const age = (start.now - time.high) / dayMs;
  // A fifth more than today's age, so that the claim does not break tomorrow.
  const fitting = ages.find((each) => 1.2 * age <= each);
  const freshness = ["data", "requirements", "freshness"];
  if (fitting !== undefined) {
    draft.put(freshness, `${fitting}d`);
    draft.note(freshness, `the newest row is ${Math.max(0, Math.floor(age))} days old`);
    return;
  }
  draft.put(["data", "time", "as_of"], day(time.high + dayMs));
  draft.note(["data", "time"], "data of the past: ages are reckoned from the day after its newest row");
  draft.put(freshness, "30d");
}

/** The column that names the unit in both tables, and how many evaluation rows it shares with training. */
async function unitOf(
  { keys, evaluation, start }: Surveys,
  engine: Engine,
): Promise<{ key: string; shared: number } | null> {
  const key = keys.find((name) => evaluation?.some(({ column }) => column.name === name) ?? false);
  if (key === undefined || evaluation === null) return null;
  const { rows } = await engine.overlap(startTables.evaluation, startTables.training, [key], start.signal);
  return { key, shared: rows };
}

/** Two significant digits, downwards. */
export function floored(count: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, count))) - 1);
  return Math.max(1, Math.floor(count / step) * step);
}
