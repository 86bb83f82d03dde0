import type { Rule } from "../rule.ts";

/** Asks only where the spec itself calls two traits protected and a failure grave. */
export const intersectionGap: Rule = {
  code: "MU-E115",
  slug: "intersection-gap",
  title: "Protected groups are never looked at together",
  severity: "info",
  preset: "strict",
  section: "evaluation",
  needs: "spec",
  fix: "none",
  why: "A model can be fair to women and to the old and still fail old women: each group by itself hides what happens where they cross. Where a failure is grave, the crossing has to be looked at, too.",
  example: {
    base: "regression",
    fails: [
      ["values: [north, south, centre]}", "values: [north, south, centre], protected: true}"],
      ["bins: [0, 2, 5, 60]}", "bins: [0, 2, 5, 60], protected: true}"],
      ["impact: {level: medium, what: Model is steered}", "impact: {level: high, what: Model is steered}"],
    ],
    passes: [
      ["values: [north, south, centre]}", "values: [north, south, centre], protected: true}"],
      [
        "bins: [0, 2, 5, 60]}",
        "bins: [0, 2, 5, 60], protected: true}\n  intersections: [[kitchen, distance_km]]",
      ],
      ["impact: {level: medium, what: Model is steered}", "impact: {level: high, what: Model is steered}"],
    ],
  },
  check({ spec }) {
    const traits = (spec.evaluation?.subgroups ?? []).flatMap((group, i) =>
      group.protected === true ? [{ by: group.by, at: ["evaluation", "subgroups", i, "by"] }] : [],
    );
    const grave = (spec.risks ?? []).findIndex(({ impact }) => impact.level === "high");
    const crossed = spec.evaluation?.intersections ?? [];
    const names = traits.map(({ by }) => by);
    if (traits.length < 2 || grave < 0) return [];
    if (crossed.some((group) => group.filter((by) => names.includes(by)).length >= 2)) return [];
    return [
      {
        at: ["evaluation", "subgroups"],
        mark: "key",
        message: `${names.join(" and ")} are protected and each is looked at by itself only, while ${spec.risks?.[grave]?.id} has a high impact.`,
        hint: `Add intersections: [[${names.slice(0, 2).join(", ")}]].`,
        related: traits.map(({ by, at }) => ({ at, message: `${by} is protected` })),
      },
    ];
  },
};
