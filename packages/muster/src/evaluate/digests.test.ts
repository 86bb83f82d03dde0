import { describe, expect, test } from "vitest";
import { registry } from "../checks/registry.ts";
import type { Engine } from "../engine/engine.ts";
import { gate } from "../gate/gate.ts";
import { MusterError } from "../source/muster-error.ts";
import { evaluate } from "./evaluate.ts";
import { bench, type Toy, toy } from "./fixtures/toy.ts";
import type { Workbench } from "./workbench.ts";

const anew = { evidence: [], waivers: [], measure: "missing" } as const;

/** The toy's bench on an engine that differs in some methods. */
function benchWith(t: Toy, differs: (engine: Engine) => Partial<Engine>): Workbench {
  const b = bench(t);
  const other = differs(b.engine);
  const engine = new Proxy(b.engine, {
    get: (target, key: keyof Engine) => other[key] ?? target[key].bind(target),
  });
  return { ...b, engine };
}

describe("digests of the data", () => {
  test("may be there only after the reads, which nothing keeps waiting", async () => {
    const t = toy();
    let read = (): void => undefined;
    const firstRead = new Promise<void>((resolve) => {
      read = resolve;
    });
    const late = benchWith(t, (engine) => ({
      digest: async (table) => {
        await firstRead;
        return engine.digest(table);
      },
      aggregate: (aggregates, signal) => {
        read();
        return engine.aggregate(aggregates, signal);
      },
    }));
    const { verdicts, measured } = await evaluate(t.claims, registry, late, anew);
    expect(gate(t.claims, verdicts).verdict).toBe("ship");
    const usual = await evaluate(t.claims, registry, bench(t), anew);
    expect(measured).toEqual(usual.measured);
  });

  test("of data that is no longer what was read leave what was measured on it undecided, and unkept", async () => {
    const t = toy();
    const because = "The file has changed since it was attached.";
    const changed = benchWith(t, (engine) => ({
      digest: async (table) => {
        if (table === "evaluation") throw new MusterError("engine/failed", because);
        return engine.digest(table);
      },
    }));
    const { verdicts, measured } = await evaluate(t.claims, registry, changed, anew);
    const primary = verdicts.find(({ claim }) => claim.id === "evaluation-primary");
    expect(primary?.outcome).toEqual({ kind: "undecided", because });
    expect(measured.map(({ claimId }) => claimId)).not.toContain("evaluation-primary");
    expect(measured.length).toBeGreaterThan(0);
    expect(gate(t.claims, verdicts).verdict).toBe("hold");
  });

  test("come before the reads where there is evidence to compare with, and then nothing is read", async () => {
    const t = toy();
    const { measured } = await evaluate(t.claims, registry, bench(t), anew);
    const idle = benchWith(t, () => ({ aggregate: () => Promise.reject(new Error("read")) }));
    const again = await evaluate(t.claims, registry, idle, { ...anew, evidence: measured });
    expect(again.measured).toEqual([]);
    expect(gate(t.claims, again.verdicts).verdict).toBe("ship");
  });
});
