import { durationText } from "../../duration-text.ts";
import type { Fix, Rule, RuleFinding } from "../rule.ts";

/** Retries multiply the wait and the load: they have to fit into the budget, and must not come all at once. */
export const retriesExceedBudget: Rule = {
  code: "MU-O104",
  slug: "retries-exceed-budget",
  title: "Retries that do not fit",
  severity: "warning",
  preset: "recommended",
  section: "deployment",
  needs: "spec",
  fix: "suggestion",
  why: "Each try may last until the timeout. Retries that go on after the caller's budget are work for nobody, and retries without jitter come back together and turn a short disturbance into a storm.",
  formula: "(1 + most) x timeout + most x backoff <= budget of each consumer",
  example: {
    base: "ranking",
    fails: [["deployment:\n", "deployment:\n  retries: {most: 2, backoff: 10ms, jitter: true}\n"]],
    passes: [
      [
        "latency: {p50: 20ms, p99: 100ms, timeout: 200ms}",
        "latency: {p50: 20ms, p99: 100ms, timeout: 140ms}\n  retries: {most: 1, backoff: 10ms, jitter: true}",
      ],
    ],
  },

  check({ spec }) {
    const { retries, latency, throughput } = spec.deployment ?? {};
    if (retries === undefined || retries.most.value === 0) return [];
    const findings: RuleFinding[] = [];
    const total = longest(retries.most.value, latency?.timeout?.ms, retries.backoff?.ms);
    for (const [i, { who, budget }] of (spec.problem?.consumers ?? []).entries()) {
      if (total === null || budget === undefined || total <= budget.ms) continue;
      findings.push({
        at: ["deployment", "retries", "most"],
        message: `With ${retries.most.text} ${retries.most.value === 1 ? "retry" : "retries"} an answer may take ${durationText(total)}, but ${who} waits ${budget.text}.`,
        hint: "Retry less often, or shorten the timeout of each try.",
        related: [
          { at: ["problem", "consumers", i, "budget"], message: `the budget of ${who} is ${budget.text}` },
          {
            at: ["deployment", "latency", "timeout"],
            message: `each try may last ${latency?.timeout?.text ?? ""}`,
          },
        ],
      });
    }
    if (retries.jitter === false && throughput?.peak !== undefined) {
      const fix: Fix = { kind: "replace", path: ["deployment", "retries", "jitter"], yaml: "true" };
      findings.push({
        at: ["deployment", "retries", "jitter"],
        message: `Retries without jitter come back all at once: at the peak of ${throughput.peak.text} each disturbance returns as a burst.`,
        hint: "Spread the waits at random.",
        related: [
          { at: ["deployment", "throughput", "peak"], message: `the peak is ${throughput.peak.text}` },
        ],
        fix: [fix],
      });
    }
    return findings;
  },

  explain({ spec }) {
    const { retries, latency } = spec.deployment ?? {};
    const total = longest(retries?.most.value ?? 0, latency?.timeout?.ms, retries?.backoff?.ms);
    if (retries === undefined || total === null) return null;
    const most = retries.most.value;
    return `(1 + ${most}) x ${latency?.timeout?.text} + ${most} x ${retries.backoff?.text ?? "0ms"} = ${durationText(total)}`;
  },
};

const longest = (most: number, timeoutMs: number | undefined, backoffMs = 0): number | null =>
  timeoutMs === undefined ? null : (1 + most) * timeoutMs + most * backoffMs;
