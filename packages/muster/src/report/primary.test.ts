import { describe, expect, test } from "vitest";
import type { Observation, Verdict } from "../claims/verdict.ts";
import { flightDelay } from "./fixtures/flight-delay.ts";
import { primaryOf } from "./primary.ts";

const [sample] = flightDelay.verdicts;

function verdict(path: string, observations: readonly Observation[], more: Partial<Verdict> = {}): Verdict {
  if (sample === undefined) throw new Error("the fixture has verdicts");
  const claim = {
    ...sample.claim,
    id: path.replaceAll(/[^\w]+/g, "-").replace(/-$/, ""),
    path,
    section: "evaluation" as const,
  };
  return { ...sample, claim, observations, ...more };
}

const observation = (label: string, outcome: Observation["outcome"] = "kept"): Observation => ({
  label,
  value: 0.7,
  interval: [0.69, 0.71],
  rows: 100,
  outcome,
  limit: { sense: "at_least", value: 0.65 },
});

describe("the primary metric's picture", () => {
  test("has the aggregate and every group in the order of the spec", () => {
    const primary = primaryOf(flightDelay.verdicts);
    expect(primary?.overall.map(({ name }) => name)).toEqual(["overall"]);
    expect(primary?.groups.map(({ by, rows }) => [by, rows.length])).toEqual([
      ["origin", 5],
      ["part_of_day", 4],
      ["distance", 4],
    ]);
    expect(primary?.limit).toEqual({ sense: "at_least", value: 0.65 });
    expect(primary?.baseline).toBe(0.6213);
  });

  test("takes one claim with many groups apart, each with its own outcome", () => {
    const all = [observation("overall"), observation("origin=ORD"), observation("origin=ATL", "broken")];
    const primary = primaryOf([
      verdict("evaluation.primary", all, { outcome: { kind: "broken", because: "ATL" } }),
    ]);
    expect(primary?.groups[0]?.rows.map(({ name, state }) => [name, state])).toEqual([
      ["ORD", "kept"],
      ["ATL", "broken"],
    ]);
  });

  test("a group that could not be measured is a row without a value, never left out", () => {
    const nobody = { kind: "undecided", because: "no rows" } as const;
    const primary = primaryOf([
      verdict("evaluation.primary", [observation("overall")]),
      verdict("evaluation.primary[origin=JFK]", [], { outcome: nobody }),
    ]);
    expect(primary?.groups).toEqual([
      {
        by: "origin",
        rows: [
          { claimId: "evaluation-primary-origin-JFK", name: "JFK", observation: null, state: "undecided" },
        ],
      },
    ]);
  });

  test("stale numbers are shown as stale, not as kept or broken", () => {
    const primary = primaryOf([
      verdict("evaluation.primary[origin=ORD]", [observation("origin=ORD")], {
        stale: true,
        outcome: { kind: "undecided", because: "other model" },
      }),
    ]);
    expect(primary?.groups[0]?.rows[0]?.state).toBe("stale");
  });

  test("is not drawn without subgroups, nor from secondary metrics", () => {
    expect(primaryOf([])).toBeNull();
    expect(primaryOf([verdict("evaluation.primary", [observation("overall")])])).toBeNull();
    expect(primaryOf([verdict("evaluation.secondary.recall", [observation("origin=ORD")])])).toBeNull();
  });

  test("a group named like a part of an object is a group as any other", () => {
    const primary = primaryOf([verdict("evaluation.primary[a]", [observation("__proto__=constructor")])]);
    expect(primary?.groups.map(({ by, rows }) => [by, rows[0]?.name])).toEqual([
      ["__proto__", "constructor"],
    ]);
  });
});
