import type { Engine } from "../engine/engine.ts";
import { epochOfText } from "../query/time.ts";
import { MusterError } from "../source/muster-error.ts";
import { clopperPearsonBound } from "../stats/clopper-pearson.ts";
import type { Cell } from "../transform/compile-program.ts";
import { difference } from "./compare-sides.ts";

export interface SkewOptions {
  /** The column that says which row is which, in both tables. */
  readonly key: string;
  /** How far numbers may lie apart, of the larger of 1 and the value; 0 means not at all. */
  readonly tolerance: number;
  readonly confidence: number;
}

export interface ColumnSkew {
  readonly column: string;
  readonly rows: number;
  readonly mismatches: number;
  /** Rows in which the two are not the very same, within the tolerance or not. */
  readonly inexact: number;
  /** The one-sided Clopper-Pearson bound on the share of mismatches: about 3/n for none in n at 95 %. */
  readonly upper: number;
  readonly examples: readonly { readonly key: string; readonly served: Cell; readonly offline: Cell }[];
  /** Another column that serving's values agree with where they do not agree with this one's: columns were swapped. */
  readonly looksLike: string | null;
}

export interface Skew {
  readonly joined: number;
  readonly onlyServed: number;
  readonly onlyOffline: number;
  readonly columns: readonly ColumnSkew[];
  /** Columns that stand on one side alone. */
  readonly unmatched: { readonly served: readonly string[]; readonly offline: readonly string[] };
}

/** Served rows are held in memory; a larger log is compared day by day. */
const mostServed = 2_000_000;
const batchRows = 16_384;
const mostExamples = 3;
/** Rows on which columns that disagree are held against all others. */
const triedRows = 500;
const mostColumns = 2_000;

interface Tally {
  rows: number;
  mismatches: number;
  inexact: number;
  readonly examples: ColumnSkew["examples"][number][];
}

/**
 * Training/serving skew, row by row: joins what serving used with what training would have, by a key, and compares every
 * column of both. Row by row also finds what distributions hide, such as two columns that were swapped. Throws
 * `engine/failed` for a key that is missing or not unique, and `engine/too-large` for more than 2,000,000 served rows.
 */
export async function skew(
  engine: Engine,
  served: string,
  offline: string,
  options: SkewOptions,
  signal?: AbortSignal,
): Promise<Skew> {
  const [left, right] = [engine.info(served), engine.info(offline)];
  if (left.rows > mostServed)
    throw new MusterError("engine/too-large", `${left.rows} served rows are more than ${mostServed}.`, {
      hint: "Compare a part of them: a day, or a sample by id.",
    });
  const readable = (info: typeof left): readonly string[] =>
    info.columns.filter(({ type }) => type !== "unknown").map(({ name }) => name);
  const [ofServed, ofOffline] = [readable(left), readable(right)];
  for (const [names, side] of [
    [ofServed, "served"],
    [ofOffline, "training-side"],
  ] as const) {
    if (!names.includes(options.key))
      throw new MusterError("call/bad-argument", `The ${side} data has no column ${options.key}.`, {
        hint: `Name the column that both share with --on. It has ${names.slice(0, 10).join(", ")}.`,
      });
  }
  const common = ofServed.filter((name) => name !== options.key && ofOffline.includes(name));
  if (common.length === 0 || common.length > mostColumns)
    throw new MusterError(
      "call/bad-argument",
      `The two have ${common.length} columns in common, not 1 to ${mostColumns}.`,
    );
  const moments = common.map((name) =>
    [left, right].some(({ columns }) => columns.some((c) => c.name === name && c.type === "datetime")),
  );

  const places = new Map<string, number>();
  const columns = common.map((): Cell[] => []);
  for await (const batch of engine.scan(served, [options.key, ...common], batchRows, signal)) {
    for (let row = 0; row < batch.rows; row += 1) {
      const key = keyOf(batch.columns[options.key]?.[row] ?? null, "served");
      if (places.has(key))
        throw new MusterError("call/bad-argument", `The served data has ${options.key} ${key} twice.`);
      places.set(key, places.size);
      for (const [c, name] of common.entries()) columns[c]?.push(batch.columns[name]?.[row] ?? null);
    }
  }

  const tallies = common.map((): Tally => ({ rows: 0, mismatches: 0, inexact: 0, examples: [] }));
  const tried: { readonly served: readonly Cell[]; readonly offline: readonly Cell[] }[] = [];
  const met = new Set<number>();
  for await (const batch of engine.scan(offline, [options.key, ...common], batchRows, signal)) {
    for (let row = 0; row < batch.rows; row += 1) {
      const raw = batch.columns[options.key]?.[row] ?? null;
      const place = raw === null ? undefined : places.get(String(raw));
      if (place === undefined) continue;
      if (met.has(place))
        throw new MusterError("call/bad-argument", `The training-side data has ${options.key} ${raw} twice.`);
      met.add(place);
      const cells = common.map((name, c) => comparable(batch.columns[name]?.[row] ?? null, moments[c]));
      const theirs = columns.map((column, c) => comparable(column[place] ?? null, moments[c]));
      if (tried.length < triedRows) tried.push({ served: theirs, offline: cells });
      tallies.forEach((tally, c) => {
        count(tally, String(raw), theirs[c] ?? null, cells[c] ?? null, options.tolerance);
      });
    }
  }
  return {
    joined: met.size,
    onlyServed: places.size - met.size,
    onlyOffline: right.rows - met.size,
    columns: common.map((column, c): ColumnSkew => {
      const { rows, mismatches, inexact, examples } = tallies[c] ?? {
        rows: 0,
        mismatches: 0,
        inexact: 0,
        examples: [],
      };
      const upper = clopperPearsonBound(mismatches, rows, options.confidence, "upper");
      const twin = mismatches === 0 ? null : twinOf(c, common.length, tried, options.tolerance);
      return {
        column,
        rows,
        mismatches,
        inexact,
        upper,
        examples,
        looksLike: twin === null ? null : (common[twin] ?? null),
      };
    }),
    unmatched: {
      served: ofServed.filter((name) => !ofOffline.includes(name)),
      offline: ofOffline.filter((name) => !ofServed.includes(name)),
    },
  };
}

function keyOf(cell: Cell, side: string): string {
  if (cell !== null && !(typeof cell === "number" && Number.isNaN(cell))) return String(cell);
  throw new MusterError("call/bad-argument", `The ${side} data has a row without its key.`);
}

/** Times as milliseconds on both sides, truth values as 1 and 0. */
function comparable(cell: Cell, moment: boolean | undefined): Cell {
  if (typeof cell === "boolean") return Number(cell);
  return moment === true && typeof cell === "string" ? epochOfText(cell) : cell;
}

const within = (left: Cell, right: Cell, tolerance: number): boolean =>
  difference(left, right) <= tolerance * Math.max(1, typeof right === "number" ? Math.abs(right) : 1);

function count(tally: Tally, key: string, served: Cell, offline: Cell, tolerance: number): void {
  tally.rows += 1;
  if (difference(served, offline) === 0) return;
  tally.inexact += 1;
  // A NaN tolerance or an infinite difference times 0 must not pass.
  if (within(served, offline, tolerance)) return;
  tally.mismatches += 1;
  if (tally.examples.length < mostExamples) tally.examples.push({ key, served, offline });
}

/** The other column whose offline values serving's agree with on every tried row, and with its own on not all. */
function twinOf(
  column: number,
  columns: number,
  tried: readonly { readonly served: readonly Cell[]; readonly offline: readonly Cell[] }[],
  tolerance: number,
): number | null {
  const distinct = new Set(tried.map(({ served }) => served[column]));
  // A constant agrees with any other constant: that is no sign.
  if (tried.length < 3 || distinct.size < 2) return null;
  for (let other = 0; other < columns; other += 1) {
    if (other === column) continue;
    if (
      tried.every(({ served, offline }) => within(served[column] ?? null, offline[other] ?? null, tolerance))
    )
      return other;
  }
  return null;
}
