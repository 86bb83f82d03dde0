import type { Aggregate, Dimension } from "./aggregate.ts";
import { columnsOfDimension } from "./columns.ts";
import { identity } from "./identity.ts";
import type { MergedAggregate, MergePlan } from "./merge-plan.ts";
import type { ColumnStatistics, TableStatistics } from "./statistics.ts";

/** What a statement will take, before it runs. */
export interface Cost {
  readonly sets: number;
  /** Groups of all sets together, cells of numbers aside: those that the reads ask about. */
  readonly groups: number;
  /** Rows of the answer: the groups, each times the cells of numbers that stand in it. */
  readonly cells: number;
  /** Rows that are read. */
  readonly rows: number;
}

const partSizes = { hour: 24, weekday: 7, day: 31, month: 12, quarter: 4, year: Number.POSITIVE_INFINITY };

/**
 * The cost of a statement, from what is known of its table. Keys of several columns are taken as independent and
 * equally frequent, which gives the most groups that so many rows are expected to fall into; real data has fewer. Pure.
 */
export function estimateCost(statement: MergedAggregate, table: TableStatistics): Cost {
  const lists = statement.lists === undefined ? undefined : table.columns.get(statement.lists.key);
  // Rows without a key are a list each.
  const units = lists === undefined ? table.rows : Math.min(table.rows, lists.distinct + lists.missing);
  const of: TableStatistics = { ...table, rows: units };
  const keys = statement.dimensions.map((dimension) => {
    const among = statement.among.find((one) => identity(one.dimension) === identity(dimension));
    const most = keysOf(dimension, of);
    return among === undefined ? most : Math.min(most, among.keys.length);
  });
  const inSet = (set: readonly number[], counts: (d: Dimension) => boolean): number => {
    const own = set.flatMap((at) => {
      const dimension = statement.dimensions[at];
      return dimension !== undefined && counts(dimension) ? [keys[at] ?? 1] : [];
    });
    if (own.length === 0) return 1;
    // One column's keys are known; it is how often they meet those of others that is not.
    const together =
      own.length === 1
        ? 0
        : occupied(
            own.reduce((product, n) => product * n),
            units,
          );
    return Math.min(Math.max(units, 1), Math.max(...own, Math.ceil(together)));
  };
  const sum = (counts: (d: Dimension) => boolean): number =>
    statement.sets.reduce((total, set) => total + inSet(set, counts), 0);
  return {
    sets: statement.sets.length,
    groups: sum((dimension) => !holdsCells(dimension)),
    cells: sum(() => true),
    rows: table.rows,
  };
}

/** The columns of which `estimateCost` has to know: keys that are few by what is asked for are few whatever the data. */
export function columnsToKnow(aggregates: readonly Aggregate[]): readonly string[] {
  return [
    ...new Set(
      aggregates.flatMap(({ by, lists }) => [
        ...by.filter((dimension) => !isFewByForm(dimension)).flatMap(columnsOfDimension),
        ...(lists === undefined ? [] : [lists.key]),
      ]),
    ),
  ];
}

/**
 * The aggregates of a plan in parts none of whose statements has more cells than `most`, as far as parting them helps:
 * positions in the order of the aggregates. One part where the whole plan is within the bound.
 */
export function partsWithin(
  plan: MergePlan,
  costs: readonly Cost[],
  costOfSet: (statement: MergedAggregate, set: number) => number,
  most: number,
): readonly (readonly number[])[] {
  const light: number[] = [];
  const parts: number[][] = [];
  for (const [s, statement] of plan.statements.entries()) {
    const own = plan.projections.flatMap((projection, at) =>
      projection.statement === s ? [{ at, set: projection.set }] : [],
    );
    if ((costs[s]?.cells ?? 0) <= most) {
      light.push(...own.map(({ at }) => at));
      continue;
    }
    let part: number[] = [];
    let cells = 0;
    for (const set of statement.sets.keys()) {
      const of = own.filter((one) => one.set === set).map(({ at }) => at);
      if (of.length === 0) continue;
      const more = costOfSet(statement, set);
      if (part.length > 0 && cells + more > most) {
        parts.push(part);
        part = [];
        cells = 0;
      }
      part.push(...of);
      cells += more;
    }
    if (part.length > 0) parts.push(part);
  }
  return light.length === 0 ? parts : [light, ...parts];
}

/**
 * Places that are taken when `rows` fall into `places` by chance: p (1 - (1 - 1/p)^n) (A. F. Cardenas, Analysis and
 * performance of inverted data base structures, CACM 18(5), 1975, p. 253). Never above either.
 */
export function occupied(places: number, rows: number): number {
  if (rows <= 0) return 0;
  if (places <= 1) return 1;
  if (!Number.isFinite(places)) return rows;
  return Math.min(places, rows, -places * Math.expm1(rows * Math.log1p(-1 / places)));
}

const isFewByForm = (dimension: Dimension): boolean =>
  dimension.kind === "part"
    ? Number.isFinite(partSizes[dimension.part])
    : ["listed", "hours", "bins", "bucket", "half", "cuts"].includes(dimension.kind);

const holdsCells = ({ kind }: Dimension): boolean => kind === "number" || kind === "cell" || kind === "cuts";

/** The most keys that a dimension may have, that of missing values among them. */
function keysOf(dimension: Dimension, { rows, columns }: TableStatistics): number {
  const reads = [...new Set(columnsOfDimension(dimension))];
  const known = reads.map((name) => columns.get(name));
  const own: ColumnStatistics | undefined = known[0];
  const missing = known.some((column) => column === undefined || column.missing > 0) ? 1 : 0;
  // An expression of several columns has at most a value for each combination of theirs.
  const distinct = Math.min(
    rows,
    known.reduce((product, column) => product * (column?.distinct ?? rows), 1),
  );
  const within = (most: number): number => Math.min(distinct, most) + missing;
  switch (dimension.kind) {
    case "values":
    case "number":
      return within(Number.POSITIVE_INFINITY);
    case "listed":
      return within(dimension.values.length + 1);
    case "hours":
      return within(dimension.ranges.length + 1);
    case "bins":
      return within(dimension.edges.length);
    case "part":
      return within(partSizes[dimension.part]);
    case "bucket":
      return within(256);
    case "half":
      return within(2);
    case "cuts":
      return within(dimension.cuts.length + 4);
    case "cell": {
      if (reads.length !== 1 || own === undefined || own.least === null || own.greatest === null) {
        return within(Number.POSITIVE_INFINITY);
      }
      // A column alone keeps its range; what is computed from it may leave it.
      return dimension.of.kind === "column" || dimension.of.kind === "epoch_ms"
        ? within(Math.floor((own.greatest - own.least) * dimension.per) + 2)
        : within(Number.POSITIVE_INFINITY);
    }
    default:
      return dimension satisfies never;
  }
}
