import type { InputProfile } from "../../claims/profile.ts";
import type { Engine } from "../../engine/engine.ts";
import { adjustP } from "../../stats/p-adjust.ts";
import { exactNumbers } from "../profile/profile-columns.ts";
import { survey } from "../profile/survey.ts";
import type { Survey, SurveyColumn } from "../profile/survey-column.ts";
import { type Bin, pairBins } from "./bins.ts";
import { type CellStatistics, type DriftOutcome, judgeCells, measureCells } from "./cell-statistics.ts";
import { type Distances, distancesOf, type LineSide } from "./line-distances.ts";

/** One side of a comparison: profiles of its columns, with everything that was counted where it is at hand. */
export interface DriftBase {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, { readonly profile: InputProfile; readonly survey?: Survey }>;
}

export interface DriftRule {
  /** The divergence KL(current||base) in nats, less its noise, from which on a column has drifted. */
  readonly threshold: number;
  /** Chance of a false alarm, shared by all columns (Benjamini and Hochberg). */
  readonly alpha: number;
}

/** The effect of moving a normal distribution by 0.45 of its deviation; PSI 0.2. */
export const usualRule: DriftRule = { threshold: 0.1, alpha: 0.001 };

export interface ColumnDrift extends CellStatistics, Distances {
  readonly column: string;
  readonly kind: "number" | "category" | "text_length";
  readonly type: string;
  /** Rows of the base and of the current table. */
  readonly rows: readonly [base: number, current: number];
  readonly outcome: DriftOutcome;
  readonly because: string;
  readonly drifted: boolean;
  /** The p-value adjusted for all columns of the comparison. */
  readonly p_adjusted: number;
  readonly bins: readonly Bin[];
}

export interface Drift {
  readonly rows: readonly [base: number, current: number];
  readonly columns: readonly ColumnDrift[];
  /** Columns that cannot be compared, and why. */
  readonly skipped: readonly { readonly column: string; readonly because: string }[];
}

/** How a table is to be counted in the frozen cells of a profile. */
export function frozenColumns(
  base: DriftBase,
  options: { readonly countAll?: boolean } = {},
): SurveyColumn[] {
  return [...base.columns].flatMap(([name, { profile }]): SurveyColumn[] => {
    const { cells } = profile;
    if (cells === undefined) return [];
    const known = cells.kind === "categories" && cells.closed ? (profile.values ?? []) : undefined;
    return [
      {
        name,
        byLength: cells.kind === "numbers" && cells.of === "length",
        tooMany: options.countAll !== true && cells.edges.from === "sample",
        countAll: options.countAll === true,
        cuts: () => (cells.kind === "numbers" ? cells.cuts : []),
        listed: () => known ?? (cells.kind === "categories" ? cells.listed : []),
      },
    ];
  });
}

/**
 * Whether the columns of a table are distributed as those of the base were. A column has drifted when its divergence,
 * less what chance alone makes of it, passes the threshold and the difference is significant; it is steady when even the upper
 * bound of the divergence stays below; all else is undecided. Throws MusterError when the table cannot be read.
 */
export async function drift(
  engine: Engine,
  table: string,
  base: DriftBase,
  rule: DriftRule = usualRule,
  signal?: AbortSignal,
  countAll = false,
): Promise<Drift> {
  const found = await survey(engine, table, frozenColumns(base, { countAll }), signal);
  return compareSurveys(base, engine.info(table).rows, found, rule);
}

/** The comparison itself, of what was counted. */
export function compareSurveys(
  base: DriftBase,
  rows: number,
  found: ReadonlyMap<string, Survey>,
  rule: DriftRule,
): Drift {
  const skipped: { column: string; because: string }[] = [];
  const measured: {
    name: string;
    profile: InputProfile;
    current: Survey;
    bins: readonly Bin[];
    cells: CellStatistics;
  }[] = [];
  for (const [name, { profile }] of base.columns) {
    const current = found.get(name);
    const because = unlike(profile, current);
    if (because !== null || current === undefined) {
      skipped.push({ column: name, because: because ?? "the current table lacks it" });
      continue;
    }
    const bins = pairBins(profile, base.rows, current, rows);
    measured.push({ name, profile, current, bins, cells: measureCells(bins) });
  }
  const adjusted = adjustP(
    measured.map(({ cells }) => cells.p_value),
    "bh",
  );
  const columns = measured.map(({ name, profile, current, bins, cells }, i): ColumnDrift => {
    const p = adjusted[i] ?? 1;
    const judged = judgeCells(cells, [base.rows, rows], p, rule);
    return {
      column: name,
      kind: current.kind === "categories" ? "category" : current.of === "length" ? "text_length" : "number",
      type: profile.type,
      rows: [base.rows, rows],
      ...judged,
      drifted: judged.outcome === "drifted",
      ...cells,
      p_adjusted: p,
      ...distances(profile, base.columns.get(name)?.survey, current),
      bins,
    };
  });
  return { rows: [base.rows, rows], columns, skipped };
}

/** Why a column cannot be held against its profile; null when it can. */
function unlike({ cells }: InputProfile, current: Survey | undefined): string | null {
  if (cells === undefined) return "its profile has no cells (it was made by an earlier version)";
  if (current === undefined) return "the current table lacks it";
  if (cells.kind === current.kind) return null;
  const [was, is] = cells.kind === "numbers" ? ["numbers", "text"] : ["text", "numbers"];
  return `it held ${was} in the base and holds ${is} now`;
}

function distances(profile: InputProfile, before: Survey | undefined, current: Survey): Distances {
  const { cells } = profile;
  if (cells?.kind !== "numbers" || current.kind !== "numbers") {
    return { wasserstein: null, wasserstein_iqr: null, ks: null, distances_from: null };
  }
  const side: LineSide = {
    all: exactNumbers(profile, before),
    counts: cells.counts,
    min: profile.min,
    max: profile.max,
  };
  const now: LineSide = { all: current.all, counts: current.counts, min: current.min, max: current.max };
  return distancesOf(side, now, cells.cuts, middleHalf(profile));
}

/** The range of the middle half of the base; 0 where it is not known. */
function middleHalf({ quantiles }: InputProfile): number {
  const at = (share: number): number => quantiles?.values[quantiles.shares.indexOf(share)] ?? Number.NaN;
  const range = at(0.75) - at(0.25);
  return Number.isFinite(range) ? range : 0;
}
