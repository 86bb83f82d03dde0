import type { Aggregate, Among, Dimension, Lists, Measure } from "./aggregate.ts";
import { identity } from "./identity.ts";
import type { MergedAggregate, Projection } from "./merge-plan.ts";
import type { Predicate } from "./predicate.ts";

/**
 * Costs in updates of one measure for one group a row, measured on 3,000,000 rows of Parquet. Every measure of a
 * statement is computed for every set of it, so sharing a scan is worth it only while that costs less than another
 * scan would.
 */
export interface MergeCosts {
  /** One more scan: finding, reading and decoding a few columns. Far more where data comes over a network. */
  readonly scan: number;
}

export const localCosts: MergeCosts = { scan: 3 };

const measureCost: Readonly<Record<Measure["fn"], number>> = {
  count: 1,
  sum: 1,
  min: 1,
  max: 1,
  count_distinct: 20,
};
/** A set of many groups keeps every measure's state once per group, so a needless measure costs it more. */
const manyGroups = 3;
/** Totals alone need no look-up of a group. */
const totalsAlone = 0.2;

/** Spark's GROUPING SETS and the set number in one exact integer both end well above these. */
const maxDimensions = 30;
const maxSets = 32;
const maxMeasures = 400;

/** An aggregate whose parts have their identities beside them, each written once however many drafts look at it. */
export interface Named {
  readonly aggregate: Aggregate;
  readonly rows: string;
  readonly by: readonly string[];
  readonly values: readonly {
    readonly name: string;
    readonly id: string;
    readonly measure: Measure;
  }[];
}

export function named(aggregate: Aggregate): Named {
  return {
    aggregate,
    rows: rowsKey(aggregate),
    by: aggregate.by.map(identity),
    values: Object.entries(aggregate.values).map(([name, measure]) => {
      return { name, id: identity(measure), measure };
    }),
  };
}

/** What a statement costs by the weight of its sets and the sum of its measures. */
export function costOf(load: Load, costs: MergeCosts): number {
  return costs.scan + (load.hasKeys ? load.weight : totalsAlone) * load.measures;
}

export interface Load {
  /** Whether any set has keys. */
  readonly hasKeys: boolean;
  readonly weight: number;
  readonly measures: number;
}

export const weightOf = (by: readonly Dimension[]): number => (by.some(hasCells) ? manyGroups : 1);
export const costOfMeasures = (measures: Iterable<Measure>): number =>
  [...measures].reduce((sum, { fn }) => sum + measureCost[fn], 0);

/** Sums, counts and extremes of groups follow from those of finer ones, as long as there are few of these. */
function canBeRolledUp(values: Aggregate["values"]): boolean {
  return Object.values(values).every(({ fn }) => fn !== "count_distinct");
}

/** Distinct numbers and cells of them are many; a column's own values are as many as a person can look at, mostly. */
const hasCells = ({ kind }: Dimension): boolean => kind === "number" || kind === "cell";

/** A statement that still grows. */
export class Draft {
  private readonly table: string;
  private readonly lists: Lists | undefined;
  private readonly where: Predicate | undefined;
  private readonly among: readonly Among[];
  private readonly rowsKey: string;
  private readonly dimensions = new Map<string, { readonly at: number; readonly dimension: Dimension }>();
  private readonly sets = new Map<string, { readonly at: number; readonly of: readonly number[] }>();
  private readonly measures = new Map<string, { readonly at: number; readonly measure: Measure }>();

  private load: Load = { hasKeys: false, weight: 0, measures: 0 };

  constructor({ aggregate: first, rows }: Named) {
    this.table = first.table;
    this.lists = first.lists;
    this.where = first.where;
    this.among = first.among ?? [];
    this.rowsKey = rows;
  }

  /** What the aggregate would add to the cost of this statement; undefined when it cannot stand here. */
  costOfAdding({ aggregate, rows, by, values }: Named, costs: MergeCosts): number | undefined {
    if (rows !== this.rowsKey) return undefined;
    const added = new Map(
      values.flatMap(({ id, measure }) => (this.measures.has(id) ? [] : [[id, measure] as const])),
    );
    const newDimensions = new Set(by.filter((key) => !this.dimensions.has(key)));
    const positions = newDimensions.size > 0 ? undefined : this.positionsOf(by);
    const isNewSet = positions === undefined || this.setFor(aggregate, positions) === undefined;
    if (this.dimensions.size + newDimensions.size > maxDimensions) return undefined;
    if (this.sets.size + (isNewSet ? 1 : 0) > maxSets) return undefined;
    if (this.measures.size > 0 && this.measures.size + added.size > maxMeasures) return undefined;

    const after: Load = {
      hasKeys: this.load.hasKeys || aggregate.by.length > 0,
      weight: this.load.weight + (isNewSet ? weightOf(aggregate.by) : 0),
      measures: this.load.measures + costOfMeasures(added.values()),
    };
    return costOf(after, costs) - costOf(this.load, costs);
  }

  add({ aggregate, by, values: measured }: Named): Omit<Projection, "statement"> {
    for (const [i, dimension] of aggregate.by.entries()) {
      const key = by[i] ?? "";
      if (!this.dimensions.has(key)) this.dimensions.set(key, { at: this.dimensions.size, dimension });
    }
    const keys = by.map((key) => this.dimensions.get(key)?.at ?? -1);
    const positions = this.positionsOf(by);
    const known = this.setFor(aggregate, positions);
    const set = known ?? { at: this.sets.size, of: positions };
    if (known === undefined) this.sets.set(setKey(positions), set);
    let { hasKeys, weight, measures } = this.load;
    if (known === undefined) {
      hasKeys ||= aggregate.by.length > 0;
      weight += weightOf(aggregate.by);
    }
    const values = measured.map(({ name, id, measure }) => {
      const found = this.measures.get(id);
      if (found !== undefined) return [name, found.at] as const;
      const at = this.measures.size;
      this.measures.set(id, { at, measure });
      measures += measureCost[measure.fn];
      return [name, at] as const;
    });
    this.load = { hasKeys, weight, measures };
    return { set: set.at, keys, values };
  }

  finish(): MergedAggregate {
    return {
      table: this.table,
      lists: this.lists,
      where: this.where,
      among: this.among,
      dimensions: [...this.dimensions.values()].map(({ dimension }) => dimension),
      sets: [...this.sets.values()].map(({ of }) => of),
      measures: [...this.measures.values()].map(({ measure }) => measure),
    };
  }

  /** The set of these dimensions, or else a finer one without cells that can be added up to it. */
  private setFor(
    { values }: Aggregate,
    positions: readonly number[],
  ): { readonly at: number; readonly of: readonly number[] } | undefined {
    const own = this.sets.get(setKey(positions));
    if (own !== undefined || !canBeRolledUp(values)) return own;
    const dimensions = [...this.dimensions.values()].map(({ dimension }) => dimension);
    return [...this.sets.values()].find(
      ({ of }) =>
        positions.every((d) => of.includes(d)) &&
        !of.some((d) => hasCells(dimensions[d] ?? { kind: "number", of: { kind: "constant", value: 0 } })),
    );
  }

  /** By the identities of dimensions. */
  private positionsOf(by: readonly string[]): readonly number[] {
    const positions = by.map((key) => this.dimensions.get(key)?.at ?? -1);
    return [...new Set(positions)].sort((a, b) => a - b);
  }
}

/** Which rows of which table are read. */
const rowsKey = ({ table, lists, where, among = [] }: Aggregate): string =>
  identity([table, lists ?? null, where ?? null, among]);

const setKey = (positions: readonly number[]): string => positions.join(",");
