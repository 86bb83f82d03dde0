import { expect, test } from "vitest";
import { registry } from "../checks/registry.ts";
import { MemoryEngine } from "../engine/memory/memory-engine.ts";
import type { MemoryRow } from "../engine/memory/memory-table.ts";
import { evaluate } from "./evaluate.ts";
import { bench, rows, toy, toySpec } from "./fixtures/toy.ts";

const requirements = `examples: {total: 4}
    dates: {from: 2025-01-01, to: 2025-01-10, max_gap: 1d}
    class_balance: {min_share: 20%, max_ratio: 4, shares: {"0": 75%, "1": 25%}, max_deviation: 1%}
    schema: {columns: {id: string, weight: float, at: datetime}, others: refused}
    max_missing: {weight: 1%}
    duplicates: {max: 0%}
    label_conflicts: {max: 1%}
    no_leakage:
      keys: [id]
      entities: [customer]
      time: {max_overlap: 0%}
      features: {max_roc_auc: 0.99}`;

const text = toySpec
  .replace(
    "verified_by: verified}",
    "verified_by: verified, classes: [0, 1]}\n  time: {column: at}\n  split: {method: by_time, at: 2025-01-11}\n  sources: [{name: parcels, access: parcels.csv, usable: 10%, updates: daily, time: at, access_until: 2030-01-01}]",
  )
  .replace(/examples: \{total: 4\}\n {4}no_leakage: \{keys: \[id\]\}/, requirements);

const day = (from: string, i: number, of: number): Date => new Date(Date.parse(from) + (i % of) * 86_400_000);
const sound = {
  training: rows(400, 0).map(
    (row, i): MemoryRow => ({ ...row, at: day("2025-01-01", i, 10), customer: `c${i}` }),
  ),
  evaluation: rows(100, 1000).map(
    (row, i): MemoryRow => ({ ...row, at: day("2025-01-11", i, 5), customer: `d${i}` }),
  ),
};

async function judged(tables: { training: readonly MemoryRow[]; evaluation: readonly MemoryRow[] }) {
  const t = toy(text);
  const b = bench(t);
  const engine = MemoryEngine.of({
    train: tables.training,
    eval: tables.evaluation,
    raw: [...tables.training, ...tables.training],
  });
  const addresses = new Map([...b.addresses, ["source parcels", "raw"]]);
  const { verdicts } = await evaluate(
    t.claims.filter((c) => c.section === "data"),
    registry,
    { ...b, engine, addresses },
    { evidence: [], waivers: [], measure: "all" },
  );
  return new Map(verdicts.map((v) => [v.claim.path.replace("data.requirements.", ""), v.outcome] as const));
}

test("every line of the requirements is decided, and kept by data that is as it should be", async () => {
  const outcomes = await judged(sound);
  const open = [...outcomes].filter(([, outcome]) => outcome.kind !== "kept");
  expect(open).toEqual([
    ["schema", { kind: "broken", because: "depot, was_late, verified, coin, customer are not declared" }],
  ]);
  expect([...outcomes.keys()]).toEqual(
    expect.arrayContaining([
      "dates.max_gap",
      "class_balance.min_share",
      "class_balance.max_ratio",
      "class_balance.shares",
      "max_missing.weight",
      "duplicates",
      "label_conflicts",
      "no_leakage.entities.customer",
      "no_leakage.time",
      "no_leakage.features",
      "data.split",
      "data.label.classes",
      "data.sources.parcels.updates",
      "data.sources.parcels.usable",
      "data.sources.parcels.access_until",
    ]),
  );
});

test("each fault that is put into the data breaks its own line", async () => {
  const [first, ...rest] = sound.training;
  if (first === undefined) throw new Error("no rows");
  const broken = async (training: readonly MemoryRow[], evaluation = sound.evaluation) => {
    const outcomes = await judged({ training, evaluation });
    return [...outcomes]
      .filter(([path, o]) => o.kind === "broken" && path !== "schema")
      .map(([path]) => path);
  };
  expect(await broken([...sound.training, first])).toEqual(["duplicates"]);
  expect(
    await broken([
      ...sound.training,
      ...Array.from({ length: 5 }, (_, i) => ({ ...first, id: `x${i}`, was_late: 0 })),
    ]),
  ).toEqual(["label_conflicts"]);
  expect(
    await broken(
      sound.training.map((row, i) => (i < 12 && row.was_late === 0 ? { ...row, weight: null } : row)),
    ),
  ).toEqual(["max_missing.weight"]);
  expect(
    await broken(
      sound.training.map((row, i) => (i % 10 === 4 ? { ...row, at: day("2025-01-01", 3, 10) } : row)),
    ),
  ).toEqual(["dates.max_gap", "data.sources.parcels.updates"]);
  expect(
    await broken(sound.training.map((row) => ({ ...row, weight: Number(row.was_late) + 0.01 }))),
  ).toContain("no_leakage.features");
  expect(await broken([{ ...first, was_late: 2 }, ...rest])).toEqual(
    ["class_balance.min_share", "class_balance.max_ratio", "data.label.classes"].sort((a, b) =>
      a === "data.label.classes" ? -1 : b === "data.label.classes" ? 1 : 0,
    ),
  );
  const [e, ...others] = sound.evaluation;
  expect(await broken(sound.training, [{ ...e, customer: "c0" }, ...others])).toEqual([
    "no_leakage.entities.customer",
  ]);
  expect(await broken(sound.training, [{ ...e, at: new Date("2025-01-10") }, ...others])).toEqual([
    "no_leakage.time",
    "data.split",
  ]);
});
