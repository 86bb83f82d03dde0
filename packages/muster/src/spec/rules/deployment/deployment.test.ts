import { describe, expect, test } from "vitest";
import { baseText, parsed } from "../fixtures/rule-specs.ts";
import { found, said } from "../fixtures/say.ts";
import { budgetPlusFallback } from "./budget-plus-fallback.ts";
import { burstVsAutoscale } from "./burst-vs-autoscale.ts";
import { canaryExposesRisk } from "./canary-exposes-risk.ts";
import { littlesLaw } from "./littles-law.ts";
import { mttrHidesDetection } from "./mttr-hides-detection.ts";
import { p99Unprovable } from "./p99-unprovable.ts";
import { retriesExceedBudget } from "./retries-exceed-budget.ts";
import { rollbackUnreachable } from "./rollback-unreachable.ts";
import { scaleToZeroVsP99 } from "./scale-to-zero-vs-p99.ts";
import { shadowTooShort } from "./shadow-too-short.ts";

const base = baseText("classification");
const explained = (text: string, rule: typeof littlesLaw): string | null | undefined =>
  rule.explain?.({ ...parsed(text), profile: null });

describe("latency and retries", () => {
  test("each consumer whose budget is passed is told, with the sum", () => {
    const text = base.replace("timeout: 50ms}", "timeout: 50ms, fallback: 2.5ms}");
    expect(said(text, budgetPlusFallback)).toEqual([
      "rebooking-service waits 50ms, but what follows on a timeout comes only after 50ms and the fallback's 2.5ms: 52.5ms.",
    ]);
    expect(explained(text, budgetPlusFallback)).toBe(
      "50ms + 2.5ms = 52.5ms, held against 50ms (rebooking-service)",
    );
  });

  test("a timeout beyond the budget is too late even without a fallback of its own", () => {
    expect(said(base.replace("timeout: 50ms}", "timeout: 60ms}"), budgetPlusFallback)).toHaveLength(1);
  });

  test("no retry is no storm; jitter is asked for only where the spec says that there is none", () => {
    const written = (line: string) =>
      said(base.replace("deployment:\n", `deployment:\n  retries: ${line}\n`), retriesExceedBudget);
    expect(written("{most: 0, jitter: false}")).toEqual([]);
    expect(written("{most: 1, jitter: false}")).toHaveLength(2);
    expect(written("{most: 1}")).toEqual([
      "With 1 retry an answer may take 100ms, but rebooking-service waits 50ms.",
    ]);
  });
});

describe("capacity", () => {
  const withReplicas = (line: string, mean = "mean: 40ms, ") =>
    base.replace("latency: {p50: 5ms", `replicas: ${line}\n  latency: {${mean}p50: 5ms`);

  test("the need is that of Little's law, with this spec's numbers", () => {
    const text = withReplicas("{max: 4, concurrency: 4}");
    expect(explained(text, littlesLaw)).toBe("ceil(500/s x 40ms / 4) = 5");
    expect(found(text, littlesLaw)[0]?.fix).toEqual([
      { kind: "replace", path: ["deployment", "replicas", "max"], yaml: "5" },
    ]);
    expect(said(withReplicas("{max: 5, concurrency: 4}"), littlesLaw)).toEqual([]);
    expect(explained(withReplicas("{max: 9, concurrency: 4, utilisation: 50%}"), littlesLaw)).toBe(
      "ceil(500/s x 40ms / 4 / 50%) = 10",
    );
  });

  test("without a mean latency it is skipped, not passed", () => {
    expect(said(withReplicas("{max: 4, concurrency: 4}", ""), littlesLaw)).toMatch(/latency\.mean/);
    expect(said(base, littlesLaw)).toEqual([]);
  });

  test("a burst is no trouble for a queue, for fixed replicas, or when it outlasts the scaling", () => {
    const burst = withReplicas("{min: 4, max: 12, concurrency: 1, scale_up: 30s}", "mean: 6ms, ");
    expect(said(burst, burstVsAutoscale)).toHaveLength(1);
    expect(said(burst.replace("then: shed", "then: queue"), burstVsAutoscale)).toEqual([]);
    expect(said(burst.replace("max: 12", "max: 4"), burstVsAutoscale)).toEqual([]);
    expect(said(burst.replace("for: 10s", "for: 30s"), burstVsAutoscale)).toEqual([]);
  });

  test("a cold start of unknown length cannot be held against p99", () => {
    expect(said(withReplicas("{min: 0}"), scaleToZeroVsP99)).toMatch(/load_time/);
  });
});

describe("evidence", () => {
  test.each([
    [95, 299],
    [99, 459],
  ])("at %s %% confidence p99 takes %s requests", (confidence, rows) => {
    const at = (requests: number) =>
      base
        .replace("confidence: 95%", `confidence: ${confidence}%`)
        .replace("requests: 10_000", `requests: ${requests}`);
    expect(said(at(rows), p99Unprovable)).toEqual([]);
    expect(said(at(rows - 1), p99Unprovable)).toHaveLength(1);
    expect(explained(at(rows), p99Unprovable)).toContain(` ${rows} requests`);
  });

  test("a limit of no changes at all has no number of requests", () => {
    const none = base.replace("10_000, max_label_changes: 3%", "10, max_label_changes: 0%");
    expect(said(none, shadowTooShort)).toEqual([]);
    expect(
      said(base.replace("10_000, max_label_changes: 3%", "98, max_label_changes: 3%"), shadowTooShort),
    ).toEqual([
      "Even if none of 98 requests got another label, that would not show that at most 3% do: it takes 99 at 95 % confidence.",
    ]);
  });
});

describe("going back", () => {
  test("the parts of a rollback are added up", () => {
    const text = base
      .replace("within: 1m}", "within: 1m, drain: 30s}")
      .replace("memory: 1GiB,", "memory: 1GiB, load_time: 1m,");
    expect(said(text, rollbackUnreachable)).toEqual([
      "A rollback is to take effect within 1m, but its parts take 1.5m: drain 30s + load time 1m.",
    ]);
  });

  test("a promise of containment counts from the failure: labels, window, rollback", () => {
    const promised = (time: string) =>
      base.replace(
        "controls: [contract.outputs.late.surface_above]",
        `controls: [deployment.rollback.within, monitoring.performance, monitoring.latency]\n    contained_within: ${time}`,
      );
    // The quickest of the signals that the risk names counts: 5m of latency.
    expect(said(promised("6m"), mttrHidesDetection)).toEqual([]);
    expect(said(promised("5m"), mttrHidesDetection)).toEqual([
      "False positives at a high rate is to last at most 5m, but monitoring.latency speaks after 5m and the rollback takes 1m more.",
    ]);
  });

  test("a canary step has to last until a bad version is noticed", () => {
    expect(said(base.replace("hold: 10m}", "hold: 10m, detect: 15m}"), canaryExposesRisk)).toHaveLength(1);
    expect(said(base.replace("hold: 10m}", "hold: 10m, detect: 10m}"), canaryExposesRisk)).toEqual([]);
  });
});
