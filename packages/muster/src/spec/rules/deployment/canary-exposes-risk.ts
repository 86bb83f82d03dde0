import type { Rule, RuleFinding } from "../rule.ts";

/** Until a bad version is noticed, the canary's share of the requests gets its answers. */
export const canaryExposesRisk: Rule = {
  code: "MU-O115",
  slug: "canary-exposes-risk",
  title: "Canary noticed too late",
  severity: "info",
  preset: "recommended",
  section: "deployment",
  needs: "spec",
  fix: "none",
  why: "A canary limits the harm of a bad version only if the harm is noticed while the step is small. A step that ends before that passes the bad version on to more users.",
  formula: "detect <= hold, and first step x peak x detect <= max_exposed",
  example: {
    base: "classification",
    fails: [["hold: 10m}", "hold: 10m, detect: 5m, max_exposed: 1_000}"]],
    passes: [["hold: 10m}", "hold: 10m, detect: 3m, max_exposed: 1_000}"]],
  },

  check({ spec }) {
    const { canary, throughput } = spec.deployment ?? {};
    const [first] = canary?.steps ?? [];
    if (canary?.detect === undefined || first === undefined) return [];
    const { detect, hold, max_exposed: most } = canary;
    const at = ["deployment", "canary"];
    const findings: RuleFinding[] = [];
    if (hold !== undefined && hold.ms < detect.ms) {
      findings.push({
        at: [...at, "hold"],
        message: `A step lasts ${hold.text}, but a bad version is noticed after ${detect.text}: it has taken the next step by then.`,
        hint: `Hold each step for at least ${detect.text}.`,
        related: [{ at: [...at, "detect"], message: `it is noticed after ${detect.text}` }],
      });
    }
    if (most !== undefined && throughput?.peak !== undefined) {
      const exposed = Math.round(first.value * throughput.peak.perSecond * (detect.ms / 1000));
      if (exposed > most.value) {
        findings.push({
          at: [...at, "max_exposed"],
          message: `At the peak the first step of ${first.text} answers ${exposed} requests until a bad version is noticed after ${detect.text}, more than the ${most.text} that are borne.`,
          hint: "Start with a smaller step, notice it sooner, or roll out outside the peak and say so.",
          related: [
            { at: ["deployment", "throughput", "peak"], message: `the peak is ${throughput.peak.text}` },
            { at: [...at, "steps", 0], message: `the first step is ${first.text}` },
          ],
        });
      }
    }
    return findings;
  },
};
