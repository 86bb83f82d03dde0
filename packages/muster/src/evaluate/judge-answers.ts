import type { Batch, Engine } from "../engine/engine.ts";
import { unknownColumn } from "../engine/unknown-column.ts";
import type { Rated } from "../judge/agreement.ts";
import type { Asker } from "../judge/ask-all.ts";
import { type CorrectedShare, correctedShare } from "../judge/corrected-share.ts";
import type { JudgeItem } from "../judge/judge.ts";
import { type JudgeGate, judgeGate } from "../judge/judge-gate.ts";
import { type Probes, probe } from "../judge/probes.ts";
import type { JudgedColumns, JudgedGroup } from "../query/read.ts";
import { MusterError } from "../source/muster-error.ts";

/** What to judge, and by what the judge itself is judged. Tables are attached to the engine. */
export interface Judging {
  readonly table: string;
  readonly columns: JudgedColumns;
  readonly by: readonly string[];
  readonly calibration: {
    readonly table: string;
    /** Of these rows and of the anchors, where they are called otherwise than in the table. */
    readonly columns?: JudgedColumns;
    /** Columns with a rating each. */
    readonly raters: readonly string[];
    /** Subgroups in which the judge has to agree with people, too. */
    readonly by: readonly string[];
  };
  /** A table of answers with the score that the judge once gave them. */
  readonly anchors?: { readonly table: string; readonly score: string };
  readonly scale: readonly number[];
  /** The least score that passes. */
  readonly passAt: number;
  readonly confidence: number;
  /** The id that was calibrated; another judge is refused. */
  readonly pinned?: string;
  readonly judgeId: string;
  readonly limits?: { readonly kappa?: number; readonly accuracy?: number };
  /** Groups of rows that have a share of their own. */
  readonly groups?: readonly (readonly JudgedGroup[])[];
  /** More rows than this are not asked about: each costs a call. */
  readonly mostCalls: number;
}

export interface Judged {
  readonly gate: JudgeGate;
  readonly probes: Probes;
  /** How the judge's error goes with the answer's length, as a correlation; null where neither varies. */
  readonly lengthBias: number | null;
  readonly all: CorrectedShare;
  readonly groups: readonly {
    readonly group: Readonly<Record<string, string | null>>;
    readonly result: CorrectedShare;
  }[];
  /** In the order of `groups`. */
  readonly parts: readonly CorrectedShare[];
  readonly calls: number;
  /** Rows that were asked about and have no score. */
  readonly failed: number;
}

type Cell = string | number | boolean | null;

/**
 * The share of answers that pass, by a judge that has to pass its own gate first. Rows without an answer are answers
 * that are blank: a model that is silent must not look better for it. Throws MusterError when tables or judge cannot be read.
 */
export async function judgeAnswers(
  engine: Engine,
  asker: Asker,
  judging: Judging,
  signal?: AbortSignal,
): Promise<Judged> {
  const { columns, calibration, anchors, scale, passAt, confidence } = judging;
  const { groups = [] } = judging;
  const parts = [...new Set(groups.flatMap((group) => group.map(({ column }) => column)))];
  const shown = Object.values(columns);
  const ratedColumns = calibration.columns ?? columns;
  const ratedShown = Object.values(ratedColumns);
  const inCalibration = new Set(engine.info(calibration.table).columns.map(({ name }) => name));
  // Groups of the answers have a correction of their own where the calibration knows them, too.
  const own = [...judging.by, ...parts].filter((name) => inCalibration.has(name));
  const grouped = [...new Set([...calibration.by, ...own])];
  // Before any row is held in memory.
  const needed = [judging.table, calibration.table, ...(anchors === undefined ? [] : [anchors.table])]
    .map((name) => engine.info(name).rows)
    .reduce((sum, own) => sum + own, 0);
  if (needed > judging.mostCalls) {
    throw new MusterError(
      "call/bad-argument",
      `The judge would be asked ${needed} times, and may be ${judging.mostCalls} times.`,
      {
        hint: "Judge a random sample of the rows, or raise most_calls.",
      },
    );
  }
  const rated = await rowsOf(
    engine,
    calibration.table,
    [...ratedShown, ...calibration.raters, ...grouped],
    signal,
  );
  const rows = await rowsOf(engine, judging.table, [...shown, ...judging.by, ...parts], signal);
  const frozen =
    anchors === undefined ? [] : await rowsOf(engine, anchors.table, [...ratedShown, anchors.score], signal);
  // Calls are paid for, so what people said is looked at first.
  const ratings = rated.map((row) => calibration.raters.flatMap((rater) => ratingOf(row, rater, scale)));
  const unrated = ratings.filter((own) => own.length === 0).length;
  if (unrated > 0) {
    throw new MusterError("call/bad-argument", `${unrated} items of the calibration have no rating.`, {
      hint: `Each needs a score of ${scale.join(", ")} in ${calibration.raters.join(" or ")}.`,
    });
  }
  const before = anchors === undefined ? [] : frozen.map((row) => scoreOf(row, anchors));
  const item = (row: Row): JudgeItem => itemOf(row, columns);
  const ratedItem = (row: Row): JudgeItem => itemOf(row, ratedColumns);
  const calibrated = await asker.all(rated.map(ratedItem));
  const probes = await probe(asker, rated.map(ratedItem), scale, passAt);
  const now = await asker.all(frozen.map(ratedItem));
  const items = rated.map((row, i): Rated => {
    const found = calibrated[i];
    return {
      judged: found?.kind === "judged" ? found.score : null,
      ratings: ratings[i] ?? [],
      length: ratedItem(row).answer.length,
      group: Object.fromEntries(grouped.map((name) => [name, String(row.get(name) ?? "(missing)")])),
    };
  });
  const gate = judgeGate({
    items: items.map((one) => ({ ...one, group: only(one.group, judging.calibration.by) })),
    scale,
    passAt,
    confidence,
    probes,
    anchors:
      anchors === undefined
        ? null
        : before.map((score, i) => {
            const found = now[i];
            return { before: score, now: found?.kind === "judged" ? found.score : null };
          }),
    ...(judging.limits === undefined ? {} : { limits: judging.limits }),
    otherThanPinned:
      judging.pinned === undefined || judging.pinned === judging.judgeId ? null : judging.judgeId,
  });
  // A judge that is already known to be refused is not paid for the rest.
  const judged = gate.outcome === "kept" ? await asker.all(rows.map(item)) : [];
  const scores = rows.map((_, i) => {
    const found = judged[i];
    return found?.kind === "judged" ? found.score : null;
  });
  const share = (own: readonly (number | null)[], by: readonly Rated[]): CorrectedShare =>
    correctedShare(own, by, gate, passAt, confidence);
  return {
    gate,
    probes,
    lengthBias: lengthBias(items, passAt),
    all: share(scores, items),
    groups: groupsOf(rows, judging.by).map(({ group, at }) => ({
      group,
      result: share(
        at.map((i) => scores[i] ?? null),
        items.filter((one) =>
          Object.entries(group).every(([name, value]) => one.group[name] === (value ?? "(missing)")),
        ),
      ),
    })),
    parts: groups.map((group) =>
      share(
        rows.flatMap((row, i) => (isOf(group, (name) => row.get(name) ?? null) ? [scores[i] ?? null] : [])),
        items.filter((one) => isOf(group, (name) => one.group[name] ?? "(missing)", "(missing)")),
      ),
    ),
    calls: asker.asked,
    failed: judged.filter(({ kind }) => kind === "failed").length,
  };
}

/** Whether a row has the group's values; `missing` is what stands for none. */
function isOf(
  group: readonly JudgedGroup[],
  cell: (column: string) => Cell,
  missing: string | null = null,
): boolean {
  return group.every(({ column, value }) => {
    const found = cell(column);
    return (found === null ? null : String(found)) === (value ?? missing);
  });
}

function only(group: Rated["group"], names: readonly string[]): Rated["group"] {
  return Object.fromEntries(Object.entries(group).filter(([name]) => names.includes(name)));
}

type Row = ReadonlyMap<string, Cell>;

async function rowsOf(
  engine: Engine,
  table: string,
  columns: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly Row[]> {
  const known = new Set(engine.info(table).columns.map(({ name }) => name));
  const absent = columns.find((name) => !known.has(name));
  if (absent !== undefined) throw unknownColumn(absent, table, [...known]);
  const names = [...new Set(columns)];
  const rows: Row[] = [];
  for await (const batch of engine.scan(table, names, 1024, signal)) {
    for (let i = 0; i < batch.rows; i++)
      rows.push(new Map(names.map((name) => [name, cellOf(batch, name, i)])));
  }
  return rows;
}

function cellOf(batch: Batch, name: string, i: number): Cell {
  const cell = batch.columns[name]?.[i] ?? null;
  return typeof cell === "number" && Number.isNaN(cell) ? null : cell;
}

function itemOf(row: Row, { answer, question, reference }: JudgedColumns): JudgeItem {
  const text = (name: string | undefined): string | undefined => {
    const cell = name === undefined ? null : (row.get(name) ?? null);
    return cell === null ? undefined : String(cell);
  };
  const [asked, good] = [text(question), text(reference)];
  return {
    answer: text(answer) ?? "",
    ...(asked === undefined ? {} : { question: asked }),
    ...(good === undefined ? {} : { reference: good }),
  };
}

function ratingOf(row: Row, rater: string, scale: readonly number[]): readonly number[] {
  const cell = row.get(rater) ?? null;
  if (isBlank(cell)) return [];
  const rating = Number(cell);
  if (scale.includes(rating)) return [rating];
  throw new MusterError(
    "call/bad-argument",
    `${rater} rated ${JSON.stringify(cell)}, which is not on the scale ${scale.join(", ")}.`,
  );
}

/** The score that the judge once gave. A blank is none, and must not be taken for 0. */
function scoreOf(row: Row, { table, score }: NonNullable<Judging["anchors"]>): number {
  const cell = row.get(score) ?? null;
  if (!isBlank(cell)) return Number(cell);
  throw new MusterError("call/bad-argument", `A row of "${table}" has no ${score}.`, {
    hint: "An anchor is an answer with the score that the judge once gave it.",
  });
}

const isBlank = (cell: Cell): boolean => cell === null || (typeof cell === "string" && cell.trim() === "");

function groupsOf(
  rows: readonly Row[],
  by: readonly string[],
): readonly { readonly group: Readonly<Record<string, string | null>>; readonly at: readonly number[] }[] {
  if (by.length === 0) return [];
  const groups = new Map<string, { group: Record<string, string | null>; at: number[] }>();
  rows.forEach((row, i) => {
    const values = by.map((name) => {
      const cell = row.get(name) ?? null;
      return cell === null ? null : String(cell);
    });
    const key = JSON.stringify(values);
    const known = groups.get(key) ?? {
      group: Object.fromEntries(by.map((name, d) => [name, values[d] ?? null])),
      at: [],
    };
    known.at.push(i);
    groups.set(key, known);
  });
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

/** Pearson's correlation of (judge passes - share of people who pass) with the answer's length. */
function lengthBias(items: readonly Rated[], passAt: number): number | null {
  const pairs = items.flatMap(({ judged, ratings, length }) => {
    if (judged === null) return [];
    const people = ratings.filter((rating) => rating >= passAt).length / ratings.length;
    return [[(judged >= passAt ? 1 : 0) - people, length] as const];
  });
  const mean = (k: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[k], 0) / pairs.length;
  const [a, b] = [mean(0), mean(1)];
  const sum = (of: (pair: readonly [number, number]) => number) =>
    pairs.reduce((total, pair) => total + of(pair), 0);
  const spread = Math.sqrt(sum(([x]) => (x - a) ** 2) * sum(([, y]) => (y - b) ** 2));
  return spread > 0 ? sum(([x, y]) => (x - a) * (y - b)) / spread : null;
}
