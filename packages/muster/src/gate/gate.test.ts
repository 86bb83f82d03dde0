import { describe, expect, test } from "vitest";
import type { Claim, Stage } from "../claims/claim.ts";
import type { Observation, Outcome, Verdict } from "../claims/verdict.ts";
import { gate } from "./gate.ts";

const at = { line: 1, column: 1, offset: 0 };

function claim(id: string, stage: Stage = "release", says = `${id} is at least 0.65`): Claim {
  return {
    id,
    section: "evaluation",
    stage,
    path: id,
    says,
    at: { file: "muster.yaml", start: at, end: at },
    check: "release/metric",
    subject: {},
    promise: {},
  };
}

const kept: Outcome = { kind: "kept" };
const broken = (because: string): Outcome => ({ kind: "broken", because });
const undecided = (because: string): Outcome => ({ kind: "undecided", because });

function verdict(of: Claim, outcome: Outcome, more: Partial<Verdict> = {}): Verdict {
  return { claim: of, outcome, observations: [], evidence: null, stale: false, waiver: null, ...more };
}

const waiver = (claimId: string) => ({
  id: "w1",
  claimId,
  claimDigest: "sha256:0",
  by: "pm@airline.example",
  reason: "known and small",
  signedAt: "2026-01-01T00:00:00Z",
  expiresAt: "2026-02-01T00:00:00Z",
});

const observed = (value: number, limit: number): Observation => ({
  label: "overall",
  value,
  interval: null,
  rows: 100,
  outcome: "broken",
  limit: { sense: "at_least", value: limit },
});

describe("gate", () => {
  test("ships when every data and release claim is kept", () => {
    const claims = [claim("a", "data"), claim("b")];
    const decision = gate(
      claims,
      claims.map((c) => verdict(c, kept)),
    );
    expect(decision).toMatchObject({
      verdict: "ship",
      because: "all 2 data and release claims are kept",
      blocking: [],
    });
    expect(decision.counts.data).toEqual({ kept: 1, broken: 0, undecided: 0, waived: 0 });
    expect(decision.counts.release).toEqual({ kept: 1, broken: 0, undecided: 0, waived: 0 });
  });

  test("holds when there is no claim at all, since no claims is no permission", () => {
    expect(gate([], [])).toMatchObject({
      verdict: "hold",
      because: "there is no data or release claim, and no claims is no permission",
      blocking: [],
    });
  });

  test("holds when only serving and live claims are there, however many are kept", () => {
    const claims = [claim("a", "serving"), claim("b", "live")];
    expect(
      gate(
        claims,
        claims.map((c) => verdict(c, kept)),
      ).verdict,
    ).toBe("hold");
  });

  test("serving and live claims never stand in the way, but are counted", () => {
    const [a, b, c] = [claim("a"), claim("b", "serving"), claim("c", "live")];
    const decision = gate([a, b, c], [verdict(a, kept), verdict(b, broken("slow"))]);
    expect(decision.verdict).toBe("ship");
    expect(decision.counts.all).toEqual({ kept: 1, broken: 1, undecided: 1, waived: 0 });
  });

  test("a claim without a verdict blocks and is listed as undecided", () => {
    const [a, b] = [claim("a"), claim("b")];
    const decision = gate([a, b], [verdict(a, kept)]);
    expect(decision.verdict).toBe("hold");
    expect(decision.blocking.map((v) => [v.claim.id, v.outcome])).toEqual([
      ["b", { kind: "undecided", because: "no verdict was given" }],
    ]);
    expect(decision.because).toBe(
      "1 of 2 release claims is undecided: b is at least 0.65, but no verdict was given",
    );
  });

  test("a claim that no check understands blocks with its own reason", () => {
    const open: Claim = { ...claim("a"), check: null, because: "a is not measured yet" };
    expect(gate([open], []).because).toBe("1 of 1 release claim is undecided: a is not measured yet");
  });

  test("undecided blocks just as broken does", () => {
    const a = claim("a", "data");
    expect(gate([a], [verdict(a, undecided("a has no rows"))])).toMatchObject({
      verdict: "hold",
      because: "1 of 1 data claim is undecided: a has no rows",
    });
  });

  test("a waiver covers a broken and an undecided claim, and the sentence says so", () => {
    const [a, b, c] = [claim("a"), claim("b"), claim("c")];
    const decision = gate(
      [a, b, c],
      [
        verdict(a, kept),
        verdict(b, broken("low"), { waiver: waiver("b") }),
        verdict(c, undecided("no label"), { waiver: waiver("c") }),
      ],
    );
    expect(decision).toMatchObject({
      verdict: "ship",
      because: "1 of 3 data and release claims is kept and 2 waived",
    });
    expect(decision.counts.release).toEqual({ kept: 1, broken: 0, undecided: 0, waived: 2 });
  });

  test("a kept claim counts as kept even when a waiver covers it", () => {
    const a = claim("a");
    expect(gate([a], [verdict(a, kept, { waiver: waiver("a") })]).counts.release.kept).toBe(1);
  });

  test("a stale verdict never counts as kept", () => {
    const a = claim("a");
    const decision = gate([a], [verdict(a, kept, { stale: true })]);
    expect(decision.verdict).toBe("hold");
    expect(decision.counts.release).toEqual({ kept: 0, broken: 0, undecided: 1, waived: 0 });
    expect(decision.because).toContain("the evidence is stale");
  });

  test.each([
    ["broken after kept", [kept, broken("a is low")]],
    ["broken before kept", [broken("a is low"), kept]],
    ["undecided beside kept", [undecided("a has no rows"), kept]],
  ])("of two verdicts for one claim the worse counts: %s", (_title, outcomes) => {
    const a = claim("a");
    expect(
      gate(
        [a],
        outcomes.map((outcome) => verdict(a, outcome)),
      ).verdict,
    ).toBe("hold");
  });

  test("a waiver on one of two verdicts does not cover the other", () => {
    const a = claim("a");
    const both = [verdict(a, broken("low"), { waiver: waiver("a") }), verdict(a, broken("low"))];
    expect(gate([a], both).verdict).toBe("hold");
    expect(gate([a], [...both].reverse()).verdict).toBe("hold");
  });

  test("a verdict of a claim that is not in the spec decides nothing", () => {
    const a = claim("a");
    expect(gate([a], [verdict(claim("ghost"), kept)]).verdict).toBe("hold");
    expect(gate([], [verdict(a, kept)]).verdict).toBe("hold");
  });

  test("the stage is the spec's own, whatever the verdict says", () => {
    const a = claim("a");
    expect(gate([a], [verdict({ ...a, stage: "live" }, broken("low"))]).verdict).toBe("hold");
  });

  test("a hold gives the count and the worst: broken first, then the largest miss", () => {
    const claims = [
      claim("lost", "release", "lost is decided"),
      claim("evaluation-primary-origin-dfw", "release", "roc_auc is at least 0.65 where origin is DFW"),
      claim("evaluation-primary-origin-atl", "release", "roc_auc is at least 0.65 where origin is ATL"),
    ];
    const [lost, dfw, atl] = claims;
    if (lost === undefined || dfw === undefined || atl === undefined) throw new Error("three claims");
    const decision = gate(claims, [
      verdict(lost, undecided("no rows")),
      verdict(dfw, broken("0.641 is below 0.65"), { observations: [observed(0.641, 0.65)] }),
      verdict(atl, broken("roc_auc is 0.612 where origin is ATL, below 0.65."), {
        observations: [observed(0.612, 0.65)],
      }),
    ]);
    expect(decision.blocking.map((v) => v.claim.id)).toEqual([atl.id, dfw.id, lost.id]);
    expect(decision.because).toBe(
      "2 of 3 release claims are broken and 1 undecided: roc_auc is 0.612 where origin is ATL, below 0.65",
    );
  });

  test("a reason that does not name its claim is put behind the claim's words", () => {
    const dfw = claim("x", "release", "roc_auc is at least 0.65 where origin is DFW");
    expect(gate([dfw], [verdict(dfw, broken("roc_auc is 0.641, below 0.65"))]).because).toBe(
      "1 of 1 release claim is broken: roc_auc is at least 0.65 where origin is DFW, but roc_auc is 0.641, below 0.65",
    );
  });

  test("claims named like parts of an object are claims as any other", () => {
    const names = ["__proto__", "constructor", "toString"].map((id) => claim(id));
    const decision = gate(
      names,
      names.map((c) => verdict(c, kept)),
    );
    expect(decision.counts.release.kept).toBe(3);
  });
});
