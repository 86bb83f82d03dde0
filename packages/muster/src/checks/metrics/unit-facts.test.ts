import { describe, expect, test } from "vitest";
import { MemoryEngine } from "../../engine/memory/memory-engine.ts";
import type { Groups } from "../../query/aggregate.ts";
import { md5 } from "../../source/md5.ts";
import { uniforms } from "../../stats/uniforms.ts";
import { inputOf, named } from "./fixtures/measuring.ts";
import { rowsOf, type Table } from "./fixtures/table.ts";
import type { Facts, MetricColumns } from "./metric.ts";
import { bootstrapFacts } from "./resample.ts";
import { bucketOf, unitFacts, unitInput } from "./unit-facts.ts";
import { valueVariance } from "./value-variance.ts";

const columns: MetricColumns = { table: "t", label: "y", prediction: "p" };
const bucketOfUser = Array.from({ length: 2000 }, (_, user) => md5(`u${user}`).slice(0, 2));

/** Two about normal numbers from uniform ones. */
function normals(random: () => number): () => number {
  return () => {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    return radius * Math.cos(2 * Math.PI * random());
  };
}

/** Errors of `users` of whom each has ten rows, half of the variance being the user's own. */
function errors(users: number, random: () => number): Float64Array[] {
  const normal = normals(random);
  return Array.from({ length: users }, () => {
    const own = normal();
    return Float64Array.from({ length: 10 }, () => (own + normal()) * Math.SQRT1_2);
  });
}

const rmse = (of: readonly Float64Array[]): number => {
  let sum = 0;
  let rows = 0;
  for (const user of of)
    for (const error of user) {
      sum += error * error;
      rows += 1;
    }
  return Math.sqrt(sum / rows);
};

test("sees that ten rows of one user say less than ten rows: the error that repeating the survey shows", async () => {
  const random = uniforms(11);
  const users = 300;
  const estimates = Array.from({ length: 400 }, () => rmse(errors(users, random)));
  const mean = estimates.reduce((a, b) => a + b, 0) / estimates.length;
  const truth = Math.sqrt(estimates.reduce((a, b) => a + (b - mean) ** 2, 0) / (estimates.length - 1));

  const metric = named("root_mean_squared_error");
  const input = inputOf(metric, columns);
  const unit = { column: "user", repeats: true };
  const found = [];
  for (let i = 0; i < 5; i++) {
    const drawn = errors(users, random);
    const table: Table = new Map<string, (string | number)[]>([
      ["user", drawn.flatMap((user, u) => Array.from(user, () => `u${u}`))],
      ["y", drawn.flatMap((user) => Array.from(user, () => 0.5))],
      ["p", drawn.flatMap((user) => Array.from(user, (error) => 0.5 + error))],
    ]);
    const engine = MemoryEngine.of({ t: rowsOf(table) });
    const own = unitInput(metric, input, unit) ?? input;
    const [all, byUnit] = await engine.aggregate([
      metric.aggregate(input, []),
      metric.aggregate(own, [bucketOf(unit)]),
    ]);
    const result = metric.finish(input, all?.groups ?? { count: 0, keys: [], values: {} });
    const facts = unitFacts(metric, own, unit, byUnit?.groups ?? null);
    const independent = valueVariance(result.kind === "classes" ? {} : result.facts) ?? Number.NaN;
    found.push(Math.sqrt(independent * (facts.design_effect ?? 0)));
    expect(Math.sqrt(independent)).toBeLessThan(0.7 * truth);
  }
  const typical = found.sort((a, b) => a - b)[2] ?? 0;
  expect(typical / truth).toBeGreaterThan(0.85);
  expect(typical / truth).toBeLessThan(1.2);
});

/** Cells of right and wrong predictions by the bucket of their user. */
function cellsOf(users: readonly { readonly right: number; readonly wrong: number }[]): Groups {
  const byBucket = new Map<string, { right: number; wrong: number }>();
  users.forEach(({ right, wrong }, u) => {
    const bucket = bucketOfUser[u] ?? "00";
    const cell = byBucket.get(bucket) ?? { right: 0, wrong: 0 };
    byBucket.set(bucket, { right: cell.right + right, wrong: cell.wrong + wrong });
  });
  const cells = [...byBucket];
  const zeros = new Float64Array(cells.length);
  return {
    count: cells.length,
    keys: [cells.map(([bucket]) => bucket)],
    values: {
      rows: Float64Array.from(cells, ([, { right, wrong }]) => right + wrong),
      unanswered: zeros,
      tp: Float64Array.from(cells, ([, { right }]) => right),
      fn: Float64Array.from(cells, ([, { wrong }]) => wrong),
      fp: zeros,
      tn: zeros,
    },
  };
}

describe("bounds of clustered rows", () => {
  const accuracy = named("accuracy");
  const input = inputOf(accuracy, { table: "t", label: "y", positive: 1, score: "s", threshold: 0.5 });
  const unit = { column: "user", repeats: true };
  const boundOf = (users: readonly { right: number; wrong: number }[], more: (facts: Facts) => Facts) => {
    const cells = cellsOf(users);
    const sum = (name: string): Float64Array =>
      Float64Array.of((cells.values[name] ?? new Float64Array()).reduce((a, b) => a + b, 0));
    const whole: Groups = {
      count: 1,
      keys: [],
      values: Object.fromEntries(Object.keys(cells.values).map((name) => [name, sum(name)])),
    };
    const { facts } = accuracy.finish(input, whole) as { facts: Facts };
    const found = accuracy.bound(
      { ...facts, ...more(unitFacts(accuracy, input, unit, cells)) },
      0.95,
      "lower",
    );
    return found.kind === "value" ? found.value : Number.NaN;
  };

  test("pass a model exactly at the threshold as seldom as they say, where bounds of rows pass it far too often", () => {
    const random = uniforms(3);
    const runs = 400;
    let byUnit = 0;
    let byRow = 0;
    for (let run = 0; run < runs; run++) {
      // A user's own rate is uniform on [0.6, 1]: 0.8 on average.
      const users = Array.from({ length: 120 }, () => {
        const rate = random() < 0.5 ? 0.62 : 0.98;
        const right = Array.from({ length: 20 }).filter(() => random() < rate).length;
        return { right, wrong: 20 - right };
      });
      if (boundOf(users, (facts) => facts) >= 0.8) byUnit += 1;
      if (boundOf(users, () => ({})) >= 0.8) byRow += 1;
    }
    // Two standard errors of 400 runs are 0.022.
    expect(byUnit / runs).toBeLessThan(0.072);
    expect(byRow / runs).toBeGreaterThan(0.12);
  });

  test("are those of rows where rows of one unit do not go together", () => {
    const random = uniforms(5);
    const users = Array.from({ length: 400 }, () => {
      const right = Array.from({ length: 5 }).filter(() => random() < 0.8).length;
      return { right, wrong: 5 - right };
    });
    const plain = boundOf(users, () => ({}));
    expect(Math.abs(boundOf(users, (facts) => facts) - plain)).toBeLessThan(0.006);
  });

  test("are none with few units, few failures, or rows that are all alike", () => {
    const few = Array.from({ length: 20 }, () => ({ right: 30, wrong: 5 }));
    expect(unitFacts(accuracy, input, unit, cellsOf(few))).toHaveProperty("no_unit_bound");
    expect(boundOf(few, (facts) => facts)).toBeNaN();
    const flawless = Array.from({ length: 200 }, () => ({ right: 10, wrong: 0 }));
    expect(boundOf(flawless, (facts) => facts)).toBeNaN();
    const rare = Array.from({ length: 200 }, (_, u) => ({ right: 10, wrong: u < 9 ? 1 : 0 }));
    expect(boundOf(rare, (facts) => facts)).toBeNaN();
  });
});

describe("a bootstrap of units, where no formula has a bound", () => {
  const ratio = named("positive_likelihood_ratio");
  const input = inputOf(ratio, { table: "t", label: "y", positive: 1, score: "s", threshold: 0.5 });
  const unit = { column: "user", repeats: false };
  const draw = (random: () => number): Groups => {
    const users = Array.from({ length: 1500 }, () => ({ positive: random() < 0.3, called: random() }));
    const count = (of: (user: { positive: boolean; called: number }) => boolean) => {
      const out = new Map<string, number>();
      users.forEach((user, u) => {
        const bucket = bucketOfUser[u] ?? "00";
        out.set(bucket, (out.get(bucket) ?? 0) + (of(user) ? 1 : 0));
      });
      return out;
    };
    const yes = ({ positive, called }: { positive: boolean; called: number }) =>
      called < (positive ? 0.8 : 0.2);
    const rows = count(() => true);
    const buckets = [...rows.keys()];
    const column = (counts: ReadonlyMap<string, number>) =>
      Float64Array.from(buckets, (bucket) => counts.get(bucket) ?? 0);
    return {
      count: buckets.length,
      keys: [buckets],
      values: {
        rows: column(rows),
        unanswered: new Float64Array(buckets.length),
        tp: column(count((user) => user.positive && yes(user))),
        fn: column(count((user) => user.positive && !yes(user))),
        fp: column(count((user) => !user.positive && yes(user))),
        tn: column(count((user) => !user.positive && !yes(user))),
      },
    };
  };

  test("misses as seldom as it says, on both sides", () => {
    const random = uniforms(9);
    const runs = 400;
    const [tp, fn, fp, tn] = Array.from({ length: 4 }, () => new Float64Array(256));
    if (!(tp && fn && fp && tn)) throw new Error("no counts");
    // The counts of each bucket themselves, so that runs are many enough to tell 5 % from 8.
    const ratioOf = (weights: Float64Array): number => {
      let [a, b, c, d] = [0, 0, 0, 0];
      for (let k = 0; k < 256; k++) {
        const w = weights[k] as number;
        a += w * (tp[k] as number);
        b += w * (fn[k] as number);
        c += w * (fp[k] as number);
        d += w * (tn[k] as number);
      }
      return a / (a + b) / (c / (c + d));
    };
    let above = 0;
    let below = 0;
    for (let run = 0; run < runs; run++) {
      for (const counts of [tp, fn, fp, tn]) counts.fill(0);
      for (let user = 0; user < 1500; user++) {
        const positive = random() < 0.3;
        const called = random() < (positive ? 0.8 : 0.2);
        const counts = positive ? (called ? tp : fn) : called ? fp : tn;
        const bucket = Math.floor(256 * random());
        counts[bucket] = (counts[bucket] as number) + 1;
      }
      const facts = bootstrapFacts({ buckets: 256, entries: 1024 }, ratioOf);
      const low = ratio.bound(facts, 0.95, "lower");
      const high = ratio.bound(facts, 0.95, "upper");
      if (!(low.kind === "value" && low.value <= 4)) above += 1;
      if (!(high.kind === "value" && high.value >= 4)) below += 1;
    }
    // 0.05 and two standard errors of 400 runs, and not so wide that it says nothing.
    for (const misses of [above, below]) {
      expect(misses / runs).toBeLessThan(0.072);
      expect(misses / runs).toBeGreaterThan(0.028);
    }
  });

  test("is the same each time, and small enough to be kept as evidence", () => {
    const cells = draw(uniforms(2));
    const facts = unitFacts(ratio, input, unit, cells);
    expect(facts).toEqual(unitFacts(ratio, input, unit, cells));
    expect(Object.keys(facts).length).toBeLessThan(50);
    const bounds = [0.8, 0.9, 0.95, 0.99].map((confidence) => ratio.bound(facts, confidence, "lower"));
    const values = bounds.map((bound) => (bound.kind === "value" ? bound.value : Number.NaN));
    expect(values).toEqual([...values].sort((a, b) => b - a));
    expect(ratio.interval(facts, 0.95)?.[0]).toBeLessThan(values[2] ?? 0);
  });
});
