import { classBalance } from "../../checks/data/class-balance.ts";
import { classRows } from "../../checks/data/class-rows.ts";
import { dateRange } from "../../checks/data/date-range.ts";
import { distinctUnits } from "../../checks/data/distinct-units.ts";
import { freshness } from "../../checks/data/freshness.ts";
import { inputPresent } from "../../checks/data/input-present.ts";
import { labelQuality } from "../../checks/data/label-quality.ts";
import { noLeakage } from "../../checks/data/no-leakage.ts";
import { rowCount } from "../../checks/data/row-count.ts";
import { sourceReadable } from "../../checks/data/source-readable.ts";
import { countText, rowsText } from "../../checks/number-text.ts";
import type { DataSection, DataSource, Spec } from "../../spec/spec.ts";
import type { ClaimWriter } from "./claim-writer.ts";
import { tables } from "./tables.ts";

const section = "data";

/** Section 3. A requirement whose table or column the section does not name stays open, with the reason. */
export function compileData(spec: Spec, writer: ClaimWriter): void {
  const { data } = spec;
  if (data === undefined) return;
  compileEvaluationTable(data, writer);
  compileEvaluationRows(data, writer);
  compileLabel(data, writer);
  const output = spec.problem?.output;
  compileRequirements(data, output === "classification" || output === "anomaly_detection", writer);
  data.sources?.forEach((source, i) => {
    compileSource(source, i, writer);
  });
  compileSplit(data, writer);
}

/** What every metric relies on: a truth for each evaluation row, and rows that are independent of each other. */
function compileEvaluationTable({ evaluation, label }: DataSection, writer: ClaimWriter): void {
  if (evaluation === undefined) return;
  const table = tables.evaluation;
  const line = (keys: readonly string[], says: string) =>
    ({ section, stage: "data", at: ["data", ...keys], path: `data.${keys.join(".")}`, says }) as const;
  if (evaluation.unit_id !== undefined) {
    const unit = evaluation.unit_id;
    const here = (says: string) => line(["evaluation", "unit_id"], says);
    if (evaluation.rows_per_unit === "many") {
      const subject = { tables: [table], column: unit };
      writer.decided(here(`Every evaluation row names its ${unit}`), inputPresent, subject, {});
    } else {
      const says = `No two evaluation rows have the same ${unit}`;
      writer.decided(here(says), distinctUnits, { table, unit }, {});
    }
  }
  if (label !== undefined) {
    const says = `Every evaluation row has a label, ${label.column}`;
    const subject = { tables: [table], column: label.column };
    writer.decided(line(["label", "column"], says), inputPresent, subject, {});
  }
}

function compileEvaluationRows({ evaluation }: DataSection, writer: ClaimWriter): void {
  if (evaluation?.rows === undefined) return;
  const { text, value } = evaluation.rows;
  writer.decided(
    {
      section,
      stage: "data",
      at: ["data", "evaluation", "rows"],
      path: "data.evaluation.rows",
      says: `The evaluation data has at least ${text} rows`,
    },
    rowCount,
    { table: tables.evaluation },
    { atLeast: value },
  );
}

/** What is said of labels where the model is used: nothing here can be told from the training data. */
function compileLabel({ label }: DataSection, writer: ClaimWriter): void {
  const open = (key: string, says: string, because: string): void =>
    writer.open(
      { section, stage: "live", at: ["data", "label", key], path: `data.label.${key}`, says },
      because,
    );
  if (label?.prevalence !== undefined) {
    const says = `About ${label.prevalence.text} of the cases are positive in serving`;
    open("prevalence", says, "nothing counts the labels of served cases yet");
  }
  if (label?.delay !== undefined) {
    const says = `The truth is known ${label.delay.text} after the prediction`;
    open("delay", says, "nothing watches when labels arrive yet");
  }
  if (label?.correction !== undefined) {
    const says = `For cases whose truth is never known: ${label.correction}`;
    open("correction", says, "nothing watches how such cases are treated yet");
  }
  if (label?.accuracy !== undefined) {
    const says = `At least ${label.accuracy.text} of the labels are right`;
    open("accuracy", says, "no check compares labels with a second opinion yet");
  }
}

/** How rows were split and classes weighted stands in no file that is read here: open, and never before serving. */
function compileSplit({ split, requirements }: DataSection, writer: ClaimWriter): void {
  if (split !== undefined) {
    const how = { random: "at random", by_unit: "by unit", by_time: "by time" }[split.method];
    const says = `Training and evaluation rows were split ${how}${split.at === undefined ? "" : ` at ${split.at.text}`}`;
    const line = { section, stage: "live", at: ["data", "split"], path: "data.split", says } as const;
    writer.open(line, "no check looks at how rows were split yet");
  }
  const correction = requirements?.class_balance?.correction;
  if (correction !== undefined && correction !== "none") {
    const keys = ["data", "requirements", "class_balance", "correction"];
    const says = `A class balance that differs from serving is undone by ${correction}`;
    const line = { section, stage: "live", at: keys, path: keys.join("."), says } as const;
    writer.open(line, "no check looks at how classes were weighted yet");
  }
}

function compileRequirements(data: DataSection, classes: boolean, writer: ClaimWriter): void {
  const required = data.requirements;
  if (required === undefined) return;
  const line = (keys: readonly string[], says: string) =>
    ({
      section,
      stage: "data",
      at: ["data", "requirements", ...keys],
      path: `data.requirements.${keys.join(".")}`,
      says,
    }) as const;
  const table = data.training === undefined ? null : tables.training;
  const noTable = "the data section names no training table";
  const noLabel = "the data section names no label column";
  const noClasses = "only a classification or an anomaly detection has classes";
  const noTime = "the data section names no time column";
  const label = data.label?.column;
  const time = data.time?.column;

  if (required.examples?.total !== undefined) {
    const { value } = required.examples.total;
    const here = line(
      ["examples", "total"],
      `The training data has at least ${countText(value)} ${label === undefined ? "" : "labelled "}example${value === 1 ? "" : "s"}`,
    );
    if (table === null) writer.open(here, noTable);
    else
      writer.decided(
        here,
        rowCount,
        { table, ...(label === undefined ? {} : { label }) },
        { atLeast: value },
      );
  }
  if (required.examples?.per_class !== undefined) {
    const { value } = required.examples.per_class;
    const here = line(
      ["examples", "per_class"],
      `Every class has at least ${countText(value)} training example${value === 1 ? "" : "s"}`,
    );
    if (table === null) writer.open(here, noTable);
    else if (!classes) writer.open(here, noClasses);
    else if (label === undefined) writer.open(here, noLabel);
    else writer.decided(here, classRows, { table, label }, { atLeast: value });
  }
  if (required.dates !== undefined) {
    const { from, to } = required.dates;
    const here = line(["dates"], `The training data begins on ${from.text} and ends on ${to.text}`);
    if (table === null) writer.open(here, noTable);
    else if (time === undefined) writer.open(here, noTime);
    else writer.decided(here, dateRange, { table, time }, { fromMs: from.startMs, toMs: to.startMs });
  }
  if (required.label_quality !== undefined) {
    const { verified } = required.label_quality;
    const here = line(["label_quality"], `At least ${verified.text} of the training labels are verified`);
    if (table === null) writer.open(here, noTable);
    else if (label === undefined) writer.open(here, noLabel);
    else if (data.label?.verified_by === undefined) {
      writer.open(here, "no column says which labels were verified (data.label.verified_by)");
    } else {
      const subject = { table, label, verifiedBy: data.label.verified_by, yes: true };
      writer.decided(here, labelQuality, subject, { atLeast: verified.value });
    }
  }
  if (required.class_balance !== undefined) {
    const share = required.class_balance.max_share;
    const here = line(["class_balance"], `No class makes up more than ${share.text} of the training data`);
    if (table === null) writer.open(here, noTable);
    else if (!classes) writer.open(here, noClasses);
    else if (label === undefined) writer.open(here, noLabel);
    else writer.decided(here, classBalance, { table, label }, { maxShare: share.value });
  }
  if (required.freshness !== undefined) {
    const asOf = data.time?.as_of;
    const says = `The newest training example is at most ${required.freshness.text} old${asOf === undefined ? "" : ` as of ${asOf.text}`}`;
    const here = line(["freshness"], says);
    if (table === null) writer.open(here, noTable);
    else if (time === undefined) writer.open(here, noTime);
    else {
      const promise = { maxAgeMs: required.freshness.ms, asOfMs: asOf?.startMs ?? null };
      writer.decided(here, freshness, { table, time }, promise);
    }
  }
  if (required.no_leakage !== undefined) {
    const { keys } = required.no_leakage;
    const here = line(["no_leakage"], `No evaluation row has a ${keys.join(" + ")} of the training data`);
    if (table === null) writer.open(here, noTable);
    else if (data.evaluation === undefined) writer.open(here, "the data section names no evaluation table");
    else writer.decided(here, noLeakage, { training: table, evaluation: tables.evaluation, keys }, {});
  }
}

function compileSource(source: DataSource, i: number, writer: ClaimWriter): void {
  const { name, owner, access, volume, updates, retain } = source;
  const table = tables.source(name);
  const from = owner === undefined ? name : `${name} (${owner})`;
  const line = (key: string, stage: "data" | "live", says: string) =>
    ({ section, stage, at: ["data", "sources", i, key], path: `data.sources.${name}.${key}`, says }) as const;
  const noAccess = "the source says nowhere where it can be read (access)";
  if (access !== undefined) {
    writer.decided(line("access", "data", `${from} can be read at ${access}`), sourceReadable, { table }, {});
  }
  if (volume !== undefined) {
    const here = line("volume", "data", `${from} has at least ${rowsText(volume.value)}`);
    if (access === undefined) writer.open(here, noAccess);
    else writer.decided(here, rowCount, { table }, { atLeast: volume.value });
  }
  if (retain !== undefined) {
    writer.open(
      line("retain", "live", `Data of ${from} is kept for ${retain.text}`),
      "nothing watches the source yet",
    );
  }
  if (updates !== undefined) {
    writer.open(line("updates", "live", `${from} is updated ${updates}`), "nothing watches the source yet");
  }
}
