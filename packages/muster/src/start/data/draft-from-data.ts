import type { Engine } from "../../engine/engine.ts";
import { MusterError } from "../../source/muster-error.ts";
import { suggest } from "../../source/suggest.ts";
import { Draft, todo } from "../draft.ts";
import { rawMap } from "../raw.ts";
import { settle } from "../settle.ts";
import { labelOf } from "../words.ts";
import { type DataStart, type Surveys, startTables } from "./data-start.ts";
import { draftContract } from "./draft-contract.ts";
import { draftEvaluation } from "./draft-evaluation.ts";
import { draftRequirements } from "./draft-requirements.ts";
import { labelKind } from "./label-kind.ts";
import { type ColumnSurvey, survey } from "./survey.ts";

/**
 * Drafts contract, data and evaluation from tables that are attached as `startTables`. Every number is true of the
 * data it was drawn from: `muster check --stage data` keeps what is written here. What data cannot say is a TODO.
 * Throws `call/bad-argument` for columns that are not there and for an empty table.
 */
export async function draftFromData(engine: Engine, start: DataStart): Promise<Draft> {
  const { info, columns: training } = await survey(engine, startTables.training, start.signal);
  const names = info.columns.map(({ name }) => name);
  for (const [option, name] of [
    ["--label", start.label],
    ["--time", start.time],
  ] as const) {
    if (name === undefined || names.includes(name)) continue;
    const near = suggest(name, names);
    throw new MusterError(
      "call/bad-argument",
      `${start.training} has no column ${JSON.stringify(name)} (${option}).`,
      {
        hint: near === null ? `It has ${names.slice(0, 20).join(", ")}.` : `Did you mean ${near}?`,
      },
    );
  }
  if (info.rows === 0) throw new MusterError("call/bad-argument", `${start.training} has no rows.`);
  const label = training.find(({ column }) => column.name === start.label);
  if (label === undefined) {
    throw new MusterError(
      "call/bad-argument",
      `The label ${start.label} is of a type that no metric can read.`,
    );
  }
  const time = training.find(({ column }) => column.name === start.time);
  if (time !== undefined && time.column.type !== "datetime") {
    throw new MusterError(
      "call/bad-argument",
      `The column ${time.column.name} (--time) is of type ${time.column.native}, no time.`,
    );
  }
  const evaluation =
    start.evaluation === undefined
      ? null
      : (await survey(engine, startTables.evaluation, start.signal)).columns;
  const verified = training.find(
    ({ column }) => column.type === "boolean" && /^(?:label_)?(?:verified|reviewed)$/i.test(column.name),
  );
  const baseline =
    training.find(({ column }) => /^baseline(?:_score)?$/i.test(column.name))?.column.name ?? null;
  const keys = keysOf(training, start);
  const surveys: Surveys = { start, training, evaluation, label, keys, verified: verified ?? null, baseline };
  const draft = new Draft();
  const kind = labelKind(label);
  draft.put(["name"], labelOf(start.label) ?? "my-model");
  draft.put(
    ["owners"],
    rawMap([
      ["product", todo("who decides what is good enough")],
      ["ml", todo("who is told when the model gets worse")],
    ]),
  );
  draft.put(
    ["problem"],
    rawMap([
      ["statement", todo("the business problem in two or three sentences, without the model in it")],
      ["output", kind.output],
    ]),
  );
  if (baseline !== null)
    draft.put(
      ["problem", "baseline"],
      rawMap([
        ["description", todo("how it is decided today, without the model")],
        ["column", baseline],
      ]),
    );
  draftContract(draft, surveys, kind);
  await draftRequirements(draft, surveys, kind, engine);
  draftEvaluation(draft, surveys, kind, await hours(engine, surveys));
  for (const { name, type, native } of info.columns) {
    if (type === "unknown" || type === "list")
      draft.note(["contract", "inputs"], `${name} was left out: Muster does not read the type ${native}`);
  }
  settle(draft, null);
  return draft;
}

/** A column with another value in every row, called so or of text: it names the row. */
function keysOf(columns: readonly ColumnSurvey[], { label, time }: DataStart): readonly string[] {
  return columns
    .filter(({ column: { name, type }, distinct, rows, missing }) => {
      if (name === label || name === time || rows < 2 || missing > 0 || distinct !== rows) return false;
      return (
        type === "string" ||
        (type === "integer" && /(?:^|[_-])(?:id|key|uuid|nr|no|number)$|Id$|ID$/.test(name))
      );
    })
    .map(({ column }) => column.name);
}

/** Rows of the table that is judged on, by quarters of the day. */
async function hours(
  engine: Engine,
  { start, evaluation }: Surveys,
): Promise<ReadonlyMap<string, number> | null> {
  if (start.time === undefined) return null;
  const table = evaluation === null ? startTables.training : startTables.evaluation;
  if (!engine.info(table).columns.some((c) => c.name === start.time && c.type === "datetime")) return null;
  const ranges = [
    ["night", 0, 6],
    ["morning", 6, 12],
    ["afternoon", 12, 18],
    ["evening", 18, 24],
  ] as const;
  const [answer] = await engine.aggregate(
    [
      {
        table,
        by: [
          {
            kind: "hours",
            column: start.time,
            ranges: ranges.map(([name, from, to]) => ({ name, from, to })),
          },
        ],
        values: { rows: { fn: "count" } },
      },
    ],
    start.signal,
  );
  const keys = answer?.groups.keys[0] ?? [];
  return new Map(keys.map((key, g) => [String(key), answer?.groups.values.rows?.[g] ?? 0]));
}
