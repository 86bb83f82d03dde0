import type { Rule } from "../rule.ts";

/** The model answers where the data may not go. */
export const regionSourceMismatch: Rule = {
  code: "MU-O117",
  slug: "region-source-mismatch",
  title: "Served where the data may not be",
  severity: "warning",
  preset: "recommended",
  section: "deployment",
  needs: "spec",
  fix: "none",
  why: "Requests and the journal are data in the region that answers. A region outside those that the data may go to is found by the lawyers in the week of the launch.",
  example: {
    base: "classification",
    fails: [
      [
        "  versioning:",
        "  regions: {serve: [eu-west-1, us-east-1], allowed: [eu-west-1, eu-central-1]}\n  versioning:",
      ],
    ],
    passes: [
      ["  versioning:", "  regions: {serve: [eu-west-1], allowed: [eu-west-1, eu-central-1]}\n  versioning:"],
    ],
  },

  check({ spec }) {
    const { serve, allowed } = spec.deployment?.regions ?? {};
    if (serve === undefined || allowed === undefined) return [];
    return serve.flatMap((region, i) =>
      allowed.includes(region)
        ? []
        : [
            {
              at: ["deployment", "regions", "serve", i],
              message: `The model answers from ${region}, but its data may go to ${allowed.join(", ")} only.`,
              hint: "Serve from a region that is allowed, or have this one allowed.",
              related: [
                { at: ["deployment", "regions", "allowed"], message: "the regions that are allowed" },
              ],
              allowed,
            },
          ],
    );
  },
};
