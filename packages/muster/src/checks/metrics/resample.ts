import { type Bootstrap, bootstrapOf } from "../../stats/bca.ts";
import { jackknifeVariance } from "../../stats/jackknife.ts";
import { poissonWeights } from "../../stats/poisson-weights.ts";
import { uniforms } from "../../stats/uniforms.ts";
import { type Facts, finiteFacts } from "./metric.ts";
import { valueVariance } from "./value-variance.ts";
import type { BucketCells } from "./weighted-cells.ts";

/** Printed in the docs: the same data gives the same bound, today and in a year. */
export const bootstrapSeed = 20_260_101;
const mostReplicates = 1000;
const fewestReplicates = 200;
/** About a second of adding up. */
const mostWork = 2e8;
/** From fewer units nobody can tell how much they differ. */
export const fewestClusters = 30;
/** So many replicates may have no value, and are left out: more, and those that are left say another thing. */
const mostUndefined = 0.01;

/** Why there is no bound. Evidence keeps the position, so reasons are only ever added at the end. */
const reasons = [
  "there are fewer than 30 units",
  "no sound bound is known for it",
  "without some of its units it is undefined",
  "all rows are alike, which does not tell how much units differ",
  "in too many resamples it is undefined",
  "it needs the units to resample by (data.evaluation.unit_id)",
  "what it counts cannot be resampled",
  "with weights it needs the units to resample by (data.evaluation.unit_id)",
  "of more than 52 labels none is known",
  "it needs the time of the rows (time), to tell how far false alarms come together",
  "there are fewer than 10 days with rows",
] as const;
type Reason = (typeof reasons)[number];

export function noUnitBound(because: Reason): Facts {
  return { no_unit_bound: reasons.indexOf(because) };
}

/** Why the rows give no bound by themselves; units may give one all the same. */
export function noBound(because: Reason): Facts {
  return { no_bound: reasons.indexOf(because) };
}

/** Why there is no bound, where that is known beforehand. */
export function boundTrouble(facts: Facts): string | null {
  const has = (name: string): boolean => Object.hasOwn(facts, name);
  if (has("no_unit_bound")) return reasons[facts.no_unit_bound ?? 0] ?? reasons[1];
  if (!has("no_bound") || has("replicates") || has("design_effect")) return null;
  return reasons[facts.no_bound ?? 0] ?? reasons[1];
}

/** The estimate from the cells of some weighting of the buckets, or null where it is undefined. */
export type Estimator = (weights: Float64Array) => number | null;

/** The estimate with each of the buckets left out, or null where one of them is undefined. */
function leaveOut(buckets: number, estimate: Estimator): Float64Array | null {
  const out = new Float64Array(buckets);
  const weights = new Float64Array(buckets).fill(1);
  for (let b = 0; b < buckets; b++) {
    weights[b] = 0;
    const value = estimate(weights);
    weights[b] = 1;
    if (value === null) return null;
    out[b] = value;
  }
  return out;
}

/**
 * By how many times the variance of a value is larger than its facts say, as rows of one unit go together: jackknife
 * over buckets of whole units against independent rows. Never below 1. `facts` are those of the same cells.
 */
export function designFacts(cells: BucketCells, estimate: Estimator, facts: Facts): Facts {
  if (cells.buckets < fewestClusters) return noUnitBound("there are fewer than 30 units");
  const independent = valueVariance(facts);
  if (independent === null) return noUnitBound("no sound bound is known for it");
  const leftOut = leaveOut(cells.buckets, estimate);
  if (leftOut === null) return noUnitBound("without some of its units it is undefined");
  const clustered = jackknifeVariance(leftOut);
  if (!(independent > 0)) return noUnitBound("all rows are alike, which does not tell how much units differ");
  return { design_effect: Math.max(1, clustered / independent), clusters: cells.buckets };
}

/** Facts for a bound by resampling whole buckets of units, for an estimate that no formula has one for. */
export function bootstrapFacts(
  { buckets, entries }: Pick<BucketCells, "buckets" | "entries">,
  estimate: Estimator,
): Facts {
  if (buckets < fewestClusters) return noUnitBound("there are fewer than 30 units");
  const whole = estimate(new Float64Array(buckets).fill(1));
  if (whole === null) return noUnitBound("no sound bound is known for it");
  const leftOut = leaveOut(buckets, estimate);
  if (leftOut === null) return noUnitBound("without some of its units it is undefined");
  const wanted = Math.min(
    mostReplicates,
    Math.max(fewestReplicates, Math.floor(mostWork / Math.max(1, entries))),
  );
  const random = uniforms(bootstrapSeed);
  const found: number[] = [];
  for (let r = 0; r < wanted; r++) {
    const value = estimate(poissonWeights(buckets, random));
    if (value !== null) found.push(value);
  }
  if (wanted - found.length > mostUndefined * wanted)
    return noUnitBound("in too many resamples it is undefined");
  return factsOfBootstrap(bootstrapOf(whole, Float64Array.from(found), leftOut), found.length, buckets);
}

function factsOfBootstrap(kept: Bootstrap, replicates: number, clusters: number): Facts {
  return finiteFacts({
    replicates,
    clusters,
    bootstrap_bias: kept.bias,
    bootstrap_acceleration: kept.acceleration,
    ...Object.fromEntries(kept.quantiles.map((value, i) => [`quantile_${i}`, value])),
  });
}

/** The bootstrap that was boiled down to facts, or null where there is none. */
export function bootstrapIn(facts: Facts): Bootstrap | null {
  if (!Object.hasOwn(facts, "replicates")) return null;
  const quantiles = Array.from({ length: 41 }, (_, i) => facts[`quantile_${i}`] ?? Number.NaN);
  return {
    quantiles,
    bias: facts.bootstrap_bias ?? 0,
    acceleration: facts.bootstrap_acceleration ?? 0,
  };
}
