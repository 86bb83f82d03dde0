import { replicasNeeded } from "../../../stats/capacity.ts";
import type { Spec } from "../../spec.ts";
import type { Rule } from "../rule.ts";

/** The peak has to fit on the replicas, or the queue grows for as long as the peak lasts. */
export const littlesLaw: Rule = {
  code: "MU-O105",
  slug: "littles-law",
  title: "Peak beyond the replicas",
  severity: "error",
  preset: "recommended",
  section: "deployment",
  needs: "spec",
  fix: "suggestion",
  why: "The number of requests at work is their rate times how long each takes, whatever the distributions. If the replicas cannot work on that many at once the queue grows without end, and every promise of latency falls.",
  formula:
    "replicas >= ceil(peak x mean latency / concurrency / utilisation) (J. D. C. Little, Operations Research 9 (1961) 383)",
  example: {
    base: "classification",
    fails: [
      [
        "latency: {p50: 5ms, p99: 25ms",
        "replicas: {min: 1, max: 2, concurrency: 1}\n  latency: {mean: 6ms, p50: 5ms, p99: 25ms",
      ],
    ],
    passes: [
      [
        "latency: {p50: 5ms, p99: 25ms",
        "replicas: {min: 1, max: 5, concurrency: 1, utilisation: 70%}\n  latency: {mean: 6ms, p50: 5ms, p99: 25ms",
      ],
    ],
  },

  check({ spec }) {
    const { replicas, throughput, latency } = spec.deployment ?? {};
    if (replicas?.max === undefined || throughput?.peak === undefined) return [];
    const load = peakLoad(spec);
    if (load === null)
      return {
        skipped:
          "the replicas' need follows from latency.mean and replicas.concurrency, which are not both given",
      };
    if (load.needed <= replicas.max.value) return [];
    return [
      {
        at: ["deployment", "replicas", "max"],
        message: `The peak of ${throughput.peak.text} at ${latency?.mean?.text} each needs ${load.needed} replicas, but at most ${replicas.max.text} may run: ${load.words}.`,
        hint: `Allow ${load.needed} replicas, or promise a lower peak.`,
        related: [
          { at: ["deployment", "throughput", "peak"], message: `the peak is ${throughput.peak.text}` },
          {
            at: ["deployment", "latency", "mean"],
            message: `an answer takes ${latency?.mean?.text} on average`,
          },
        ],
        fix: [{ kind: "replace", path: ["deployment", "replicas", "max"], yaml: String(load.needed) }],
      },
    ];
  },

  explain: ({ spec }) => peakLoad(spec)?.words ?? null,
};

function peakLoad(spec: Spec): { needed: number; words: string } | null {
  const { replicas, throughput, latency } = spec.deployment ?? {};
  const { concurrency, utilisation } = replicas ?? {};
  if (throughput?.peak === undefined || latency?.mean === undefined || concurrency === undefined) return null;
  const seconds = latency.mean.ms / 1000;
  const needed = replicasNeeded(
    throughput.peak.perSecond,
    seconds,
    concurrency.value,
    utilisation?.value ?? 1,
  );
  const busy = utilisation === undefined ? "" : ` / ${utilisation.text}`;
  const words = `ceil(${throughput.peak.text} x ${latency.mean.text} / ${concurrency.text}${busy}) = ${needed}`;
  return { needed, words };
}
