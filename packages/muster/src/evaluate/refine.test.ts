import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { registry } from "../checks/registry.ts";
import { type MetricPromise, type MetricSubject, metricHolds } from "../checks/release/metric-holds.ts";
import type { Claim } from "../claims/claim.ts";
import type { Engine } from "../engine/engine.ts";
import { MemoryEngine } from "../engine/memory/memory-engine.ts";
import type { Aggregate } from "../query/aggregate.ts";
import { evaluate } from "./evaluate.ts";

/** Says of a small table that it is a large one, so that scores are rounded, and notes what was asked. */
function watched(engine: Engine, asked: Aggregate[]): Engine {
  return new Proxy(engine, {
    get(target, name) {
      if (name === "attach")
        return async (...args: Parameters<Engine["attach"]>) => ({
          ...(await target.attach(...args)),
          rows: 1_000_000,
        });
      if (name === "aggregate")
        return (...args: Parameters<Engine["aggregate"]>) => {
          asked.push(...args[0]);
          return target.aggregate(...args);
        };
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

const subject: MetricSubject = {
  metric: "roc_auc",
  table: "evaluation",
  label: "y",
  positive: 1,
  score: "s",
};
const claim = (id: string, of: MetricSubject, promise: MetricPromise): Claim => {
  const position = { line: 1, column: 1, offset: 0 };
  return {
    id,
    section: "evaluation",
    stage: "release",
    path: id,
    says: id,
    at: { file: "muster.yaml", start: position, end: position },
    check: metricHolds.id,
    subject: of,
    promise,
  };
};

interface Scored {
  readonly g: string | null;
  readonly s: number;
  readonly y: number;
}

async function outcomes(rows: readonly Scored[], promise: MetricPromise, large: boolean) {
  const memory = MemoryEngine.of({
    rows: {
      columns: [
        { name: "g", type: "string" },
        { name: "s", type: "float" },
        { name: "y", type: "integer" },
      ],
      rows: rows.map((row) => ({ ...row })),
    },
  });
  const asked: Aggregate[] = [];
  const engine = large ? watched(memory, asked) : memory;
  const group: MetricSubject = {
    ...subject,
    group: [{ by: "g", dimension: { kind: "values", column: "g" }, keys: { except: [] } }],
  };
  const claims = [claim("all", subject, promise), claim("g", group, promise)];
  const bench = {
    engine,
    addresses: new Map([["evaluation", "rows"]]),
    model: null,
    contract: undefined,
    now: () => 0,
  };
  const { verdicts } = await evaluate(claims, registry, bench, { evidence: [], waivers: [], measure: "all" });
  const found = new Map<string, { readonly outcome: string; readonly width: number }>();
  for (const { observations, evidence } of verdicts)
    for (const [i, { label, outcome }] of observations.entries())
      found.set(label, { outcome, width: evidence?.measurements[i]?.facts.half_width ?? 0 });
  return { found, asked };
}

const crowd = (g: string, auc: "good" | "near"): readonly Scored[] =>
  Array.from({ length: 400 }, (_, i) => {
    const y = i % 2;
    // A good group keeps its classes far apart; in a near one they share a cell, and are told apart only within it.
    return { g, y, s: auc === "good" ? y * 0.5 + i / 1e4 : 0.5 + (i + y) / 1e7 };
  });

describe("what rounding leaves open", () => {
  const point: MetricPromise = {
    metric: "roc_auc",
    sense: "at_least",
    limit: 0.504,
    decideBy: "point",
    confidence: 0.95,
  };

  test("is read exactly, and of a dimension only the groups that need it", async () => {
    const rows = [...crowd("far", "good"), ...crowd("near", "near")];
    const { found, asked } = await outcomes(rows, point, true);
    expect(found.get("g=near")).toMatchObject({ width: 0 });
    const narrow = asked.filter(({ among }) => among !== undefined);
    expect(narrow.map(({ among }) => among?.map(({ keys }) => keys))).toEqual([[["near"]]]);
    expect(found.get("g=far")?.outcome).toBe("kept");
  });

  test("is read exactly also where another group has broken the claim", async () => {
    const bad = crowd("bad", "good").map((row) => ({ ...row, y: 1 - row.y }));
    const { found } = await outcomes([...bad, ...crowd("near", "near")], point, true);
    expect(found.get("g=bad")?.outcome).toBe("broken");
    expect(found.get("g=near")).toMatchObject({ width: 0 });
  });

  test("finds a value that is just the limit, though sums of doubles end a hair beside it", async () => {
    // Of 4 * 5 pairs six are in order: 6/20 is at most 0.3, and the middle of its cells less what they leave open is not.
    const good = [0, 0, 40, 235].map((s) => ({ g: "a", s: 0.4 + s / 1e5, y: 1 }));
    const bad = [1, 41, 41, 137, 137].map((s) => ({ g: "a", s: 0.4 + s / 1e5, y: 0 }));
    const most = { ...point, sense: "at_most", limit: 0.3 } as const;
    const { found } = await outcomes([...good, ...bad], most, true);
    expect(found.get("g=a")).toMatchObject({ outcome: "kept" });
  });

  test("makes every verdict that of the exact scores", async () => {
    const row = fc.record({
      g: fc.constantFrom("a", "b", "(missing)", null),
      s: fc.integer({ min: 0, max: 300 }).map((s) => 0.4 + s / 1e5),
      y: fc.integer({ min: 0, max: 1 }),
    });
    const promise = fc.record({
      metric: fc.constantFrom("roc_auc", "average_precision"),
      sense: fc.constantFrom("at_least" as const, "at_most" as const),
      limit: fc.constantFrom(0.3, 0.45, 0.5, 0.52, 0.6),
      decideBy: fc.constantFrom("point" as const, "lower_bound" as const),
      confidence: fc.constantFrom(0.6, 0.95),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 20, maxLength: 200 }), promise, async (rows, promised) => {
        // Two groups of one label cannot be told apart in the answer.
        const own = rows.filter(({ g }) => g !== "(missing)");
        const [quick, exact] = [await outcomes(own, promised, true), await outcomes(own, promised, false)];
        const text = (found: typeof quick.found) =>
          [...found].map(([label, { outcome }]) => [label, outcome]);
        expect(text(quick.found)).toEqual(text(exact.found));
      }),
      { numRuns: 60 },
    );
  });
});
