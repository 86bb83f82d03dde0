import type { Engine } from "../../engine/engine.ts";
import { type ColumnProfile, type ProfiledColumn, profileColumns } from "../profile/profile-columns.ts";
import { sampleRows, survey } from "../profile/survey.ts";
import type { Survey } from "../profile/survey-column.ts";
import { compareSurveys, type Drift, type DriftRule, frozenColumns, usualRule } from "./drift.ts";

/** Columns at a time: enough for one scan to be worth while, few enough that two scans can go on at once. */
const mostAtOnce = 32;

/**
 * Whether the columns of one table are distributed as those of another were; as `drift`, with the cells frozen from
 * the base here. While the current table is counted for some columns, the base is looked at for the next. Columns that
 * the base cannot give are left out; throws MusterError when a table cannot be read.
 */
export async function driftBetween(
  engine: Engine,
  [base, current]: readonly [base: string, current: string],
  columns: readonly ProfiledColumn[],
  { rule = usualRule, countAll = false }: { readonly rule?: DriftRule; readonly countAll?: boolean } = {},
  signal?: AbortSignal,
): Promise<Drift> {
  const [rows, rowsNow] = [engine.info(base).rows, engine.info(current).rows];
  // Every value of the base tells something only beside every value of the other table.
  const options = { countAll, onlyCells: !countAll && rowsNow > sampleRows };
  const profiles = new Map<string, ColumnProfile>();
  const found = new Map<string, Survey>();
  const size = Math.min(mostAtOnce, Math.max(1, Math.ceil(columns.length / 4)));
  let counting: Promise<void> = Promise.resolve();
  for (let from = 0; from < columns.length; from += size) {
    const part = await profileColumns(engine, base, columns.slice(from, from + size), options, signal);
    for (const [name, profile] of part) profiles.set(name, profile);
    await counting;
    counting = survey(engine, current, frozenColumns({ rows, columns: part }, { countAll }), signal).then(
      (counted) => {
        for (const [name, one] of counted) found.set(name, one);
      },
    );
    // Whether it fails is heard where it is awaited.
    counting.catch(() => undefined);
  }
  await counting;
  return compareSurveys({ rows, columns: profiles }, rowsNow, found, rule);
}
