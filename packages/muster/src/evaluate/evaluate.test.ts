import { describe, expect, test } from "vitest";
import type { Check } from "../checks/check.ts";
import { registry } from "../checks/registry.ts";
import type { Verdict } from "../claims/verdict.ts";
import { gate } from "../gate/gate.ts";
import { MusterError } from "../source/muster-error.ts";
import { type EvaluateOptions, evaluate } from "./evaluate.ts";
import { bench, now, rows, type Toy, toy, toySpec, weightModel } from "./fixtures/toy.ts";
import { verdictOn } from "./fixtures/verdict-on.ts";
import { claimDigest } from "./waivers.ts";
import type { Workbench } from "./workbench.ts";

const anew: EvaluateOptions = { evidence: [], waivers: [], measure: "missing" };

const run = (t: Toy, b: Workbench = bench(t), options: EvaluateOptions = anew) =>
  evaluate(t.claims, registry, b, options);

test("a model that keeps every promise ships", async () => {
  const t = toy();
  const { verdicts } = await run(t);
  const decision = gate(t.claims, verdicts);
  expect(decision.blocking.map((v) => [v.claim.id, v.outcome])).toEqual([]);
  expect(decision.verdict).toBe("ship");
});

describe("held, never passed in silence", () => {
  const holds = (t: Toy, verdicts: readonly Verdict[]): string[] => {
    const { verdict, blocking } = gate(t.claims, verdicts);
    expect(verdict).toBe("hold");
    return blocking.map((v) => v.claim.id);
  };

  test("a declared subgroup without a row", async () => {
    const t = toy();
    const { verdicts } = await run(t, bench(t, { evaluation: rows(2000, 1000, ["north"]) }));
    expect(holds(t, verdicts)).toEqual(["evaluation-primary-depot-south"]);
    expect(verdictOn(verdicts, "evaluation-primary-depot-south")).toMatchObject({
      outcome: { kind: "broken", because: "no row of the data falls into it" },
      observations: [{ label: "depot=south", value: null, rows: 0 }],
    });
  });

  test("a subgroup in which the model fails, with its value, interval and rows, though the aggregate passes", async () => {
    const t = toy();
    const evaluation = rows(2000, 1000).map((r) =>
      r.depot === "south" && Number(r.id?.toString().slice(1)) % 16 < 8
        ? { ...r, was_late: 1 - Number(r.was_late) }
        : r,
    );
    const { verdicts } = await run(
      toy(toySpec.replace("at_least: 0.8", "at_least: 0.6")),
      bench(t, { evaluation }),
    );
    expect(verdictOn(verdicts, "evaluation-primary").outcome.kind).toBe("kept");
    const south = verdictOn(verdicts, "evaluation-primary-depot-south");
    expect(south.outcome.kind).toBe("broken");
    const [seen] = south.observations;
    expect(seen?.rows).toBe(1000);
    expect(seen?.interval?.[0]).toBeLessThan(seen?.value ?? 0);
    expect(seen?.interval?.[1]).toBeGreaterThan(seen?.value ?? 1);
    expect(south.outcome).toMatchObject({
      because: expect.stringMatching(
        /^roc_auc is 0\.\d+ where depot is south \(1\u202f000 rows\), below 0\.6$/,
      ),
    });
  });

  test("no claims at all", () => {
    expect(gate([], [])).toMatchObject({ verdict: "hold" });
  });

  test("no model", async () => {
    const t = toy();
    const { verdicts } = await run(t, bench(t, {}, null));
    expect(holds(t, verdicts)).toContain("evaluation-primary");
    expect(verdictOn(verdicts, "evaluation-primary").outcome).toEqual({
      kind: "undecided",
      because: "no model was given (--model FILE)",
    });
    expect(verdictOn(verdicts, "data-requirements-examples-total").outcome.kind).toBe("kept");
  });

  test.each(["reads", "measure", "judge"] as const)("a check that crashes in %s", async (part) => {
    const t = toy();
    const crashing = new Map(registry);
    const sound = registry.get("data/row-count") as Check<unknown, unknown>;
    crashing.set("data/row-count", {
      ...sound,
      [part]: () => {
        throw new TypeError("x is not a function");
      },
    });
    const { verdicts } = await evaluate(t.claims, crashing, bench(t), anew);
    expect(holds(t, verdicts)).toEqual(["data-requirements-examples-total"]);
    expect(verdictOn(verdicts, "data-requirements-examples-total").outcome).toEqual({
      kind: "undecided",
      because: "the check crashed (x is not a function)",
    });
  });

  test("a check that this Muster does not have", async () => {
    const t = toy();
    const fewer = new Map(registry);
    fewer.delete("data/no-leakage");
    const { verdicts } = await evaluate(t.claims, fewer, bench(t), anew);
    expect(holds(t, verdicts)).toEqual(["data-requirements-no-leakage"]);
  });

  test("a model that dies, while everything that does not need it is judged", async () => {
    const t = toy();
    const dying = weightModel(() => {
      throw new Error("segmentation fault");
    });
    const { verdicts } = await run(t, bench(t, {}, dying));
    expect(verdictOn(verdicts, "evaluation-primary").outcome.kind).toBe("undecided");
    expect(verdictOn(verdicts, "evaluation-primary").outcome).toMatchObject({
      because: expect.stringContaining("segmentation fault"),
    });
    expect(verdictOn(verdicts, "data-requirements-no-leakage").outcome.kind).toBe("kept");
    expect(verdictOn(verdicts, "contract-inputs-weight-model").outcome.kind).toBe("kept");
  });

  test("a model that answers NaN", async () => {
    const t = toy();
    const { verdicts } = await run(
      t,
      bench(
        t,
        {},
        weightModel(() => Number.NaN),
      ),
    );
    expect(verdictOn(verdicts, "contract-outputs-late-range").outcome.kind).toBe("broken");
    expect(verdictOn(verdicts, "evaluation-primary").outcome.kind).toBe("undecided");
  });

  test("a table that cannot be read, and a column that does not exist, name themselves", async () => {
    const t = toy();
    const b = bench(t);
    const gone = { ...b, addresses: new Map([["evaluation", "eval"]]) };
    expect(
      verdictOn((await run(t, gone)).verdicts, "data-requirements-examples-total").outcome,
    ).toMatchObject({
      kind: "undecided",
      because: expect.stringContaining("training"),
    });
    const odd = toy(toySpec.replace("column: was_late", "column: was_lat"));
    expect(verdictOn((await run(odd)).verdicts, "evaluation-primary").outcome).toEqual({
      kind: "undecided",
      because: "the scored data has no column was_lat",
    });
  });
});

describe("evidence at hand", () => {
  const measuredOnce = async (t: Toy, b = bench(t)) => (await run(t, b)).measured;

  test("is judged, not measured again", async () => {
    const t = toy();
    const evidence = await measuredOnce(t);
    const again = await run(t, bench(t), { ...anew, evidence });
    expect(again.measured).toEqual([]);
    expect(gate(t.claims, again.verdicts).verdict).toBe("ship");
    const forced = await run(t, bench(t), { ...anew, evidence, measure: "all" });
    expect(forced.measured).toHaveLength(evidence.length);
  });

  test("is judged anew when only a threshold changed", async () => {
    const evidence = await measuredOnce(toy());
    const stricter = toy(toySpec.replace("at_least: 0.8", "at_least: 0.999"));
    const { verdicts, measured } = await run(stricter, bench(stricter), {
      ...anew,
      evidence,
      measure: "nothing",
    });
    expect(measured).toEqual([]);
    expect(verdictOn(verdicts, "evaluation-primary")).toMatchObject({
      stale: false,
      outcome: { kind: "broken" },
    });
    const pointed = toy(
      toySpec.replace("evaluation:\n  primary:", "evaluation:\n  decide_by: point\n  primary:"),
    );
    const { verdicts: low } = await run(pointed, bench(pointed), { ...anew, evidence, measure: "nothing" });
    expect(verdictOn(low, "evaluation-primary")).toMatchObject({ stale: false, outcome: { kind: "kept" } });
  });

  test("of another model or other data is stale: it decides nothing and holds", async () => {
    const t = toy();
    const evidence = await measuredOnce(t);
    const other = await run(
      t,
      bench(
        t,
        {},
        weightModel((w) => w / 2),
      ),
      { ...anew, evidence, measure: "nothing" },
    );
    expect(verdictOn(other.verdicts, "evaluation-primary")).toMatchObject({
      stale: true,
      outcome: { kind: "undecided", because: "stale: it was measured on another model" },
    });
    expect(verdictOn(other.verdicts, "data-requirements-no-leakage").stale).toBe(false);
    const newer = await run(t, bench(t, { evaluation: rows(2001, 1000) }), {
      ...anew,
      evidence,
      measure: "nothing",
    });
    expect(verdictOn(newer.verdicts, "evaluation-primary").outcome).toMatchObject({
      because: "stale: the data has changed since it was measured",
    });
    expect(gate(t.claims, newer.verdicts).verdict).toBe("hold");
  });

  test("of another metric is stale", async () => {
    const evidence = await measuredOnce(toy());
    const t = toy(toySpec.replace("metric: roc_auc", "metric: average_precision"));
    const { verdicts } = await run(t, bench(t), { ...anew, evidence, measure: "nothing" });
    expect(verdictOn(verdicts, "evaluation-primary").outcome).toMatchObject({
      because: "stale: what the line measures has changed since",
    });
  });

  test("that was stored for a changed default of the contract is stale", async () => {
    const evidence = await measuredOnce(toy());
    const t = toy(
      toySpec.replace(
        "{name: weight, type: float, required: true, range: [0, 1]}",
        "{name: weight, type: float, required: false, range: [0, 1], missing: {default: 0.5}}",
      ),
    );
    const { verdicts } = await run(t, bench(t), { ...anew, evidence, measure: "nothing" });
    expect(verdictOn(verdicts, "evaluation-primary").stale).toBe(true);
  });
});

describe("a waiver", () => {
  const signed = (t: Toy, id: string, expiresAt: string) => {
    const claim = t.claims.find((c) => c.id === id);
    if (claim === undefined) throw new Error(id);
    return {
      id: "w1",
      claimId: id,
      claimDigest: claimDigest(claim),
      by: "pm@toy.example",
      reason: "south opens in March",
      signedAt: "2025-12-01T00:00:00.000Z",
      expiresAt,
    };
  };
  const onlyNorth = { evaluation: rows(2000, 1000, ["north"]) };

  test("covers its claim until it expires", async () => {
    const t = toy();
    const waivers = [signed(t, "evaluation-primary-depot-south", "2026-01-02T00:00:00.000Z")];
    const { verdicts } = await run(t, bench(t, onlyNorth), { ...anew, waivers });
    expect(gate(t.claims, verdicts).verdict).toBe("ship");
    expect(verdictOn(verdicts, "evaluation-primary-depot-south").outcome.kind).toBe("broken");
    const later = { ...bench(t, onlyNorth), now: () => now + 86_400_000 };
    expect(gate(t.claims, (await run(t, later, { ...anew, waivers })).verdicts).verdict).toBe("hold");
  });

  test("does not cover a claim that was worded anew", async () => {
    const waivers = [signed(toy(), "evaluation-primary-depot-south", "2026-01-02T00:00:00.000Z")];
    const t = toy(toySpec.replace("at_least: 0.8", "at_least: 0.79"));
    const { verdicts } = await run(t, bench(t, onlyNorth), { ...anew, waivers });
    expect(gate(t.claims, verdicts).verdict).toBe("hold");
  });
});

test("a cancelled evaluation stores nothing: it throws", async () => {
  const t = toy();
  const controller = new AbortController();
  controller.abort();
  await expect(run(t, { ...bench(t), signal: controller.signal })).rejects.toThrow(MusterError);
});

test("missing values are read as the contract says: the default stands in, a required one is refused", async () => {
  const withGap = rows(2000, 1000).map((r, i) => (i === 0 ? { ...r, weight: null } : r));
  const t = toy();
  const { verdicts } = await run(t, bench(t, { evaluation: withGap }));
  expect(verdictOn(verdicts, "contract-outputs-late-range").outcome).toEqual({
    kind: "broken",
    because: "the model gave no finite answer for 1 row",
  });
  expect(verdictOn(verdicts, "contract-inputs-weight-required").outcome.kind).toBe("broken");
  const lenient = toy(
    toySpec.replace(
      "type: float, required: true, range: [0, 1]",
      "type: float, required: false, range: [0, 1], missing: {default: 0.5}",
    ),
  );
  const { verdicts: fine } = await run(lenient, bench(lenient, { evaluation: withGap }));
  expect(verdictOn(fine, "contract-outputs-late-range").outcome.kind).toBe("kept");
});
