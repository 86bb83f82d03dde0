import { suggest } from "../../../source/suggest.ts";
import type { Rule, RuleFinding } from "../rule.ts";

/** An acceptance is somebody's decision, made on a day, for a time. */
export const acceptedWithoutApprover: Rule = {
  code: "MU-R107",
  slug: "accepted-without-approver",
  title: "Accepted by nobody, or for ever",
  severity: "error",
  preset: "recommended",
  section: "risks",
  needs: "spec",
  fix: "none",
  why: "To live with a risk is a decision that somebody answers for. Without a name, a day and an end it is a risk that was forgotten, and nobody ever looks at it again.",
  example: {
    base: "classification",
    fails: [
      [
        "controls: [contract.outputs.late.surface_above]",
        "acceptance: {by: product}\n    controls: [contract.outputs.late.surface_above]",
      ],
    ],
    passes: [
      [
        "controls: [contract.outputs.late.surface_above]",
        "acceptance: {by: product, on: 2026-01-15, expires: 2026-07-15}",
      ],
    ],
  },

  check({ spec }) {
    const findings: RuleFinding[] = [];
    const roles = Object.keys(spec.owners);
    for (const [i, { id, acceptance }] of (spec.risks ?? []).entries()) {
      if (acceptance === undefined) continue;
      const at = ["risks", i, "acceptance"];
      const missing = (["by", "on", "expires"] as const).filter((key) => acceptance[key] === undefined);
      if (missing.length > 0) {
        findings.push({
          at,
          mark: "key",
          message: `The acceptance of ${id} does not say ${missing.map((key) => words[key]).join(" and ")}.`,
          hint: `Add ${missing.join(", ")}.`,
          ...(missing.includes("by") && roles.length > 0 ? { allowed: roles } : {}),
        });
      }
      const { by, on, expires } = acceptance;
      if (by !== undefined && !Object.hasOwn(spec.owners, by)) {
        const near = suggest(by, roles);
        findings.push({
          at: [...at, "by"],
          message: `${by}, who accepts ${id}, is no role of the owners.${near === null ? "" : ` Did you mean ${near}?`}`,
          hint: "Name a role of owners.",
          ...(roles.length > 0
            ? { allowed: roles, related: [{ at: ["owners"], message: "the owners" }] }
            : {}),
        });
      }
      if (on !== undefined && expires !== undefined && expires.startMs <= on.startMs) {
        findings.push({
          at: [...at, "expires"],
          message: `The acceptance of ${id} ends on ${expires.text}, not after ${on.text}, when it was given.`,
          hint: "Write a later day.",
          related: [{ at: [...at, "on"], message: `accepted on ${on.text}` }],
        });
      }
    }
    return findings;
  },
};

const words = { by: "who accepts it", on: "since when", expires: "until when" } as const;
