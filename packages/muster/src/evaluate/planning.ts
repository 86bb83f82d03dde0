import type { Engine, TableInfo } from "../engine/engine.ts";
import type { Aggregate } from "../query/aggregate.ts";
import { type Cost, columnsToKnow, estimateCost, partsWithin } from "../query/estimate.ts";
import { identity } from "../query/identity.ts";
import { mergeAggregates } from "../query/merge.ts";
import type { MergedAggregate, MergePlan } from "../query/merge-plan.ts";
import type { ColumnStatistics, TableStatistics } from "../query/statistics.ts";

/** Cells that the answer to one statement may have: some 50 bytes each, and what an engine refuses above. */
export const mostCells = 5_000_000;

/** Whether the answer is one group. */
export const isTotal = ({ by }: Aggregate): boolean => by.length === 0;

export interface CostedPlan {
  readonly plan: MergePlan;
  /** One for each statement. */
  readonly costs: readonly Cost[];
}

/** A table that is not there yet, as a plan sees it. */
export interface PlannedTable {
  readonly name: string;
  readonly info: TableInfo;
  /** The table that lies behind it and can be counted now. */
  readonly base: string;
  /** Of columns that are not there yet. */
  readonly assumed: ReadonlyMap<string, ColumnStatistics>;
}

/** Says what aggregates will cost, on tables that are attached. Columns are counted only where that can matter. */
export class Planning {
  private readonly engine: Engine;
  private readonly signal: AbortSignal | undefined;
  private readonly planned = new Map<string, PlannedTable>();
  private readonly known = new Map<string, Promise<ReadonlyMap<string, ColumnStatistics>>>();

  constructor(engine: Engine, signal?: AbortSignal) {
    this.engine = engine;
    this.signal = signal;
  }

  /** From now on the table is taken to be this one. */
  assume(table: PlannedTable): void {
    this.planned.set(table.name, table);
  }

  /** What is known of the columns that the aggregates group by; those that cannot be counted are left out. */
  async statistics(table: string, aggregates: readonly Aggregate[]): Promise<TableStatistics> {
    const planned = this.planned.get(table);
    const base = planned?.base ?? table;
    const { rows, columns } = this.engine.info(base);
    const there = new Set(columns.map(({ name }) => name));
    const wanted = columnsToKnow(aggregates)
      .filter((name) => there.has(name))
      .sort();
    const key = identity([base, wanted]);
    const found =
      this.known.get(key) ??
      // A plan without numbers is a careful plan, so a failure here fails nothing.
      this.engine.statistics(base, wanted, this.signal).catch(() => new Map<string, ColumnStatistics>());
    this.known.set(key, found);
    return { rows, columns: new Map([...(planned?.assumed ?? []), ...(await found)]) };
  }

  /** The plan of the engine, with costs that are upper bounds where these are within `mostCells`, and else estimates. */
  async costs(aggregates: readonly Aggregate[]): Promise<CostedPlan> {
    const plan = mergeAggregates(aggregates);
    const costs: Cost[] = [];
    for (const [s, statement] of plan.statements.entries()) {
      const unknown = { rows: this.rowsOf(statement.table), columns: new Map() };
      const bound = estimateCost(statement, unknown);
      const own = aggregates.filter((_, i) => plan.projections[i]?.statement === s);
      costs.push(
        bound.cells <= mostCells
          ? bound
          : estimateCost(statement, await this.statistics(statement.table, own)),
      );
    }
    return { plan, costs };
  }

  /** Positions of the aggregates, in parts that each stay within `mostCells` a statement where parting them can do it. */
  async parts(aggregates: readonly Aggregate[]): Promise<readonly (readonly number[])[]> {
    // Without groups an answer is a row, and the engine plans as well as this would.
    if (aggregates.every(isTotal)) return [aggregates.map((_, i) => i)];
    const { plan, costs } = await this.costs(aggregates);
    if (costs.every(({ cells }) => cells <= mostCells)) return [aggregates.map((_, i) => i)];
    const known = new Map<string, TableStatistics>();
    for (const { table } of plan.statements) {
      const own = aggregates.filter((one) => one.table === table);
      if (!known.has(table)) known.set(table, await this.statistics(table, own));
    }
    const costOfSet = (statement: MergedAggregate, set: number): number => {
      const table = known.get(statement.table) ?? { rows: Number.POSITIVE_INFINITY, columns: new Map() };
      return estimateCost({ ...statement, sets: [statement.sets[set] ?? []] }, table).cells;
    };
    return partsWithin(plan, costs, costOfSet, mostCells);
  }

  private rowsOf(table: string): number {
    return (this.planned.get(table)?.info ?? this.engine.info(table)).rows;
  }
}
