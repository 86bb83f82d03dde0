import { describe, expect, test } from "vitest";
import { registry } from "../checks/registry.ts";
import { parse } from "../spec/parse.ts";
import { approvedChanges, type EarlierSpec } from "./approved-changes.ts";
import { compile } from "./compile.ts";
import { evaluate } from "./evaluate.ts";
import { bench, now, rows, toy, toySpec } from "./fixtures/toy.ts";

const earlier = (text: string, released: boolean): EarlierSpec => ({
  ...toy(text),
  when: "as before",
  released,
});

const after = (text: string, history: Partial<Parameters<typeof approvedChanges>[3]>) => {
  const { spec, places } = parse(text, "toy.muster.yaml");
  if (spec === null) throw new Error("no spec");
  const full = { earlier: [], approvals: [], evidence: [], ...history };
  return approvedChanges(spec, compile(spec, places), places, full, registry, now);
};

const lowered = toySpec.replace("at_least: 0.8", "at_least: 0.7");
const raised = toySpec.replace("at_least: 0.8", "at_least: 0.9");

describe("against the released spec", () => {
  test("a lessened promise is broken until its very fingerprint is approved", () => {
    const [verdict, ...more] = after(lowered, { earlier: [earlier(toySpec, true)] });
    expect(more).toEqual([]);
    expect(verdict).toMatchObject({
      claim: {
        stage: "release",
        section: "evaluation",
        says: "evaluation.primary.at_least from 0.8 to 0.7 is approved",
      },
      outcome: { kind: "broken", because: expect.stringMatching(/MU-V408: .*muster approve [0-9a-f]{12}/) },
    });
    const fingerprint = verdict?.observations[0]?.label ?? "";
    const approval = {
      id: "1",
      fingerprint,
      change: "",
      by: "pm",
      reason: "agreed with risk",
      approvedAt: "",
    };
    expect(after(lowered, { earlier: [earlier(toySpec, true)], approvals: [approval] })[0]?.outcome).toEqual({
      kind: "kept",
    });
    const further = toySpec.replace("at_least: 0.8", "at_least: 0.6");
    expect(
      after(further, { earlier: [earlier(toySpec, true)], approvals: [approval] })[0]?.outcome.kind,
    ).toBe("broken");
  });

  test("a raised promise, a wording and nothing at all need no approval", () => {
    for (const text of [raised, toySpec.replace("Worse", "Much worse"), toySpec]) {
      expect(after(text, { earlier: [earlier(toySpec, true)] })).toEqual([]);
    }
  });
});

describe("against a spec that was only checked", () => {
  const measured = async (text: string) =>
    (
      await evaluate(
        toy(text).claims,
        registry,
        bench(toy(text), { evaluation: rows(2000, 1000, ["north"]) }),
        {
          evidence: [],
          waivers: [],
          measure: "missing",
        },
      )
    ).measured;

  test("a threshold that moved toward passing after it had failed is a moved goalpost", async () => {
    const strict = toySpec.replace("at_least: 0.8", "at_least: 0.99");
    const evidence = await measured(strict);
    const [verdict] = after(lowered, { earlier: [earlier(strict, false)], evidence });
    expect(verdict?.outcome).toMatchObject({
      kind: "broken",
      because: expect.stringMatching(/MU-V409: it moved toward passing after "roc_auc is at least 0\.99/),
    });
  });

  test("a subgroup that went after it had failed is one, too", async () => {
    const evidence = await measured(toySpec);
    const without = toySpec.replace("values: [north, south]}\nrisks", "values: [north]}\nrisks");
    const [verdict] = after(without, { earlier: [earlier(toySpec, false)], evidence });
    expect(verdict?.outcome).toMatchObject({ because: expect.stringContaining("depot is south") });
  });

  test("a threshold that was never failed may be moved before a release, and so may one that still fails", async () => {
    const easy = toySpec.replace("values: [north, south]}\nrisks", "values: [north]}\nrisks");
    const evidence = await measured(easy);
    expect(
      after(easy.replace("at_least: 0.8", "at_least: 0.7"), { earlier: [earlier(easy, false)], evidence }),
    ).toEqual([]);
    const hard = easy.replace("at_least: 0.8", "at_least: 0.9999");
    const stillHard = easy.replace("at_least: 0.8", "at_least: 0.9998");
    const failed = await measured(hard);
    expect(after(stillHard, { earlier: [earlier(hard, false)], evidence: failed })).toEqual([]);
  });
});
