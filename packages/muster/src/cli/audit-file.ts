import { access, rename, writeFile } from "node:fs/promises";
import type { Draw } from "../checks/data/audit-reviews.ts";
import { type AuditSubject, blankIsNull, keyOf } from "../checks/data/audit-sample.ts";
import type { Engine } from "../engine/engine.ts";
import { tables } from "../evaluate/compile/tables.ts";
import type { Told, ToldRows } from "../query/question.ts";
import { digestOfData } from "../source/digest.ts";
import { MusterError } from "../source/muster-error.ts";
import { csvText } from "./csv-text.ts";
import { toldRows } from "./told-rows.ts";
import { notWritten } from "./write-output.ts";

/** What an audit's file says beside the key, by column, in the order of the draw. */
export type Recorded = ReadonlyMap<string, readonly Told[]>;

/** Columns of the file itself, in which nothing else can stand. */
const ours = ["draw", "seed", "sample", "reviewer", "second_reviewer"];

/** Which rows were drawn, how: another key, seed, size, stratum or table gives another digest. */
export function sampleDigest({ key, rows }: Draw, { seed, size, by }: AuditSubject): string {
  const ids = Array.from({ length: rows.count }, (_, i) => keyOf(rows, key, i));
  return digestOfData({ key, seed, size, by: by ?? null, ids });
}

/** The column that names whoever filled in this one. */
export const reviewerOf = ({ second }: AuditSubject, column: string): string =>
  column === second ? "second_reviewer" : "reviewer";

/** The columns that the spec reads, before anybody has looked: a column that is not there could not be read. */
export const emptyCells = (subject: AuditSubject): Recorded =>
  new Map(
    [subject.column, subject.second].flatMap((name) =>
      name === undefined
        ? []
        : ([
            [name, []],
            [reviewerOf(subject, name), []],
          ] as const),
    ),
  );

/** Throws `call/bad-argument` where the spec gives a column the name of one that the file has of its own. */
export function requireNames({ key, column, second }: AuditSubject): void {
  const taken = [...key, column, ...(second === undefined ? [] : [second])].find((name) =>
    ours.includes(name),
  );
  if (taken === undefined) return;
  throw new MusterError("call/bad-argument", `${taken} is a column of the audit's file itself.`, {
    hint: "Name another column under data.label.audit.",
  });
}

/**
 * What the file holds up to now; nothing where there is no file yet. Throws `call/bad-argument` for a file of another
 * draw: what people found there would be lost.
 */
export async function readAuditFile(
  engine: Engine,
  path: string,
  subject: AuditSubject,
  draw: Draw,
  signal: AbortSignal,
): Promise<Recorded> {
  const there = await access(path).then(
    () => true,
    () => false,
  );
  if (!there) return new Map();
  const { key } = subject;
  const info = await engine.attach(tables.audit, path, signal);
  const names = info.columns.map(({ name }) => name);
  const lacking = key.find((name) => !names.includes(name));
  if (lacking !== undefined)
    throw new MusterError("call/bad-argument", `The audit's file has no column ${JSON.stringify(lacking)}.`);
  const file = await toldRows(engine, tables.audit, names, signal);
  requireSameDraw(file, subject, draw);
  const places = new Map(Array.from({ length: file.count }, (_, i) => [keyOf(file, key, i), i] as const));
  const ids = Array.from({ length: draw.rows.count }, (_, i) => keyOf(draw.rows, key, i));
  const kept = names.filter((name) => !key.includes(name) && !["draw", "seed", "sample"].includes(name));
  return new Map(
    kept.map((name) => [
      name,
      ids.map((id): Told => {
        const place = places.get(id);
        return place === undefined ? null : blankIsNull(file.columns[name]?.[place] ?? null);
      }),
    ]),
  );
}

function requireSameDraw(file: ToldRows, subject: AuditSubject, draw: Draw): void {
  const { key, column, second } = subject;
  const sample = file.columns.sample?.find((one) => one !== null) ?? null;
  const ids = new Set(Array.from({ length: draw.rows.count }, (_, i) => keyOf(draw.rows, key, i)));
  const found = [column, ...(second === undefined ? [] : [second])];
  const stray = Array.from({ length: file.count }, (_, i) => i).find(
    (i) =>
      !ids.has(keyOf(file, key, i)) &&
      found.some((name) => blankIsNull(file.columns[name]?.[i] ?? null) !== null),
  );
  if (stray === undefined && (sample === null || sample === sampleDigest(draw, subject))) return;
  throw new MusterError("call/bad-argument", "The audit's file is of another draw than the spec's.", {
    hint: "Key, seed, size, strata or training data have changed since: name a new file under data.label.audit.path.",
  });
}

/** Who stands for each label: whoever gave it first, until somebody changes it. */
export const signed = (
  labels: readonly Told[],
  before: readonly Told[],
  names: readonly Told[],
  who: string,
): readonly Told[] =>
  labels.map((label, i) =>
    label === null ? null : label === (before[i] ?? null) ? (names[i] ?? null) : who,
  );

/** The file as CSV: each drawn row with its place in the draw, the seed and the sample's digest. */
export function auditFileText(draw: Draw, subject: AuditSubject, cells: Recorded): string {
  const { key, rows } = draw;
  const sample = sampleDigest(draw, subject);
  const names = [...cells.keys()];
  const body = Array.from({ length: rows.count }, (_, i): readonly Told[] => [
    String(i + 1),
    String(subject.seed),
    sample,
    ...key.map((name) => rows.columns[name]?.[i] ?? null),
    ...names.map((name) => cells.get(name)?.[i] ?? null),
  ]);
  return csvText([["draw", "seed", "sample", ...key, ...names], ...body]);
}

/** Beside it, then in its place: a file half written would lose what people found before. */
export async function writeWhole(path: string, text: string, now: number): Promise<void> {
  const beside = `${path}.${now}.part`;
  try {
    await writeFile(beside, text, { flag: "wx" });
    await rename(beside, path);
  } catch (cause) {
    throw notWritten(path, cause);
  }
}
