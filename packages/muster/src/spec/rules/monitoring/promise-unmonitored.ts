import type { Rule, RuleFinding } from "../rule.ts";

/** What was shown once at the release has to be watched, or nobody knows whether it still holds. */
export const promiseUnmonitored: Rule = {
  code: "MU-M308",
  slug: "promise-unmonitored",
  title: "Promise that nothing watches",
  severity: "warning",
  preset: "strict",
  section: "monitoring",
  needs: "spec",
  fix: "suggestion",
  why: "A release proves its promises once, on data of the past. Without a signal in production the first to notice that one no longer holds is a user.",
  example: {
    base: "classification",
    fails: [["  latency:          {metric: p99, alert_above: 25ms, window: 5m, owner: platform}\n", ""]],
    passes: [["metric: p99, alert_above: 25ms, window: 5m", "metric: p99, alert_above: 25ms, window: 10m"]],
  },

  check({ spec }) {
    const { monitoring, evaluation, deployment } = spec;
    const findings: RuleFinding[] = [];
    const say = (at: readonly string[], promise: string, key: string, yaml: string): void => {
      findings.push({
        at,
        message: `Nothing in production watches ${promise}: there is no monitoring.${key}.`,
        hint: `Add monitoring.${key}.`,
        ...(monitoring === undefined
          ? {}
          : {
              related: [{ at: ["monitoring"], message: "the signals" }],
              fix: [{ kind: "add", path: ["monitoring"], key, yaml }],
            }),
      });
    };
    const primary = evaluation?.primary;
    if (primary !== undefined && monitoring?.performance === undefined) {
      const more = primary.at_least !== undefined;
      const limit = `${more ? "alert_below" : "alert_above"}: ${primary.at_least ?? primary.at_most}`;
      say(
        ["evaluation", "primary"],
        `the ${primary.metric} of at ${more ? "least" : "most"} ${primary.at_least ?? primary.at_most}`,
        "performance",
        `{metric: primary, ${limit}, window: 7d}`,
      );
    }
    const p99 = deployment?.latency?.p99;
    if (p99 !== undefined && monitoring?.latency === undefined) {
      say(
        ["deployment", "latency", "p99"],
        `the p99 of ${p99.text}`,
        "latency",
        `{metric: p99, alert_above: ${p99.text}, window: 5m}`,
      );
    }
    return findings;
  },
};
