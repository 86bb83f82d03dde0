import type { Rule, RuleFinding } from "../rule.ts";

/** Strict: a source may be described before anybody has been asked for it. */
export const sourceNoAccess: Rule = {
  code: "MU-D107",
  slug: "source-no-access",
  title: "A source that nobody can read",
  severity: "error",
  preset: "strict",
  section: "data",
  needs: "spec",
  fix: "none",
  why: "Data that nobody owns or that cannot be read yet is what most often stops a project after it has started. Access is proven by reading; a source without a place to read it from, or whose access ends before the data does, proves nothing.",
  example: {
    base: "classification",
    fails: [["owner: ops-data, access: data/flights.parquet, ", ""]],
    passes: [["access: data/flights.parquet,", "access: data/flights.parquet, access_until: 2002-12-31,"]],
  },
  check({ spec }) {
    const dates = spec.data?.requirements?.dates;
    return (spec.data?.sources ?? []).flatMap(({ name, owner, access, access_until: until }, i) => {
      const at = ["data", "sources", i];
      const missing = [
        ...(owner === undefined ? ["an owner"] : []),
        ...(access === undefined ? ["a place where it can be read"] : []),
      ];
      const found: RuleFinding[] = [];
      if (missing.length > 0) {
        found.push({
          at,
          message: `The source ${name} has no ${missing.join(" and no ").replace(/\ban? /g, "")}.`,
          hint: "Add owner and access.",
        });
      }
      if (until !== undefined && dates !== undefined && until.startMs < dates.to.startMs) {
        found.push({
          at: [...at, "access_until"],
          message: `${name} may be read until ${until.text}, before the training data ends on ${dates.to.text}.`,
          hint: "Have the access extended, or let the data end earlier.",
          related: [{ at: ["data", "requirements", "dates", "to"], message: `data until ${dates.to.text}` }],
        });
      }
      return found;
    });
  },
};
