import type { Rule } from "../rule.ts";

const moving = [
  "latest",
  "current",
  "live",
  "stable",
  "newest",
  "head",
  "main",
  "master",
  "production",
  "prod",
];

/** What one goes back to has to be one version, which a name that moves along is not. */
export const rollbackTargetMissing: Rule = {
  code: "MU-O111",
  slug: "rollback-target-missing",
  title: "Fallback to a version that moves",
  severity: "error",
  preset: "recommended",
  section: "contract",
  needs: "spec",
  fix: "none",
  why: "A name such as latest means the version that is live, which is the one that just failed. Going back needs a version that stays what it was: a number or a digest.",
  example: {
    base: "classification",
    fails: [["fallback: {constant: {late: 0.205}}", "fallback: {version: latest}"]],
    passes: [["fallback: {constant: {late: 0.205}}", "fallback: {version: 0.9.2}"]],
  },

  check({ spec }) {
    const version = spec.contract?.fallback?.version;
    if (version === undefined || !moving.includes(version.toLowerCase())) return [];
    return [
      {
        at: ["contract", "fallback", "version"],
        message: `The fallback ${version} is no version of its own: it names whichever is live, also the one that failed.`,
        hint: "Name one version by its number or digest.",
        ...(spec.deployment?.rollback === undefined
          ? {}
          : {
              related: [{ at: ["deployment", "rollback"], message: "a rollback needs a fixed version, too" }],
            }),
      },
    ];
  },
};
