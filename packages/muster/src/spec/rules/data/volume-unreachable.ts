import type { DataSource } from "../../data-section.ts";
import type { Rule } from "../rule.ts";

/** What all sources together leave, or null where one of them does not say how much it holds. */
function usableRows(sources: readonly DataSource[]): number | null {
  let rows = 0;
  for (const { volume, usable } of sources) {
    if (volume === undefined) return null;
    rows += volume.value * (usable?.value ?? 1);
  }
  return sources.length === 0 ? null : Math.floor(rows + 1e-6);
}

/** The sum of the sources is the most that there can be: joins and filters only take away. */
export const volumeUnreachable: Rule = {
  code: "MU-D102",
  slug: "volume-unreachable",
  title: "More examples than the sources hold",
  severity: "error",
  preset: "recommended",
  section: "data",
  needs: "spec",
  fix: "none",
  why: "Training data is taken from the sources, and joining and cleaning only take rows away. A number of examples above the sum of the sources can never be met, however long the project runs.",
  formula: "examples.total <= sum of volume x usable over the sources",
  example: {
    base: "classification",
    fails: [["volume: 3_000_000,", "volume: 800_000,"]],
    passes: [["volume: 3_000_000,", "volume: 3_000_000, usable: 50%,"]],
  },
  check({ spec }) {
    const sources = spec.data?.sources ?? [];
    const want = spec.data?.requirements?.examples?.total;
    const have = usableRows(sources);
    if (want === undefined || have === null || want.value <= have) return [];
    return [
      {
        at: ["data", "requirements", "examples", "total"],
        message: `The spec asks for ${want.text} examples; its ${sources.length === 1 ? "source leaves" : `${sources.length} sources together leave`} ${have}.`,
        hint: "Ask for fewer, add a source, or correct the volumes.",
        related: sources.map(({ name, volume, usable }, i) => ({
          at: ["data", "sources", i, "volume"],
          message: `${name}: ${volume?.text ?? ""} rows${usable === undefined ? "" : `, of which ${usable.text} can be used`}`,
        })),
      },
    ];
  },
  explain({ spec }) {
    const want = spec.data?.requirements?.examples?.total;
    const have = usableRows(spec.data?.sources ?? []);
    return want === undefined || have === null ? null : `${want.value} needed, ${have} in the sources`;
  },
};
