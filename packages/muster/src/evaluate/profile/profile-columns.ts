import type { Cells, EdgesFrom, InputProfile } from "../../claims/profile.ts";
import type { Engine } from "../../engine/engine.ts";
import { frozenBins } from "../../stats/frozen-bins.ts";
import { type WeightedValues, weightedValues } from "../../stats/weighted-values.ts";
import { survey } from "./survey.ts";
import { byFrequency } from "./survey-categories.ts";
import type { CategorySurvey, NumberSurvey, Survey, SurveyColumn } from "./survey-column.ts";

/** A column to profile, with the type that the profile is to say of it. */
export interface ProfiledColumn {
  readonly name: string;
  readonly type: string;
}

export interface ProfileOptions {
  /** Bins of a number; 10 by default. */
  readonly bins?: number;
  /** Values of a text with a cell of their own; 50 by default. */
  readonly categories?: number;
  /** Count every distinct value, however many there are. */
  readonly countAll?: boolean;
  /** Only what drift needs: the cells of numbers, and neither their means nor every value. */
  readonly onlyCells?: boolean;
}

/** A profile of a column, and what it was made of. */
export interface ColumnProfile {
  readonly profile: InputProfile;
  readonly survey: Survey;
}

/** Above it a list of values is no closed set any more. */
const mostValues = 10_000;
const mostNumbers = 1000;
const topValues = 10;
/** Finer cells inside of the bins: distances between distribution functions are known to a hundredth. */
const fineCells = 100;
/** Rarer values than this share have no cell of their own. */
const leastShare = 0.001;
const quantileShares = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];

/** Profiles of a table's columns by name. Columns that the table lacks or that cannot be read are left out. */
export async function profileColumns(
  engine: Engine,
  table: string,
  columns: readonly ProfiledColumn[],
  options: ProfileOptions = {},
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, ColumnProfile>> {
  const { bins = 10, categories = 50, countAll = false, onlyCells = false } = options;
  const wanted = columns.map(
    ({ name, type }): SurveyColumn => ({
      name,
      byLength: type === "text" || (type === "string" && "free_text"),
      countAll,
      onlyCells,
      cuts: (sample) => frozenBins(sample, bins, fineCells).cuts,
      listed: (frequent) => frequent.slice(0, categories),
    }),
  );
  const surveys = await survey(engine, table, wanted, signal);
  const profiles = new Map<string, ColumnProfile>();
  for (const { name, type } of columns) {
    const found = surveys.get(name);
    if (found === undefined) continue;
    const profile =
      found.kind === "numbers" ? ofNumbers(type, found, bins) : ofCategories(type, found, categories);
    profiles.set(name, { profile, survey: found });
  }
  return profiles;
}

function ofNumbers(type: string, found: NumberSurvey, bins: number): InputProfile {
  const { all, sample, moments, cuts } = found;
  const edges: EdgesFrom =
    all === null || all.total > sample.total
      ? { from: "sample", rows: sample.total }
      : { from: "all", rows: all.total };
  const cells: Cells = {
    kind: "numbers",
    of: found.of,
    cuts,
    counts: Array.from(found.counts),
    bins: frozenBins(sample, bins, fineCells).bins,
    nan: found.nan,
    negative_infinity: found.negativeInfinity,
    positive_infinity: found.positiveInfinity,
    edges,
  };
  const base = { type: found.of === "length" ? "text" : type, missing: found.missing };
  if (moments.n === 0) return { ...base, cells };
  const distinct =
    all === null ? { distinct_at_least: sample.values.length } : { distinct: all.values.length };
  const from = all ?? sample;
  return {
    ...base,
    min: found.min,
    max: found.max,
    ...(Number.isNaN(moments.mean) ? {} : { mean: moments.mean, m2: moments.m2 }),
    ...distinct,
    quantiles: {
      method: all === null ? edges : { from: "all", rows: all.total },
      shares: quantileShares,
      values: quantiles(from, quantileShares),
    },
    top: topOf(from),
    cells,
    ...(all !== null && all.values.length <= mostNumbers
      ? { numbers: { values: Array.from(all.values), rows: Array.from(all.masses) } }
      : {}),
  };
}

/** The smallest values with at least these ascending shares at or below (R. J. Hyndman & Y. Fan, 1996, type 1). */
function quantiles({ values, masses, total }: WeightedValues, shares: readonly number[]): number[] {
  let i = 0;
  let below = masses[0] ?? 0;
  return shares.map((share) => {
    const enough = share * total * (1 - 1e-12);
    while (below < enough && i + 1 < values.length) below += masses[++i] ?? 0;
    return values[i] ?? Number.NaN;
  });
}

/** Nothing for a column where hardly a value stands twice. */
function topOf({ values, masses, total }: WeightedValues): { value: string; rows: number }[] {
  const counts = new Map<string, number>();
  for (let i = 0; i < values.length; i++) {
    const rows = masses[i] ?? 0;
    if (rows > 1 && rows >= leastShare * total) counts.set(String(values[i]), rows);
  }
  return byFrequency(counts)
    .slice(0, topValues)
    .map(([value, rows]) => ({ value, rows }));
}

function ofCategories(type: string, found: CategorySurvey, categories: number): InputProfile {
  const sorted = byFrequency(found.counts);
  const present = sorted.reduce((sum, [, rows]) => sum + rows, 0) + found.rest;
  const closed = found.complete && sorted.length <= mostValues;
  const listed = sorted.slice(0, categories).filter(([, rows]) => rows >= leastShare * present);
  const inCells = listed.reduce((sum, [, rows]) => sum + rows, 0);
  return {
    type,
    missing: found.missing,
    ...(found.complete ? { distinct: sorted.length } : { distinct_at_least: sorted.length }),
    ...(closed ? { values: sorted.map(([value]) => value).sort() } : {}),
    top: sorted.slice(0, topValues).map(([value, rows]) => ({ value, rows })),
    cells: {
      kind: "categories",
      listed: listed.map(([value]) => value),
      counts: listed.map(([, rows]) => rows),
      other: present - inCells,
      closed,
      edges: { from: found.complete ? "all" : "sample", rows: present },
    },
  };
}

/** The exact numbers of a column, from what was counted or from what a stored profile kept. */
export function exactNumbers({ numbers }: InputProfile, found?: Survey): WeightedValues | null {
  if (found?.kind === "numbers") return found.all;
  return numbers === undefined ? null : weightedValues(numbers.values, numbers.rows);
}
