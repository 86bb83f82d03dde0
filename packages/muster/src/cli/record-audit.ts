import { relative, resolve } from "node:path";
import { type Draw, type ReviewColumns, readReviews } from "../checks/data/audit-reviews.ts";
import { type AuditSubject, auditReads, keyOf } from "../checks/data/audit-sample.ts";
import type { Engine } from "../engine/engine.ts";
import { auditSubject } from "../evaluate/compile/data-audit.ts";
import { tables } from "../evaluate/compile/tables.ts";
import type { ToldRows, TopValues } from "../query/question.ts";
import { MusterError } from "../source/muster-error.ts";
import type { Spec } from "../spec/spec.ts";
import {
  auditFileText,
  emptyCells,
  readAuditFile,
  requireNames,
  reviewerOf,
  sampleDigest,
  signed,
  writeWhole,
} from "./audit-file.ts";
import { recordJson, recordText } from "./audit-output.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { asFormat } from "./format.ts";
import { storeFolder, whoRuns } from "./judge-spec.ts";
import type { LoadedSpec } from "./load-spec.ts";
import { requireSpec } from "./print-diagnostics.ts";
import type { Terminal } from "./terminal.ts";
import { toldRows } from "./told-rows.ts";
import { openEngine, openStore } from "./wire.ts";

export interface RecordOptions {
  readonly reviews: string;
  readonly reviewer?: string;
  readonly second?: boolean;
  readonly replace?: boolean;
  readonly store?: string;
  readonly format: string;
}

const reviewed = "reviews";
/** More labels than these are no closed set of classes. */
const mostClasses = 1000;

/**
 * `muster audit record`: what reviewers found, held against the draw, into the file that `data.label.audit` names.
 * Ends with 1, and writes nothing, when one of the reviews is wrong.
 */
export async function recordAudit(
  given: string,
  options: RecordOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const format = asFormat(options.format, ["text", "json"]);
  const loaded = await requireSpec(given, terminal);
  if (loaded === null) return exitCode.wrong;
  const { subject, path, training } = placesOf(loaded);
  const into = options.second === true ? subject.second : subject.column;
  if (into === undefined) {
    throw new MusterError("call/bad-argument", "data.label.audit has no column for a second person.", {
      hint: "Add second: label_by_second_review.",
    });
  }
  const who = options.reviewer?.trim() || whoRuns(terminal);
  const engine = await openEngine();
  try {
    terminal.progress("drawing the sample again");
    await engine.attach(tables.training, training, terminal.signal, loaded.renames.get(tables.training));
    const draw = await drawn(engine, subject, terminal.signal);
    const kept = await readAuditFile(engine, path, subject, draw, terminal.signal);
    const from = resolve(terminal.cwd, options.reviews);
    const { columns: there } = await engine.attach(reviewed, from, terminal.signal);
    const columns = reviewColumns(
      there.map(({ name }) => name),
      subject,
      into,
      options.reviews,
    );
    const read = [...subject.key, ...[columns.label, columns.agree].filter((name) => name !== null)];
    const reviews = await toldRows(engine, reviewed, [...new Set(read)], terminal.signal);
    // The very file may be what was filled in: then nothing was recorded before.
    const before = from === path ? [] : (kept.get(into) ?? []);
    const found = readReviews(draw, reviews, columns, {
      before,
      classes: await classesOf(engine, loaded.spec, subject.label, terminal.signal),
      replace: options.replace === true,
    });
    const wrong = found.findings.some(({ kind }) => kind !== "unreviewed");
    const sample = sampleDigest(draw, subject);
    if (!wrong) {
      const by = reviewerOf(subject, into);
      const names = signed(found.labels, before, kept.get(by) ?? [], who);
      const cells = new Map([...emptyCells(subject), ...kept, [into, found.labels], [by, names]]);
      await writeWhole(path, auditFileText(draw, subject, cells), terminal.now());
      await noteIn(loaded, options.store, who, { column: into, added: found.added, sample }, terminal);
    }
    terminal.done();
    const file = relative(terminal.cwd, path) || path;
    const result = {
      found,
      wrong,
      file,
      reviews: options.reviews,
      sample,
      subject,
      who,
      drawn: draw.rows.count,
    };
    terminal.out(format === "json" ? recordJson(result) : recordText(result));
    return wrong ? exitCode.notKept : exitCode.kept;
  } finally {
    terminal.done();
    await engine.close();
  }
}

function placesOf(loaded: LoadedSpec): {
  readonly subject: AuditSubject;
  readonly path: string;
  readonly training: string;
} {
  const { data } = loaded.spec;
  const subject = data === undefined ? null : auditSubject(data);
  const path = loaded.addresses.get(tables.audit);
  const training = loaded.addresses.get(tables.training);
  if (subject === null || path === undefined || training === undefined) {
    throw new MusterError(
      "call/bad-argument",
      `${loaded.file} has no data.label.audit, or no training data.`,
      {
        hint: "muster audit sample draws the rows and prints the line for the spec.",
      },
    );
  }
  if (!/\.csv$/i.test(path)) {
    throw new MusterError("call/bad-argument", "data.label.audit.path is no CSV file.", {
      hint: "Name one that ends in .csv: what is recorded is written as such.",
    });
  }
  requireNames(subject);
  return { subject, path, training };
}

async function drawn(engine: Engine, subject: AuditSubject, signal: AbortSignal): Promise<Draw> {
  const [sample] = auditReads(subject);
  if (sample?.kind !== "sample")
    throw new MusterError("internal", "The audit asks for something else than a sample.");
  const { answer } = await engine.ask(sample, signal);
  const rows = answer as ToldRows;
  const { key, label } = subject;
  const ids = new Set(Array.from({ length: rows.count }, (_, i) => keyOf(rows, key, i)));
  if (rows.count === 0 || ids.size < rows.count) {
    const why = rows.count === 0 ? "there is no row to draw" : `${key.join(" + ")} does not name one row`;
    throw new MusterError("call/bad-argument", `The sample means nothing: ${why}.`);
  }
  return { key, label, rows };
}

function reviewColumns(
  names: readonly string[],
  { key }: AuditSubject,
  into: string,
  file: string,
): ReviewColumns {
  const lacking = key.filter((name) => !names.includes(name));
  const has = (name: string): string | null => (names.includes(name) && !key.includes(name) ? name : null);
  const columns = { label: has(into) ?? has("label"), agree: has("agree") };
  if (lacking.length === 0 && (columns.label !== null || columns.agree !== null)) return columns;
  const what = lacking.length > 0 ? lacking.join(", ") : `${into}, label or agree`;
  throw new MusterError("call/bad-argument", `${file} has no column ${what}.`, {
    hint: `Each row has ${key.join(", ")}, and what was found: ${into} or label (the right one), or agree (yes or no).`,
  });
}

/** The labels there are: those of the spec, else those of the training data where the product names classes. */
async function classesOf(
  engine: Engine,
  { data, problem }: Spec,
  label: string,
  signal: AbortSignal,
): Promise<readonly string[] | null> {
  const listed = data?.label?.classes;
  if (listed !== undefined) return listed.map(String);
  const closed = problem?.output === "classification" || problem?.output === "anomaly_detection";
  if (!closed && data?.label?.positive === undefined) return null;
  const question = { kind: "top_values", table: tables.training, column: label, most: mostClasses } as const;
  const { answer } = await engine.ask(question, signal);
  const { values, distinct } = answer as TopValues;
  const known = values.flatMap(({ value }) => (value === null ? [] : [value]));
  return distinct > mostClasses ? null : known.sort();
}

/** The file says what was found; the store who recorded it when. */
async function noteIn(
  { spec, folder }: LoadedSpec,
  given: string | undefined,
  who: string,
  details: Readonly<Record<string, string | number>>,
  terminal: Terminal,
): Promise<void> {
  const store = await openStore(storeFolder({ folder }, given, terminal.cwd));
  try {
    const at = new Date(terminal.now()).toISOString();
    await store.addAudit({
      at,
      who,
      what: "audit record",
      spec: spec.name,
      details: JSON.stringify(details),
    });
  } finally {
    await store.close();
  }
}
