import { accessUntil } from "../../checks/data/access-until.ts";
import { hourMs } from "../../checks/data/cell-gaps.ts";
import { distinctUnits } from "../../checks/data/distinct-units.ts";
import { inputPresent } from "../../checks/data/input-present.ts";
import { labelAudit } from "../../checks/data/label-audit.ts";
import { labelClasses } from "../../checks/data/label-classes.ts";
import { raterAgreement } from "../../checks/data/rater-agreement.ts";
import { rowCount } from "../../checks/data/row-count.ts";
import { sourceReadable } from "../../checks/data/source-readable.ts";
import { updateGaps } from "../../checks/data/update-gaps.ts";
import { usableShare } from "../../checks/data/usable-share.ts";
import { rowsText } from "../../checks/number-text.ts";
import type { DataSection, DataSource } from "../../spec/data-section.ts";
import type { Spec } from "../../spec/spec.ts";
import { longestUpdateInterval } from "../../spec/update-interval.ts";
import type { ClaimWriter } from "./claim-writer.ts";
import { auditSubject, confidenceOf } from "./data-audit.ts";
import { compileSplit } from "./data-leakage.ts";
import { cellOf, compileRequirements } from "./data-requirements.ts";
import { tables } from "./tables.ts";

const section = "data";

/** Section 3. A requirement whose table or column the section does not name stays open, with the reason. */
export function compileData(spec: Spec, writer: ClaimWriter): void {
  const { data } = spec;
  if (data === undefined) return;
  compileEvaluationTable(data, writer);
  compileEvaluationRows(data, writer);
  compileLabel(spec, data, writer);
  compileRequirements(spec, data, writer);
  data.sources?.forEach((source, i) => {
    compileSource(source, i, data, writer);
  });
  compileSplit(data, writer);
  compileCorrection(data, writer);
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
function compileLabel(spec: Spec, data: DataSection, writer: ClaimWriter): void {
  const { label } = data;
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
  compileAudit(spec, data, writer);
  if (label?.classes !== undefined) {
    const at = ["data", "label", "classes"];
    const says = `The training labels are ${label.classes.slice(0, 5).join(", ")}${label.classes.length > 5 ? ` and ${label.classes.length - 5} more` : ""}, each of them occurs, and no other`;
    const line = { section, stage: "data", at, path: "data.label.classes", says } as const;
    if (data.training === undefined) writer.open(line, "the data section names no training table");
    else {
      const subject = { table: tables.training, label: label.column };
      writer.decided(line, labelClasses, subject, { classes: label.classes });
    }
  }
}

/** What is said of how good the labels are: decided where people looked at a random sample of them. */
function compileAudit(spec: Spec, data: DataSection, writer: ClaimWriter): void {
  const { accuracy, agreement, audit } = data.label ?? {};
  const line = (key: string, stage: "data" | "live", says: string) =>
    ({ section, stage, at: ["data", "label", key], path: `data.label.${key}`, says }) as const;
  const subject = auditSubject(data);
  const confidence = confidenceOf(spec);
  const noAudit = "no random sample of the labels was looked at again (data.label.audit)";
  if (accuracy !== undefined) {
    const says = `At least ${accuracy.text} of the labels are right`;
    if (subject === null) writer.open(line("accuracy", "live", says), noAudit);
    else
      writer.decided(line("accuracy", "data", says), labelAudit, subject, {
        atLeast: accuracy.value,
        confidence,
      });
  }
  if (agreement === undefined) return;
  const says = `Those who label agree with a ${agreement.metric} of at least ${agreement.value}`;
  if (subject === null) writer.open(line("agreement", "live", says), noAudit);
  else if (audit?.second === undefined) {
    writer.open(
      line("agreement", "live", says),
      "the audit has no second person's labels (data.label.audit.second)",
    );
  } else if (agreement.metric !== "cohen_kappa" && agreement.metric !== "krippendorff_alpha") {
    writer.open(
      line("agreement", "live", says),
      `no check measures ${agreement.metric} yet, only cohen_kappa and krippendorff_alpha`,
    );
  } else {
    const promise = { atLeast: agreement.value, confidence };
    // Of numbers a near miss is less of a disagreement than a wide one.
    const alpha = spec.problem?.output === "regression" ? "interval" : "nominal";
    const raters = agreement.metric === "cohen_kappa" ? subject : { ...subject, alpha };
    writer.decided(line("agreement", "data", says), raterAgreement, raters, promise);
  }
}

/** How classes were weighted stands in no file that is read here: open, and never before serving. */
function compileCorrection({ requirements }: DataSection, writer: ClaimWriter): void {
  const correction = requirements?.class_balance?.correction;
  if (correction !== undefined && correction !== "none") {
    const keys = ["data", "requirements", "class_balance", "correction"];
    const says = `A class balance that differs from serving is undone by ${correction}`;
    const line = { section, stage: "live", at: keys, path: keys.join("."), says } as const;
    writer.open(line, "no check looks at how classes were weighted yet");
  }
}

function compileSource(source: DataSource, i: number, data: DataSection, writer: ClaimWriter): void {
  const { name, owner, access, volume, usable, updates, retain, access_until: until } = source;
  const table = tables.source(name);
  const from = owner === undefined ? name : `${name} (${owner})`;
  const line = (key: string, stage: "data" | "live", says: string) =>
    ({ section, stage, at: ["data", "sources", i, key], path: `data.sources.${name}.${key}`, says }) as const;
  const noAccess = "the source says nowhere where it can be read (access)";
  if (access !== undefined) {
    writer.decided(line("access", "data", `${from} can be read at ${access}`), sourceReadable, { table }, {});
  }
  if (until !== undefined) {
    const here = line("access_until", "data", `${from} may be read until ${until.text}`);
    writer.decided(here, accessUntil, { source: name }, { lastDayMs: until.startMs });
  }
  if (volume !== undefined) {
    const here = line("volume", "data", `${from} has at least ${rowsText(volume.value)}`);
    if (access === undefined) writer.open(here, noAccess);
    else writer.decided(here, rowCount, { table }, { atLeast: volume.value });
  }
  if (usable !== undefined) {
    const here = `At least ${usable.text} of the rows of ${from} are left after cleaning and joining`;
    const made = [
      ...(data.training === undefined ? [] : [tables.training]),
      ...(data.evaluation === undefined ? [] : [tables.evaluation]),
    ];
    if (access === undefined) writer.open(line("usable", "live", here), noAccess);
    else if (made.length === 0) writer.open(line("usable", "live", here), "the data section names no table");
    else if ((data.sources ?? []).length > 1) {
      writer.open(
        line("usable", "live", here),
        "with several sources no row tells which of them it was made of",
      );
    } else {
      const promise = { atLeast: usable.value };
      writer.decided(line("usable", "data", here), usableShare, { source: table, tables: made }, promise);
    }
  }
  if (retain !== undefined) {
    writer.open(
      line("retain", "live", `Data of ${from} is kept for ${retain.text}`),
      "nothing watches the source yet",
    );
  }
  compileUpdates(source, line, updates === undefined ? "" : `${from} is updated ${updates}`, writer);
}

/** How often a source is renewed is measured where its rows say when they were made. */
function compileUpdates(
  { name, access, updates, time }: DataSource,
  line: (key: string, stage: "data" | "live", says: string) => Parameters<ClaimWriter["open"]>[0],
  says: string,
  writer: ClaimWriter,
): void {
  if (updates === undefined) return;
  const everyMs = longestUpdateInterval(updates);
  const because =
    access === undefined
      ? "the source says nowhere where it can be read (access)"
      : time === undefined
        ? "the source names no time column (time)"
        : everyMs === null
          ? "neither a word such as monthly, nor a duration, nor a cron line: no interval can be told"
          : everyMs < hourMs
            ? "gaps of less than an hour are not measured"
            : null;
  if (because !== null || time === undefined || everyMs === null) {
    writer.open(line("updates", "live", says), because ?? "");
    return;
  }
  const cellMs = cellOf(everyMs);
  const subject = { table: tables.source(name), time, cellMs };
  writer.decided(line("updates", "data", says), updateGaps, subject, { everyMs, cellMs });
}
