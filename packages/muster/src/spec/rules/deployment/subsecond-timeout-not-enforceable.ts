import type { Rule } from "../rule.ts";

/** KServe's InferenceService takes whole seconds for its timeout (v1beta1, `timeout`: integer, in seconds). */
export const subsecondTimeout: Rule = {
  code: "MU-O118",
  slug: "subsecond-timeout-not-enforceable",
  title: "Timeout that the platform cannot hold",
  severity: "info",
  preset: "recommended",
  section: "deployment",
  needs: "spec",
  fix: "none",
  why: "A platform that counts whole seconds rounds the timeout. Callers then wait longer than the spec promises, unless something before the platform keeps the time.",
  example: {
    base: "classification",
    fails: [["  versioning:", "  platform: kserve\n  versioning:"]],
    passes: [["  versioning:", "  platform: gateway\n  versioning:"]],
  },

  check({ spec }) {
    const { platform, latency } = spec.deployment ?? {};
    const timeout = latency?.timeout;
    if (platform !== "kserve" || timeout === undefined || timeout.ms % 1000 === 0) return [];
    return [
      {
        at: ["deployment", "latency", "timeout"],
        message: `KServe counts timeouts in whole seconds: it would hold ${Math.ceil(timeout.ms / 1000)}s instead of ${timeout.text}.`,
        hint: "Let the gateway or the caller keep the time, or promise whole seconds.",
        related: [{ at: ["deployment", "platform"], message: "the platform is kserve" }],
      },
    ];
  },
};
