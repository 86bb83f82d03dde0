import { describe, expect, test } from "vitest";
import { MemoryEngine } from "../../engine/memory/memory-engine.ts";
import { uniforms } from "../../stats/uniforms.ts";
import type { Answer, Effort } from "../check.ts";
import { rowsOf, type Table } from "../metrics/fixtures/table.ts";
import { type BaselineSubject, beatsBaseline } from "./beats-baseline.ts";

async function judged(subject: BaselineSubject, table: Table, confidence = 0.95, effort: Effort = "exact") {
  const engine = MemoryEngine.of({ t: rowsOf(table) });
  const reads = beatsBaseline.reads(subject, effort);
  const aggregates = reads.flatMap((read) => (read.kind === "aggregate" ? [read.aggregate] : []));
  const found = await engine.aggregate(aggregates);
  const answers = found.map(({ groups }): Answer => ({ kind: "aggregate", groups }));
  const stored = JSON.parse(JSON.stringify(beatsBaseline.measure(subject, answers, effort)));
  const promise = { metric: subject.model.metric, confidence, decideBy: "lower_bound" } as const;
  return beatsBaseline.judge(promise, stored, { now: 0 });
}

/** A label, a baseline that knows a little of it, and a model that knows the same and a little more. */
function scored(rows: number, seed: number): Table {
  const random = uniforms(seed);
  const columns = { y: [] as number[], base: [] as number[], model: [] as number[], unit: [] as string[] };
  for (let i = 0; i < rows; i++) {
    const y = random() < 0.4 ? 1 : 0;
    const known = y * 0.5 + random();
    columns.y.push(y);
    columns.base.push(known);
    columns.model.push(known + y * 0.08);
    columns.unit.push(`u${i}`);
  }
  return new Map(Object.entries(columns));
}

describe("a gain on the same rows", () => {
  const model = { table: "t", label: "y", positive: 1, score: "model" };
  const auc: BaselineSubject = { model: { ...model, metric: "roc_auc" }, baselineColumn: "base" };

  test("of two areas is shown by pairing where two independent areas would not tell", async () => {
    const finding = await judged(auc, scored(400, 1));
    expect(finding.outcome.kind).toBe("kept");
    const [own, base, gain] = finding.observations;
    expect(gain?.label).toBe("gain");
    expect(gain?.value).toBeCloseTo((own?.value ?? 0) - (base?.value ?? 0), 12);
    expect(gain?.interval?.[0]).toBeGreaterThan(0);
    // The intervals of the two overlap widely.
    expect(base?.interval?.[1]).toBeGreaterThan(own?.interval?.[0] ?? 1);
  });

  test("of a model that is the baseline is broken, and of one that is hardly another is undecided", async () => {
    expect((await judged({ ...auc, baselineColumn: "model" }, scored(400, 1))).outcome.kind).toBe("broken");
    const random = uniforms(4);
    const table = new Map(scored(400, 2));
    const base = (table.get("base") ?? []).map((value) => Number(value) + (random() - 0.5) * 0.6);
    table.set(
      "model",
      base.map((value, i) => value + 0.07 * Number(table.get("y")?.[i] ?? 0)),
    );
    const { outcome } = await judged(auc, table);
    expect(outcome.kind).not.toBe("kept");
  });

  test("of two accuracies counts only the rows on which they differ, by McNemar's exact test", async () => {
    // 100 rows: both right on 80, only the model on 12, only the baseline on 3, neither on 5.
    const kinds = [
      ...Array(80).fill("both"),
      ...Array(12).fill("model"),
      ...Array(3).fill("base"),
      ...Array(5).fill("none"),
    ];
    const right = (who: string) => kinds.map((kind) => kind === "both" || kind === who);
    const y = kinds.map((_, i) => i % 2);
    const score = (who: string) => right(who).map((is, i) => (is === (y[i] === 1) ? 0.9 : 0.1));
    const table: Table = new Map<string, number[]>([
      ["y", y],
      ["model", score("model")],
      ["base", score("base")],
    ]);
    const subject: BaselineSubject = {
      model: { ...model, metric: "accuracy", threshold: 0.5 },
      baselineColumn: "base",
    };
    // scipy.stats.binomtest(12, 15, alternative="greater").pvalue = 0.017578125
    expect((await judged(subject, table, 0.95)).outcome.kind).toBe("kept");
    expect((await judged(subject, table, 0.983)).outcome.kind).toBe("undecided");
    const { observations } = await judged(subject, table, 0.982);
    expect(observations[2]).toMatchObject({ label: "gain", value: 0.09, rows: 100 });
  });

  test("of weighted areas is drawn from few cells first, which say how far they may be off", async () => {
    const table: Table = new Map([
      ...scored(400, 1),
      ["w", Array.from({ length: 400 }, (_, i) => 1 + (i % 3))],
    ]);
    const weighted = { ...auc.model, weight: "w", unit: { column: "unit", repeats: false } };
    const subject: BaselineSubject = { ...auc, model: weighted };
    const [quick, exact] = [
      await judged(subject, table, 0.95, "quick"),
      await judged(subject, table, 0.95, "exact"),
    ].map(({ observations }) => observations[2]);
    const width = (gain: typeof exact): number => (gain?.interval?.[1] ?? 0) - (gain?.interval?.[0] ?? 0);
    expect(exact?.interval?.[0]).toBeGreaterThan(0);
    expect(quick?.interval?.[0]).toBeGreaterThan(0);
    expect(quick?.interval?.[0]).toBeLessThan(exact?.interval?.[0] ?? 0);
    expect(quick?.interval?.[1]).toBeGreaterThan(exact?.interval?.[1] ?? 1);
    expect(width(quick) - width(exact)).toBeLessThan(0.01);
    // One cell for all scores of the model: nothing is known of it, and nothing is shown.
    const flat = new Map(table);
    for (const name of ["model", "base"])
      flat.set(
        name,
        (table.get(name) ?? []).map((value) => Number(value) / 10_000),
      );
    expect((await judged(subject, flat, 0.95, "quick")).outcome.kind).toBe("undecided");
    expect((await judged(subject, flat, 0.95, "exact")).outcome.kind).toBe("kept");
  });

  test("of errors is shown by drawing the same units for both", async () => {
    const random = uniforms(8);
    const rows = 900;
    const noise = Array.from({ length: rows }, () => random() * 10 - 5);
    const table: Table = new Map<string, (number | string)[]>([
      ["unit", noise.map((_, i) => `u${i}`)],
      ["y", noise.map(() => 50)],
      ["base", noise.map((error) => 50 + error)],
      ["model", noise.map((error) => 50 + 0.97 * error)],
    ]);
    const subject: BaselineSubject = {
      model: { table: "t", label: "y", prediction: "model", metric: "mean_absolute_error" },
      baselineColumn: "base",
    };
    expect((await judged(subject, table)).outcome.kind).toBe("undecided");
    const paired = { ...subject, model: { ...subject.model, unit: { column: "unit", repeats: false } } };
    const finding = await judged(paired, table);
    expect(finding.outcome.kind).toBe("kept");
    expect(finding.observations[2]?.value).toBeGreaterThan(0);
    expect(finding.observations[2]?.interval?.[0]).toBeGreaterThan(0);
  });
});

test("a paired bootstrap of a model that is no better passes as seldom as it says", async () => {
  const random = uniforms(21);
  let passed = 0;
  const runs = 60;
  for (let run = 0; run < runs; run++) {
    const rows = 300;
    const table: Table = new Map<string, (number | string)[]>([
      ["unit", Array.from({ length: rows }, (_, i) => `u${i}`)],
      ["y", Array.from({ length: rows }, () => 5)],
      ["base", Array.from({ length: rows }, () => 5 + random())],
      ["model", Array.from({ length: rows }, () => 5 + random())],
    ]);
    const subject: BaselineSubject = {
      model: {
        table: "t",
        label: "y",
        prediction: "model",
        metric: "mean_absolute_error",
        unit: { column: "unit", repeats: false },
      },
      baselineColumn: "base",
    };
    if ((await judged(subject, table)).outcome.kind === "kept") passed += 1;
  }
  // 5 % of 60, and two standard errors.
  expect(passed).toBeLessThanOrEqual(7);
});
