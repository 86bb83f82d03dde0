import { describe, expect, test } from "vitest";
import { digestOfText } from "../source/digest.ts";
import { flightDelay } from "./fixtures/flight-delay.ts";
import { type ReportJson, renderJson } from "./json.ts";
import type { ReportInput } from "./report-input.ts";

const parsed = (input: ReportInput): ReportJson => JSON.parse(renderJson(input)) as ReportJson;

function withFirst(change: (verdict: ReportInput["verdicts"][number]) => unknown): ReportInput {
  const [first, ...rest] = flightDelay.verdicts;
  if (first === undefined) throw new Error("the fixture has verdicts");
  return { ...flightDelay, verdicts: [{ ...first, ...(change(first) as object) }, ...rest] };
}

describe("JSON of a check", () => {
  test("has the documented shape, with numbers as they were measured", () => {
    const report = parsed(flightDelay);
    expect(Object.keys(report)).toEqual([
      "version",
      "verdict",
      "because",
      "spec",
      "model",
      "taken_at",
      "counts",
      "claims",
    ]);
    expect(report).toMatchObject({
      version: 1,
      verdict: "hold",
      spec: { name: "flight-delay", version: "1.0.0", digest: flightDelay.spec.digest },
      model: { digest: flightDelay.model?.digest },
    });
    expect(report.claims).toHaveLength(flightDelay.verdicts.length);
    expect(report.claims.find(({ id }) => id === "evaluation-primary-origin-atl")).toEqual({
      id: "evaluation-primary-origin-atl",
      section: "evaluation",
      stage: "release",
      says: "roc_auc is at least 0.65 where origin is ATL",
      outcome: "broken",
      stale: false,
      waived: false,
      because: "roc_auc is 0.6122 where origin is ATL, below 0.65",
      line: 69,
      path: "evaluation.primary[origin=ATL]",
      evidence: [
        {
          label: "origin=ATL",
          value: 0.6122,
          interval: [0.6053, 0.6191],
          rows: 39861,
          data_digest: digestOfText("evaluation.parquet"),
          taken_at: "2026-03-02T09:14:27Z",
          outcome: "broken",
          limit: { sense: "at_least", value: 0.65 },
          bound: null,
          unit: null,
        },
      ],
    });
  });

  test("has no `because` for a kept claim, and the waiver for a waived one", () => {
    const { claims } = parsed(flightDelay);
    for (const claim of claims) expect("because" in claim).toBe(claim.outcome !== "kept");
    expect(claims.filter(({ waived }) => waived).map(({ waiver }) => waiver?.by)).toEqual([
      "pm@airline.example",
    ]);
  });

  test("never says kept of a stale verdict", () => {
    const [claim] = parsed(withFirst(() => ({ stale: true, outcome: { kind: "kept" } }))).claims;
    expect(claim).toMatchObject({ outcome: "undecided", stale: true });
    expect(claim?.because).toBeTypeOf("string");
  });

  test("turns what JSON cannot say into null", () => {
    const [claim] = parsed(
      withFirst(({ observations: [observation] }) => ({
        observations: [
          {
            ...observation,
            value: Number.NaN,
            interval: [0.1, Infinity],
            limit: { sense: "at_most", value: -Infinity },
          },
        ],
      })),
    ).claims;
    expect(claim?.evidence[0]).toMatchObject({ value: null, interval: null, limit: null });
  });

  test("is safe to print: what a terminal would obey stands escaped", () => {
    const evil = "\u009b2J\u202e\u001b[31m";
    const input = withFirst(({ claim }) => ({ claim: { ...claim, says: evil } }));
    expect(renderJson(input)).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e]/u);
    expect(parsed(input).claims[0]?.says).toBe(evil);
  });

  test("a check without a model says null", () => {
    expect(parsed({ ...flightDelay, model: null }).model).toBeNull();
  });
});
