import { describe, expect, test } from "vitest";
import type { Check } from "../checks/check.ts";
import { registry } from "../checks/registry.ts";
import type { Verdict } from "../claims/verdict.ts";
import type { Engine } from "../engine/engine.ts";
import { gate } from "../gate/gate.ts";
import { evaluate } from "./evaluate.ts";
import { bench, rows, type Toy, toy, toySpec, weightModel } from "./fixtures/toy.ts";
import { verdictOn } from "./fixtures/verdict-on.ts";
import type { Workbench } from "./workbench.ts";

const anew = { evidence: [], waivers: [], measure: "missing" } as const;
const run = (t: Toy, b: Workbench = bench(t)) => evaluate(t.claims, registry, b, anew);

describe("labels that prove nothing hold the gate", () => {
  const accuracy = (text = toySpec) => toy(text.replace("roc_auc, at_least: 0.8", "accuracy, at_least: 0.6"));
  const careful = (t: Toy, evaluation = rows(2000, 1000)) =>
    bench(
      t,
      { evaluation },
      weightModel(() => 0.01),
    );

  test("a positive label that no row has", async () => {
    const t = accuracy(toySpec.replace("positive: 1", "positive: late"));
    const { verdicts } = await run(t, careful(t));
    expect(gate(t.claims, verdicts).verdict).toBe("hold");
    expect(verdictOn(verdicts, "evaluation-primary").outcome.kind).toBe("undecided");
  });

  test.each(["log_loss", "brier_score"])("a positive label that no row has, for %s", async (metric) => {
    const t = toy(
      toySpec
        .replace("roc_auc, at_least: 0.8", `${metric}, at_most: 0.1`)
        .replace("positive: 1", "positive: 2"),
    );
    const { verdicts } = await run(t, careful(t));
    expect(verdictOn(verdicts, "evaluation-primary").outcome.kind).toBe("undecided");
  });

  test.each([
    ["text", (v: number) => String(v)],
    ["a boolean", (v: number) => v === 1],
    ["a float", (v: number) => v + 0],
  ])("the same label as %s gives the same verdict as an integer", async (_, as) => {
    const t = toy();
    const evaluation = rows(2000, 1000).map((r) => ({ ...r, was_late: as(Number(r.was_late)) }));
    const { verdicts } = await run(t, bench(t, { evaluation }));
    expect(verdictOn(verdicts, "evaluation-primary").outcome.kind).toBe("kept");
    expect(verdictOn(verdicts, "evaluation-primary").observations).toEqual(
      verdictOn((await run(t)).verdicts, "evaluation-primary").observations,
    );
  });

  test("rows without a label break the label's own line, whatever the rest says", async () => {
    const t = toy();
    const evaluation = rows(2000, 1000).map((r, i) => (i % 10 === 0 ? { ...r, was_late: null } : r));
    const { verdicts } = await run(t, bench(t, { evaluation }));
    expect(verdictOn(verdicts, "data-label-column").outcome).toEqual({
      kind: "broken",
      because: "it is missing in 200 rows of the evaluation data",
    });
    expect(gate(t.claims, verdicts).verdict).toBe("hold");
  });

  test("a group whose rows all lack labels is broken", async () => {
    const t = toy();
    const evaluation = rows(2000, 1000).map((r) => (r.depot === "south" ? { ...r, was_late: null } : r));
    const { verdicts } = await run(t, bench(t, { evaluation }));
    expect(verdictOn(verdicts, "evaluation-primary-depot-south").outcome).toEqual({
      kind: "broken",
      because: "no row has a label",
    });
  });
});

describe("data that proves nothing holds the gate", () => {
  test("the same evaluation rows four times over, which would halve every interval", async () => {
    const t = toy();
    const few = rows(40, 1000);
    const { verdicts } = await run(t, bench(t, { evaluation: [...few, ...few, ...few, ...few] }));
    expect(verdictOn(verdicts, "data-evaluation-unit-id").outcome.kind).toBe("broken");
    expect(gate(t.claims, verdicts).verdict).toBe("hold");
  });

  test("keys that are missing everywhere show no leak and keep nothing", async () => {
    const t = toy();
    const keyless = { training: rows(400, 0), evaluation: rows(2000, 0) };
    const b = bench(t, {
      training: keyless.training.map((r) => ({ ...r, id: null })),
      evaluation: keyless.evaluation,
    });
    expect(verdictOn((await run(t, b)).verdicts, "data-requirements-no-leakage").outcome.kind).toBe(
      "undecided",
    );
  });

  test("empty tables keep nothing that was measured on them", async () => {
    const t = toy();
    const { verdicts } = await run(t, bench(t, { training: [], evaluation: [] }));
    const kept = verdicts.filter((v) => v.outcome.kind === "kept").map((v) => v.claim.path);
    expect(kept.sort()).toEqual([
      "contract.inputs",
      "contract.inputs.depot.model",
      "contract.inputs.weight.model",
      "contract.outputs",
      "contract.outputs.late",
      "deployment.infrastructure.model_size",
      "risks.drift.controls",
    ]);
  });

  test("columns of nulls keep nothing but their type", async () => {
    const t = toy();
    const hollow = (count: number, from: number) =>
      rows(count, from).map((r) => ({ ...r, weight: null, depot: null, was_late: null, verified: null }));
    const { verdicts } = await run(t, bench(t, { training: hollow(400, 0), evaluation: hollow(2000, 1000) }));
    const kept = verdicts.filter((v) => v.outcome.kind === "kept" && v.claim.stage === "data");
    expect(kept.map((v) => v.claim.path)).toEqual([
      "data.evaluation.unit_id",
      "data.requirements.no_leakage",
    ]);
  });

  test.each([["North"], [" north"], ["north "], ["no\u0301rth"]])(
    "a group that the data spells %j",
    async (spelt) => {
      const t = toy();
      const evaluation = rows(2000, 1000).map((r) => (r.depot === "north" ? { ...r, depot: spelt } : r));
      const { verdicts } = await run(t, bench(t, { evaluation }));
      expect(verdictOn(verdicts, "evaluation-primary-depot-north").outcome.kind).toBe("broken");
      expect(verdictOn(verdicts, "contract-inputs-depot-values").outcome.kind).toBe("broken");
    },
  );
});

describe("rounded scores", () => {
  /** Says of a small table that it is a large one, so that scores are rounded into cells. */
  const large = (engine: Engine): Engine =>
    new Proxy(engine, {
      get(target, name) {
        if (name === "attach") {
          return async (...args: Parameters<Engine["attach"]>) => ({
            ...(await target.attach(...args)),
            rows: 1_000_000,
          });
        }
        const value: unknown = Reflect.get(target, name);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
  /** Scores so near each other that all of them fall into a few cells. */
  const crowded = () => weightModel((w) => w / 300);
  const on = (t: Toy): Workbench => {
    const b = bench(t, {}, crowded());
    return { ...b, engine: large(b.engine) };
  };
  const limit = (at: number, decideBy = "lower_bound") =>
    toy(
      toySpec
        .replace("at_least: 0.8", `at_least: ${at}`)
        .replace("evaluation:\n  primary:", `evaluation:\n  decide_by: ${decideBy}\n  primary:`),
    );
  const widthOf = (v: Verdict): number => v.evidence?.measurements[0]?.facts.half_width ?? 0;

  test.each(["lower_bound", "point"])(
    "that suffice for one limit are read again, exactly, for a nearer one (%s)",
    async (by) => {
      const exact = verdictOn(
        (await run(limit(0.5, by), bench(limit(0.5, by), {}, crowded()))).verdicts,
        "evaluation-primary",
      );
      const auc = exact.observations[0]?.value ?? 0;
      const far = limit(0.5, by);
      const first = await run(far, on(far));
      expect(verdictOn(first.verdicts, "evaluation-primary").outcome).toEqual({ kind: "kept" });
      expect(widthOf(verdictOn(first.verdicts, "evaluation-primary"))).toBeGreaterThan(0.001);

      const near = limit(Number((auc + 0.0005).toFixed(6)), by);
      const options = { evidence: first.measured, waivers: [], measure: "missing" } as const;
      const again = verdictOn(
        (await evaluate(near.claims, registry, on(near), options)).verdicts,
        "evaluation-primary",
      );
      expect(widthOf(again)).toBe(0);
      expect(again.observations[0]?.value).toBe(auc);
      expect(again.outcome.kind).toBe(by === "point" ? "broken" : "undecided");

      const unread = await evaluate(near.claims, registry, on(near), { ...options, measure: "nothing" });
      expect(verdictOn(unread.verdicts, "evaluation-primary").outcome.kind).toBe("undecided");
    },
  );
});

describe("what goes wrong in odd ways", () => {
  test.each([
    ["nothing at all", undefined],
    ["an object without a text", Object.create(null)],
    ["a symbol", Symbol("x")],
  ])("a check that throws %s leaves its claim undecided", async (_, thrown) => {
    const t = toy();
    const crashing = new Map(registry);
    crashing.set("data/row-count", {
      ...(registry.get("data/row-count") as Check<unknown, unknown>),
      measure: () => {
        throw thrown;
      },
    });
    const { verdicts } = await evaluate(t.claims, crashing, bench(t), anew);
    expect(verdictOn(verdicts, "data-requirements-examples-total").outcome).toMatchObject({
      kind: "undecided",
      because: expect.stringContaining("the check crashed"),
    });
  });

  test("a check that has no quick reads leaves its claim undecided", async () => {
    const t = toy();
    const crashing = new Map(registry);
    crashing.set("data/row-count", {
      ...(registry.get("data/row-count") as Check<unknown, unknown>),
      reads: (_subject, effort) => {
        if (effort === "quick") throw new Error("no");
        return [];
      },
    });
    const { verdicts } = await evaluate(t.claims, crashing, bench(t), anew);
    expect(verdictOn(verdicts, "data-requirements-examples-total").outcome.kind).toBe("undecided");
  });

  test("a model that cannot be closed takes no verdict with it", async () => {
    const t = toy();
    const b = bench(t);
    const model = weightModel((w) => w);
    const stuck = new Proxy(model, {
      get(target, name) {
        if (name === "close") return async () => Promise.reject(new Error("stuck"));
        const value: unknown = Reflect.get(target, name);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    const { verdicts } = await run(t, { ...b, model: { digest: model.digest, open: async () => stuck } });
    expect(gate(t.claims, verdicts).verdict).toBe("ship");
  });

  test("a model that is another one than was announced is measured under nobody's name", async () => {
    const t = toy();
    const b = bench(t);
    const other = weightModel((w) => w / 2);
    const { verdicts } = await run(t, { ...b, model: { digest: "sha256:0", open: async () => other } });
    expect(verdictOn(verdicts, "evaluation-primary").outcome).toEqual({
      kind: "undecided",
      because: `The model that was opened is ${other.digest}, not sha256:0.`,
    });
  });

  test.each([
    ["too few", (n: number) => n - 1],
    ["too many", (n: number) => n + 1],
  ])("a model that gives %s answers is measured on nothing", async (_, length) => {
    const t = toy();
    const wrong = new Proxy(
      weightModel((w) => w),
      {
        get(target, name) {
          if (name === "run") {
            return async (inputs: readonly { readonly shape: readonly number[] }[]) => {
              const n = length(inputs[0]?.shape[0] ?? 0);
              return [{ name: "late", datatype: "FP32", shape: [n, 1], data: new Float32Array(n).fill(0.5) }];
            };
          }
          const value: unknown = Reflect.get(target, name);
          return typeof value === "function" ? value.bind(target) : value;
        },
      },
    );
    const { verdicts } = await run(t, bench(t, {}, wrong));
    expect(verdictOn(verdicts, "evaluation-primary").outcome).toMatchObject({
      kind: "undecided",
      because: expect.stringMatching(/The model gave \d+ values of late for 2000 rows/),
    });
  });

  test("a column of the data named like the model's answer never stands in for it", async () => {
    const t = toy();
    const evaluation = rows(2000, 1000).map((r) => ({ ...r, "model.late": r.was_late ?? null }));
    const { verdicts } = await run(t, bench(t, { evaluation }));
    expect(verdictOn(verdicts, "evaluation-primary").outcome.kind).toBe("undecided");
  });
});

test("neither the rows' order nor how they are dealt out changes a verdict", async () => {
  const t = toy();
  const evaluation = rows(2000, 1000);
  const { verdicts } = await run(t, bench(t, { evaluation }));
  const turned = await run(t, bench(t, { evaluation: evaluation.toReversed() }));
  const seen = (all: readonly Verdict[]) =>
    all.map(({ claim, outcome, observations }) => ({ id: claim.id, outcome, observations }));
  expect(seen(turned.verdicts)).toEqual(seen(verdicts));
});
