import { describe, expect, test } from "vitest";
import { registry } from "../checks/registry.ts";
import { type MetricPromise, metricHolds } from "../checks/release/metric-holds.ts";
import type { Claim } from "../claims/claim.ts";
import type { Engine } from "../engine/engine.ts";
import { MemoryEngine } from "../engine/memory/memory-engine.ts";
import type { Aggregate } from "../query/aggregate.ts";
import { MusterError } from "../source/muster-error.ts";
import { evaluate } from "./evaluate.ts";

/** A table that is said to have `rows` rows and `keys` groups, on an engine that refuses cells finer than `finest`. */
function pretending(engine: Engine, rows: number, keys: number, finest: number, asked: Aggregate[]): Engine {
  const large = <T extends object>(info: T): T => ({ ...info, rows });
  return new Proxy(engine, {
    get(target, name) {
      if (name === "attach")
        return async (...args: Parameters<Engine["attach"]>) => large(await target.attach(...args));
      if (name === "info") return (table: string) => large(target.info(table));
      if (name === "statistics")
        return async (...args: Parameters<Engine["statistics"]>) => {
          const found = await target.statistics(...args);
          return new Map(
            [...found].map(([column, own]) => [column, column === "g" ? { ...own, distinct: keys } : own]),
          );
        };
      if (name === "aggregate")
        return async (...args: Parameters<Engine["aggregate"]>) => {
          asked.push(...args[0]);
          if (finestOf(args[0]) > finest)
            throw new MusterError("engine/too-large", "The answer has too many groups.");
          return target.aggregate(...args);
        };
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

/** The narrowest cells of groups that are not narrowed to a few. */
const finestOf = (aggregates: readonly Aggregate[]): number =>
  Math.max(0, ...aggregates.filter(({ by, among }) => by.length > 1 && among === undefined).flatMap(perOf));
const perOf = ({ by }: Aggregate): readonly number[] => by.flatMap((d) => (d.kind === "cell" ? [d.per] : []));

const rows = Array.from({ length: 600 }, (_, i) => {
  const y = i % 2;
  const g = ["good", "near", "bad"][i % 3] ?? "";
  const s = g === "good" ? 0.2 + y * 0.5 + i / 1e4 : g === "near" ? 0.5 + (i + y * 4) / 1e6 : 0.7 - y * 0.5;
  return { g, y, s };
});

async function outcomes(engine: (memory: Engine) => Engine): Promise<readonly (readonly [string, string])[]> {
  const promise: MetricPromise = {
    metric: "roc_auc",
    sense: "at_least",
    limit: 0.504,
    decideBy: "point",
    confidence: 0.95,
  };
  const position = { line: 1, column: 1, offset: 0 };
  const claim: Claim = {
    id: "g",
    section: "evaluation",
    stage: "release",
    path: "g",
    says: "g",
    at: { file: "muster.yaml", start: position, end: position },
    check: metricHolds.id,
    subject: {
      metric: "roc_auc",
      table: "evaluation",
      label: "y",
      positive: 1,
      score: "s",
      group: [{ by: "g", dimension: { kind: "values", column: "g" }, keys: { except: [] } }],
    },
    promise,
  };
  const bench = {
    engine: engine(MemoryEngine.of({ rows })),
    addresses: new Map([["evaluation", "rows"]]),
    model: null,
    contract: undefined,
    now: () => 0,
  };
  const { verdicts } = await evaluate([claim], registry, bench, {
    evidence: [],
    waivers: [],
    measure: "all",
  });
  return verdicts.flatMap(({ observations }) =>
    observations.map(({ label, outcome }) => [label, outcome] as const),
  );
}

describe("reads that would have too many cells", () => {
  test("have wider ones from the beginning, and the same verdicts", async () => {
    const exact = await outcomes((memory) => memory);
    expect(exact).toHaveLength(3);
    const asked: Aggregate[] = [];
    const found = await outcomes((memory) => pretending(memory, 50_000_000, 20_000, 128, asked));
    expect(asked.flatMap(perOf)).toContain(128);
    expect(finestOf(asked)).toBe(128);
    expect(found).toEqual(exact);
  });

  test("are as fine as ever where there are few", async () => {
    const asked: Aggregate[] = [];
    await outcomes((memory) => pretending(memory, 50_000_000, 200, 1024, asked));
    expect(finestOf(asked)).toBe(1024);
  });

  test("are asked for again with wider ones where the estimate was too low", async () => {
    const asked: Aggregate[] = [];
    const found = await outcomes((memory) => pretending(memory, 50_000_000, 200, 128, asked));
    expect(finestOf(asked)).toBe(1024);
    expect(asked.flatMap(perOf)).toContain(128);
    expect(found).toEqual(await outcomes((memory) => memory));
  });
});
