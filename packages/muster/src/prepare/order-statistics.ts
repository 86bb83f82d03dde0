import type { Engine } from "../engine/engine.ts";
import type { Aggregate } from "../query/aggregate.ts";
import { column, type Expression } from "../query/expression.ts";
import type { Predicate } from "../query/predicate.ts";
import { MusterError } from "../source/muster-error.ts";

/** Cells of one pass; a pass narrows every interval so many times where values lie evenly. */
const cells = 4096;
/** Rows whose values are fetched as they are, instead of being narrowed further. */
const mostFetched = 50_000;

interface Interval {
  readonly low: number;
  readonly high: number;
  /** Rows below it, and in it. */
  readonly below: number;
  readonly rows: number;
  readonly ranks: readonly number[];
}

/**
 * The exact values at the given ranks (the lowest is 0) of a number column, in bounded memory: cells of equal width are
 * counted, those that hold a rank are looked at again, until few enough rows are left to be counted one by one. `ends`
 * are the column's lowest and highest value.
 */
export async function orderStatistics(
  engine: Engine,
  table: string,
  name: string,
  ranks: readonly number[],
  ends: readonly [low: number, high: number],
  signal?: AbortSignal,
): Promise<readonly number[]> {
  const found = new Map<number, number>();
  const wanted = [...new Set(ranks)].sort((a, b) => a - b);
  let open: Interval[] = [
    { low: ends[0], high: ends[1], below: 0, rows: Number.POSITIVE_INFINITY, ranks: wanted },
  ];
  // Every pass at least halves each interval, and a double has been halved to nothing after 2,100 of them.
  for (let pass = 0; open.length > 0 && pass < 2_200; pass += 1) {
    const asked = open;
    const answers = await engine.aggregate(
      asked.map((interval) =>
        interval.rows <= mostFetched ? valuesIn(table, name, interval) : cellsIn(table, name, interval),
      ),
      signal,
    );
    open = asked.flatMap((interval, i) => {
      const groups = answers[i]?.groups;
      if (groups === undefined) throw new MusterError("engine/failed", "The data engine gave no answer.");
      const at = (measure: string, g: number): number => groups.values[measure]?.[g] ?? Number.NaN;
      const order = Array.from({ length: groups.count }, (_, g) => g).sort(
        (a, b) => at("min", a) - at("min", b),
      );
      const next: Interval[] = [];
      let below = interval.below;
      for (const g of order) {
        const rows = at("rows", g);
        const here = interval.ranks.filter((rank) => rank >= below && rank < below + rows);
        const [low, high] = [at("min", g), at("max", g)];
        if (low === high) for (const rank of here) found.set(rank, low);
        else if (here.length > 0) next.push({ low, high, below, rows, ranks: here });
        below += rows;
      }
      return next;
    });
  }
  return ranks.map((rank) => found.get(rank) ?? Number.NaN);
}

const within = (name: string, { low, high }: Interval): Predicate => ({
  kind: "all",
  of: [
    { kind: "compare", column: name, operator: ">=", value: low },
    { kind: "compare", column: name, operator: "<=", value: high },
  ],
});

const measures = (name: string): Aggregate["values"] => ({
  rows: { fn: "count" },
  min: { fn: "min", of: column(name) },
  max: { fn: "max", of: column(name) },
});

function cellsIn(table: string, name: string, interval: Interval): Aggregate {
  const width = interval.high - interval.low;
  const per = cells / width;
  // Of neighbouring doubles the width has no room for so many cells: two halves are enough then.
  const of: Expression = {
    kind: "difference_of",
    left: column(name),
    right: { kind: "constant", value: interval.low },
  };
  if (!Number.isFinite(width) || !Number.isFinite(per) || per <= 0) {
    throw new MusterError(
      "engine/failed",
      `The values of ${name} lie too far apart, or too close, to be ordered.`,
    );
  }
  return { table, by: [{ kind: "cell", of, per }], values: measures(name), where: within(name, interval) };
}

function valuesIn(table: string, name: string, interval: Interval): Aggregate {
  return {
    table,
    by: [{ kind: "number", of: column(name) }],
    values: measures(name),
    where: within(name, interval),
  };
}
