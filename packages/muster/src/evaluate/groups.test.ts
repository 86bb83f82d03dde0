import { expect, test } from "vitest";
import { registry } from "../checks/registry.ts";
import type { MemoryRow } from "../engine/memory/memory-table.ts";
import { gate } from "../gate/gate.ts";
import { evaluate } from "./evaluate.ts";
import { bench, rows, toy, toySpec, weightModel } from "./fixtures/toy.ts";

const groups = (written: string, rest = "") =>
  toySpec
    .replace("    - {by: depot, values: [north, south]}\n", `${written}${rest}`)
    .replace("values: [north, south]}\n  outputs", "}\n  outputs")
    .replace(
      "{name: depot, type: string, required: true, }",
      "{name: depot, type: string, required: false, missing: {default: north}}",
    );

async function judged(spec: string, evaluation = rows(4000, 1000), model = weightModel((w) => w)) {
  const t = toy(spec);
  const { verdicts } = await evaluate(t.claims, registry, bench(t, { evaluation }, model), {
    evidence: [],
    waivers: [],
    measure: "missing",
  });
  const by = new Map(verdicts.map((v) => [v.claim.path, v]));
  return { verdicts, claims: t.claims, of: (path: string) => by.get(path) };
}

const started = Date.parse("2001-01-01T00:00:00Z");
const dated = (count: number) =>
  rows(count, 1000).map(
    (row, i): MemoryRow => ({
      ...row,
      at: new Date(started + (i % 1000) * 3_600_000),
      depot: i % 10 === 0 ? null : i % 7 === 1 ? "west" : (row.depot ?? null),
    }),
  );

test("every combination of crossed subgroups is a claim, and one that does not occur is broken", async () => {
  const spec = groups(
    "    - {by: depot, values: [north, south]}\n    - {by: heavy, from: weight, bins: [0, 0.4, 1]}\n",
    "  intersections: [[depot, heavy]]\n",
  );
  const { of, claims } = await judged(spec, rows(4000, 1000, ["north"]));
  const crossed = claims.filter((c) => /=.+=/.test(c.path));
  expect(crossed.map((c) => c.says)).toEqual([
    "roc_auc is at least 0.8 where depot is north and heavy is in [0, 0.4)",
    "roc_auc is at least 0.8 where depot is north and heavy is in [0.4, 1]",
    "roc_auc is at least 0.8 where depot is south and heavy is in [0, 0.4)",
    "roc_auc is at least 0.8 where depot is south and heavy is in [0.4, 1]",
  ]);
  expect(crossed.every((c) => c.stage === "release")).toBe(true);
  const north = of("evaluation.primary[depot=north,heavy=[0.4, 1]]");
  const all = rows(4000, 1000, ["north"]).filter((row) => Number(row.weight) >= 0.4).length;
  expect(north?.observations).toMatchObject([{ label: "depot=north & heavy=[0.4, 1]", rows: all }]);
  expect(of("evaluation.primary[depot=south,heavy=[0, 0.4)]")?.outcome).toEqual({
    kind: "broken",
    because: "no row of the data falls into it",
  });
});

const west = dated(4000).filter((row) => row.depot === "west").length;

test("rows without a value are a group where they are listed, and undeclared values are reported in any case", async () => {
  const listed = await judged(groups("    - {by: depot, values: [north, south, null]}\n"), dated(4000));
  expect(listed.of("evaluation.primary[depot=(missing)]")).toMatchObject({
    claim: { says: "roc_auc is at least 0.8 where depot is missing", stage: "release" },
    observations: [{ label: "depot=(missing)", rows: 400 }],
  });
  expect(listed.of("evaluation.subgroups.depot")).toMatchObject({
    claim: { stage: "live" },
    observations: [{ label: "depot=(other)", rows: west }],
  });
  const unlisted = await judged(groups("    - {by: depot, values: [north, south]}\n"), dated(4000));
  expect(unlisted.of("evaluation.subgroups.depot")?.observations.map((o) => [o.label, o.rows])).toEqual([
    ["depot=(other)", west],
    ["depot=(missing)", 400],
  ]);
  const none = await judged(groups("    - {by: depot, values: [north, south]}\n"), rows(4000, 1000));
  expect(none.of("evaluation.subgroups.depot")).toMatchObject({
    outcome: { kind: "kept" },
    observations: [],
  });
});

test("a model that fails for undeclared values is reported and may ship, as nobody promised them", async () => {
  const evaluation = dated(8000).map((row) =>
    row.depot === "west" ? { ...row, was_late: 1 - Number(row.was_late) } : row,
  );
  const spec = groups("    - {by: depot, values: [north, south]}\n").replace(
    "at_least: 0.8",
    "at_least: 0.6",
  );
  const { of, verdicts, claims } = await judged(spec, evaluation);
  expect(of("evaluation.subgroups.depot")?.outcome.kind).toBe("broken");
  expect(gate(claims, verdicts).blocking.map((v) => v.claim.path)).not.toContain(
    "evaluation.subgroups.depot",
  );
});

test("groups by weekday are those of the calendar", async () => {
  const spec = groups(
    "    - {by: weekday, from: at, part: weekday, values: [monday, sunday]}\n    - {by: month, from: at, part: month}\n",
  );
  const { of } = await judged(spec, dated(4000));
  // 2001-01-01 was a Monday, and the thousand hours from there are five whole weeks, six days and 16 hours.
  const monday = Array.from({ length: 1000 }, (_, i) => i).filter((i) => Math.floor(i / 24) % 7 === 0).length;
  expect(of("evaluation.primary[weekday=monday]")?.observations).toMatchObject([{ rows: 4 * monday }]);
  expect(of("evaluation.primary[month]")?.observations.map((o) => o.label)).toEqual(["month=1", "month=2"]);
  expect(of("evaluation.subgroups.weekday")?.observations).toHaveLength(5);
});

test("units of many rows make bounds wider, and a second row of one is then no fault", async () => {
  const spec = toySpec.replace("unit_id: id}", "unit_id: user, rows_per_unit: many}");
  const evaluation = rows(4000, 1000).map((row, i) => ({ ...row, user: `u${Math.floor(i / 20)}` }));
  const { of } = await judged(spec, evaluation);
  expect(of("data.evaluation.unit_id")).toMatchObject({
    outcome: { kind: "kept" },
    claim: { says: "Every evaluation row names its user" },
  });
  const facts = of("evaluation.primary")?.evidence?.measurements[0]?.facts;
  expect(facts?.design_effect).toBeGreaterThanOrEqual(1);
  expect(facts?.clusters).toBeGreaterThan(100);
});

test("what is called positive has to stay within the people's capacity", async () => {
  const spec = (capacity: string) =>
    toySpec.replace("  subgroups:", `  workload: {cases: 1000/d, capacity: ${capacity}}\n  subgroups:`);
  const called = rows(2000, 1000).filter((row) => Number(row.weight) >= 0.5).length / 2000;
  const enough = await judged(spec(`${Math.ceil(called * 1000 + 40)}/d`), rows(2000, 1000));
  expect(enough.of("evaluation.workload")).toMatchObject({
    outcome: { kind: "kept" },
    claim: { stage: "release" },
    observations: [{ value: called, rows: 2000 }],
  });
  const few = await judged(spec("10/d"), rows(2000, 1000));
  expect(few.of("evaluation.workload")?.outcome.kind).toBe("broken");
});
