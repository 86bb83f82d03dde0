import { updateInterval } from "../../update-interval.ts";
import type { Rule } from "../rule.ts";

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, "");

/**
 * An input belongs to a source whose name is the system in front of the first dot of `source`. Updates that are prose are
 * not guessed at.
 */
export const featureFresherThanSource: Rule = {
  code: "MU-I108",
  slug: "feature-fresher-than-source",
  title: "An input is to be fresher than its source",
  severity: "error",
  preset: "minimal",
  section: "contract",
  needs: "spec",
  fix: "none",
  why: "A value cannot be younger than the last renewal of the system that it comes from. The promise is broken for most of each interval, whatever the caller does.",
  example: {
    base: "regression",
    fails: [
      [
        "source: routes.distance, unit: km, required: true",
        "source: deliveries.distance, staleness: 1h, unit: km, required: true",
      ],
    ],
    passes: [
      [
        "source: routes.distance, unit: km, required: true",
        "source: deliveries.distance, staleness: 2d, unit: km, required: true",
      ],
    ],
  },

  check({ spec: { contract, data } }) {
    const sources = data?.sources ?? [];
    return (contract?.inputs ?? []).flatMap(({ name, source, staleness }, i) => {
      const [system] = source?.split(".") ?? [];
      if (system === undefined || staleness === undefined) return [];
      const k = sources.findIndex((each) => plain(each.name) === plain(system));
      const updates = sources[k]?.updates;
      const every = updates === undefined ? null : updateInterval(updates);
      if (every === null || staleness.ms >= every) return [];
      return [
        {
          at: ["contract", "inputs", i, "staleness"],
          message: `${name} is to be at most ${staleness.text} old, but ${sources[k]?.name} is renewed ${updates}.`,
          hint: "Renew the source more often, or allow an age of at least its interval.",
          related: [{ at: ["data", "sources", k, "updates"], message: `renewed ${updates}` }],
        },
      ];
    });
  },
};
