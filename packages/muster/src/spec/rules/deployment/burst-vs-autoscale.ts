import { replicasNeeded } from "../../../stats/capacity.ts";
import { durationText } from "../../duration-text.ts";
import type { Rule } from "../rule.ts";

/** A burst that is over before a further replica answers is borne by those that run already, or not at all. */
export const burstVsAutoscale: Rule = {
  code: "MU-O106",
  slug: "burst-vs-autoscale",
  title: "Burst shorter than scaling up",
  severity: "warning",
  preset: "recommended",
  section: "deployment",
  needs: "spec",
  fix: "none",
  why: "Scaling up takes as long as a start and a load of the model. A burst that ends sooner never sees the new replicas, so the ones that always run have to bear it, or each burst loses requests.",
  formula:
    "scale_up + load_time <= burst.for, or ceil(burst.rate x mean latency / concurrency / utilisation) <= replicas.min",
  example: {
    base: "classification",
    fails: [
      [
        "latency: {p50: 5ms, p99: 25ms",
        "replicas: {min: 4, max: 12, concurrency: 1, scale_up: 30s}\n  latency: {mean: 6ms, p50: 5ms, p99: 25ms",
      ],
    ],
    passes: [
      [
        "latency: {p50: 5ms, p99: 25ms",
        "replicas: {min: 6, max: 12, concurrency: 1, scale_up: 30s}\n  latency: {mean: 6ms, p50: 5ms, p99: 25ms",
      ],
    ],
  },

  check({ spec }) {
    const { replicas, throughput, latency, infrastructure } = spec.deployment ?? {};
    const { min, max, concurrency, scale_up: up, utilisation } = replicas ?? {};
    const load = infrastructure?.load_time;
    const burst = throughput?.burst;
    // A queue is what bears the burst then.
    if (burst === undefined || burst.then === "queue" || min === undefined) return [];
    // Fixed numbers never scale: that they bear the load is said elsewhere.
    if (max !== undefined && max.value <= min.value) return [];
    if (up === undefined && load === undefined) return [];
    const until = (up?.ms ?? 0) + (load?.ms ?? 0);
    if (burst.for.ms >= until || latency?.mean === undefined || concurrency === undefined) return [];
    const needed = replicasNeeded(
      burst.rate.perSecond,
      latency.mean.ms / 1000,
      concurrency.value,
      utilisation?.value ?? 1,
    );
    if (needed <= min.value) return [];
    const path = ["deployment", "throughput", "burst"];
    return [
      {
        at: ["deployment", "replicas", "min"],
        message: `A burst of ${burst.rate.text} needs ${needed} replicas and is over after ${burst.for.text}, but a further replica answers only after ${durationText(until)} and as few as ${min.text} may be running.`,
        hint: `Keep ${needed} replicas running, queue the burst, or promise a smaller one.`,
        related: [{ at: path, message: `the burst of ${burst.rate.text} for ${burst.for.text}` }],
      },
    ];
  },
};
