import { type Cells, emptySums } from "../checks/slices/cells.ts";
import { choices, rollUp } from "../checks/slices/roll-up.ts";
import type { Engine } from "../engine/engine.ts";
import { type Groups, other } from "../query/aggregate.ts";
import { MusterError } from "../source/muster-error.ts";
import type { SliceAttribute } from "./slice-attributes.ts";
import type { SliceBadness } from "./slice-badness.ts";

export interface CellsWanted {
  readonly table: string;
  readonly attributes: readonly SliceAttribute[];
  readonly badness: SliceBadness;
  readonly unit: string;
  readonly seed: number;
}

export interface CellsRead {
  readonly tables: readonly Cells[];
  /** Rows that no unit names, and so belong to no half. */
  readonly withoutUnit: number;
}

/** Groups that one call of the engine may answer with, and that are held in all. */
const mostInOneCall = 1_000_000;
const mostHeld = 6_000_000;

/** The groups by all attributes at once: one scan, and everything coarser is added up from it. */
export async function readLeaf(
  engine: Engine,
  wanted: CellsWanted,
  signal?: AbortSignal,
): Promise<CellsRead> {
  const all = wanted.attributes.map((_, a) => a);
  return allOf(wanted, [all], await groupsOf(engine, wanted, [all], signal));
}

/**
 * The groups by each choice of `most` attributes, in as few scans as memory allows: where too many combine all
 * attributes, none of these tables has more groups than its own values can make. Throws MusterError where they are too many.
 */
export async function readChoices(
  engine: Engine,
  wanted: CellsWanted,
  most: number,
  rows: number,
  signal?: AbortSignal,
): Promise<CellsRead> {
  const { attributes } = wanted;
  const size = Math.min(most, attributes.length);
  const chosen = choices(attributes.length, size).filter((own) => own.length === size);
  const possible = chosen.map((own) =>
    Math.min(
      rows,
      own.reduce((product, a) => product * (attributes[a]?.values.length ?? 1), 1),
    ),
  );
  const held = possible.reduce((sum, own) => sum + own, 0);
  if (held > mostHeld) {
    throw new MusterError(
      "call/bad-argument",
      `Combining ${size} of ${attributes.length} columns makes up to ${held} groups, and ${mostHeld} are held at most.`,
      { hint: "Name fewer of them by --columns, combine fewer by --most, or keep fewer values by --values." },
    );
  }
  const read: CellsRead[] = [];
  let batch: (readonly number[])[] = [];
  let cells = 0;
  for (const [i, own] of chosen.entries()) {
    batch.push(own);
    cells += possible[i] ?? 0;
    const next = possible[i + 1];
    if (next !== undefined && cells + next <= mostInOneCall) continue;
    // Added up at once: both halves of a group become one cell before the next call.
    read.push(allOf(wanted, batch, await groupsOf(engine, wanted, batch, signal)));
    batch = [];
    cells = 0;
  }
  return { tables: read.flatMap(({ tables }) => tables), withoutUnit: read[0]?.withoutUnit ?? 0 };
}

async function groupsOf(
  engine: Engine,
  { table, attributes, badness, unit, seed }: CellsWanted,
  chosen: readonly (readonly number[])[],
  signal?: AbortSignal,
): Promise<readonly Groups[]> {
  const half = { kind: "half", column: unit, seed } as const;
  const answers = await engine.aggregate(
    chosen.map((own) => ({
      table,
      by: [half, ...own.flatMap((a) => attributes[a]?.dimension ?? [])],
      values: badness.values,
    })),
    signal,
  );
  return answers.map(({ groups }) => groups);
}

function allOf(
  { attributes }: CellsWanted,
  chosen: readonly (readonly number[])[],
  groups: readonly Groups[],
): CellsRead {
  const sizes = attributes.map(({ values }) => values.length);
  const leafAlone = chosen.length === 1 && (chosen[0]?.length ?? 0) > 3;
  let withoutUnit = 0;
  const tables = chosen.map((own, i): Cells => {
    const read = cellsOf(groups[i], own, attributes);
    if (i === 0) withoutUnit = read.withoutUnit;
    return leafAlone ? read.cells : rollUp(read.cells, own, sizes);
  });
  return { tables, withoutUnit };
}

function cellsOf(
  groups: Groups | undefined,
  chosen: readonly number[],
  attributes: readonly SliceAttribute[],
): { readonly cells: Cells; readonly withoutUnit: number } {
  if (groups === undefined) throw new MusterError("engine/failed", "The data engine gave no answer.");
  const { count, keys, values } = groups;
  const codes = chosen.map((a, n) => {
    const known = new Map((attributes[a]?.values ?? []).map((value, code) => [value, code]));
    const rest = known.get(other) ?? 0;
    const column = keys[n + 1] ?? [];
    return Int32Array.from({ length: count }, (_, g) => {
      const key = column[g] ?? null;
      return known.get(key === null ? null : String(key)) ?? rest;
    });
  });
  const halves = [emptySums(count), emptySums(count)] as const;
  let withoutUnit = 0;
  for (let g = 0; g < count; g++) {
    const half = keys[0]?.[g] ?? null;
    if (half === null) {
      withoutUnit += values.rows?.[g] || 0;
      continue;
    }
    const sums = halves[half === 0 ? 0 : 1];
    // NaN, the sum of no rows, adds nothing.
    for (const name of ["rows", "bad", "squares"] as const) sums[name][g] = values[name]?.[g] || 0;
  }
  return { cells: { count, attributes: chosen, codes, halves }, withoutUnit };
}
