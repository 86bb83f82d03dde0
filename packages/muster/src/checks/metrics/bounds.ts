import { aucBound, aucInterval } from "../../stats/auc-bound.ts";
import { averagePrecisionBound, averagePrecisionLogitBound } from "../../stats/average-precision.ts";
import { bcaBound } from "../../stats/bca.ts";
import { gapBound } from "../../stats/calibration-bound.ts";
import { clopperPearsonBound } from "../../stats/clopper-pearson.ts";
import { f1Bound } from "../../stats/f1-bound.ts";
import { type Interval, oneSided, type Side } from "../../stats/interval.ts";
import { logitBound } from "../../stats/logit-bound.ts";
import { boundedMeanBound, meanBound } from "../../stats/mean-bound.ts";
import { meanOfProportionsBound } from "../../stats/mean-of-proportions.ts";
import { r2Bound } from "../../stats/noise-share.ts";
import { normalQuantile } from "../../stats/normal.ts";
import { poissonBound } from "../../stats/poisson-bound.ts";
import type { Proportion } from "../../stats/proportion-difference.ts";
import { shareLikeBound } from "../../stats/share-like-bound.ts";
import { wilsonBound } from "../../stats/wilson.ts";
import { mostStrata } from "./confusion-facts.ts";
import { withDesignEffect } from "./design-effect.ts";
import { keptBound } from "./kept-bounds.ts";
import type { Bound, Facts, Metric } from "./metric.ts";
import { bootstrapIn, boundTrouble } from "./resample.ts";

/** Below it large-sample bounds miss far more often than they say (measured for proportions and AUC). */
const fewest = 10;
/** From 30 squared normal errors the bound of their mean missed 7.5 % of the time, from 50 it missed 5.2. */
const fewestForMeans = 50;
/** Paired AUCs need about this many rows of each class. */
const fewestForGain = 30;
/** Where a metric looks at a part of the rows, it takes so many of them. */
const fewestWithin = 100;
/** From 25 positives the bound of a part of the ROC curve misses 6.6 % of the time. */
const fewestOfShare = 30;
/** From here on t is close enough for values within [0, 1]; below, a bound that holds for any distribution. */
const manyForT = 100;

type Purpose = "decide" | "show";

/**
 * The interval and the bound of every metric, by the facts that it gave: their names say which method is sound.
 * Facts suffice, so stored evidence is judged anew at another confidence without measuring again.
 */
export const bounds: Pick<Metric, "interval" | "bound"> = {
  interval(facts: Facts, confidence: number): Interval | null {
    const each = oneSided(confidence);
    const low = end(facts, each, "lower", "show");
    const high = end(facts, each, "upper", "show");
    return low.kind === "value" && high.kind === "value" ? [low.value, high.value] : null;
  },
  bound(facts: Facts, confidence: number, side: Side): Bound {
    return end(facts, confidence, side, "decide");
  },
};

function end(facts: Facts, confidence: number, side: Side, purpose: Purpose): Bound {
  const found = inner(facts, confidence, side, purpose);
  if (found.kind === "undefined") return found;
  if (!Number.isFinite(found.value)) return unknown("the numbers are too extreme for a bound");
  // What cells of scores leave open is added on top of what sampling leaves open.
  const slack = get(facts, "half_width");
  if (!(slack > 0) || (has(facts, "auc") && purpose === "decide")) return found;
  const least = has(facts, "gain") ? -1 : 0;
  return known(Math.min(1, Math.max(least, side === "lower" ? found.value - slack : found.value + slack)));
}

function inner(all: Facts, confidence: number, side: Side, purpose: Purpose): Bound {
  const trouble = boundTrouble(all);
  if (trouble !== null) return unknown(trouble);
  if (has(all, "design_effect") && purpose === "decide") {
    const rarer = Math.min(get(all, "successes"), get(all, "trials") - get(all, "successes"));
    if (rarer < fewest) {
      return unknown(
        `there are fewer than ${fewest} successes or failures, too few to tell how rows of one unit go together`,
      );
    }
  }
  const facts = withDesignEffect(all, confidence);
  const resampled = bootstrapIn(facts);
  if (resampled !== null) return known(bcaBound(resampled, confidence, side));
  const kept = keptBound(facts, confidence, side);
  if (kept !== null) return kept;
  const of = purpose === "decide" ? "clopper-pearson" : "wilson";
  if (has(facts, "successes")) {
    const bound = purpose === "decide" ? clopperPearsonBound : wilsonBound;
    return known(bound(get(facts, "successes"), get(facts, "trials"), confidence, side));
  }
  if (has(facts, "jaccard_successes")) {
    return known(
      f1Bound(get(facts, "jaccard_successes"), get(facts, "jaccard_trials"), confidence, side, of),
    );
  }
  if (has(facts, "strata")) return byStrata(facts, confidence, side, of);
  if (has(facts, "auc")) return byAuc(facts, confidence, side, purpose);
  if (has(facts, "average_precision")) {
    if (get(facts, "positives") < fewest) return unknown(`there are fewer than ${fewest} positive rows`);
    const ap = get(facts, "average_precision");
    const within = ap > 0 && ap < 1;
    const bound = purpose === "show" && within ? averagePrecisionLogitBound : averagePrecisionBound;
    return known(bound(ap, get(facts, "positives"), confidence, side));
  }
  if (has(facts, "gap")) {
    const rows = get(facts, "rows");
    if (purpose === "decide" && rows < fewestForMeans)
      return unknown(`there are fewer than ${fewestForMeans} rows`);
    const spread = { square: get(facts, "gap_square"), lift: get(facts, "gap_lift") };
    return known(gapBound(get(facts, "gap"), spread, rows, confidence, side));
  }
  if (has(facts, "poisson_count")) {
    return known(poissonBound(get(facts, "poisson_count"), confidence, side) / get(facts, "exposure"));
  }
  if (has(facts, "mean")) return byMean(facts, confidence, side, purpose);
  if (has(facts, "noise_share")) {
    if (!has(facts, "standard_error")) return unknown("no sound bound is known for it");
    if (purpose === "decide" && get(facts, "rows") < fewestForMeans) {
      return unknown(`there are fewer than ${fewestForMeans} rows`);
    }
    return known(r2Bound(get(facts, "noise_share"), get(facts, "standard_error"), confidence, side));
  }
  if (has(facts, "gain")) return byGain(facts, confidence, side, purpose);
  if (has(facts, "estimate")) {
    const found = byDelta(facts, confidence, side, purpose);
    return has(facts, "times") && found.kind === "value" ? known(found.value * get(facts, "times")) : found;
  }
  return unknown("no sound bound is known for it");
}

function byStrata(facts: Facts, confidence: number, side: Side, of: "clopper-pearson" | "wilson"): Bound {
  if (get(facts, "strata") > mostStrata) return unknown(`there are more than ${mostStrata} classes`);
  const parts: Proportion[] = [];
  for (let k = 0; k < get(facts, "strata"); k++) {
    parts.push({ successes: get(facts, `successes_${k}`), trials: get(facts, `trials_${k}`) });
  }
  const mean = meanOfProportionsBound(parts, confidence, side, of);
  const chance = has(facts, "chance") ? get(facts, "chance") : 0;
  return known((mean - chance) / (1 - chance));
}

function byAuc(facts: Facts, confidence: number, side: Side, purpose: Purpose): Bound {
  const auc = {
    auc: get(facts, "auc"),
    variance: has(facts, "variance") ? get(facts, "variance") : Number.NaN,
    positives: get(facts, "positives"),
    negatives: get(facts, "negatives"),
  };
  if (purpose === "decide") {
    // The bound of an area moves more or less than the area itself, so it is taken at both ends of what cells leave open.
    const slack = has(facts, "half_width") ? get(facts, "half_width") : 0;
    if (!(slack > 0)) return known(aucBound(auc, confidence, side));
    const ends = [auc.auc - slack, auc.auc, auc.auc + slack].map((at) =>
      aucBound({ ...auc, auc: Math.min(1, Math.max(0, at)) }, confidence, side),
    );
    return known(side === "lower" ? Math.min(...ends) : Math.max(...ends));
  }
  const [low, high] = aucInterval(auc, 2 * confidence - 1);
  return known(side === "lower" ? low : high);
}

function byMean(facts: Facts, confidence: number, side: Side, purpose: Purpose): Bound {
  const rows = get(facts, "effective_rows");
  const error = get(facts, "standard_error");
  const mean = get(facts, "mean");
  if (!(rows >= 2)) return unknown("one row shows no spread");
  // Also where all values are equal: what t makes of no spread is no bound.
  if (has(facts, "bounded") && (rows < manyForT || !(error > 0)) && purpose === "decide") {
    return known(boundedMeanBound(mean, error * error * rows, rows, confidence, side));
  }
  if (purpose === "decide" && rows < fewestForMeans)
    return unknown(`there are fewer than ${fewestForMeans} rows`);
  if (!(error > 0)) return unknown("all rows have the same error, so their spread says nothing");
  const skewness = has(facts, "skewness") ? get(facts, "skewness") : 0;
  const estimate = { mean, standardError: error, degreesOfFreedom: rows - 1, skewness };
  const low = meanBound(estimate, confidence, "lower");
  const high = meanBound(estimate, confidence, "upper");
  if (has(facts, "absolute")) {
    // The mean has one sign, so only one of its two ends can be wrong: the level of the larger one stands.
    const least = low > 0 ? low : high < 0 ? -high : 0;
    return known(side === "lower" ? least : Math.max(Math.abs(low), Math.abs(high)));
  }
  if (has(facts, "signed")) return known(side === "lower" ? low : high);
  const bound = has(facts, "bounded")
    ? Math.min(1, side === "lower" ? low : high)
    : side === "lower"
      ? low
      : high;
  const atLeast0 = Math.max(0, bound);
  return known(has(facts, "root") ? Math.sqrt(atLeast0) : atLeast0);
}

/** The difference of two paired AUCs: about normal once both classes have some rows. */
function byGain(facts: Facts, confidence: number, side: Side, purpose: Purpose): Bound {
  const rarer = Math.min(get(facts, "positives"), get(facts, "negatives"));
  if (purpose === "decide" && rarer < fewestForGain) {
    return unknown(
      `there are fewer than ${fewestForGain} positive or fewer than ${fewestForGain} negative rows`,
    );
  }
  const error = Math.sqrt(get(facts, "variance"));
  if (!(error > 0)) return unknown("its standard error is 0, which says nothing");
  const spread = normalQuantile(confidence) * error;
  return known(get(facts, "gain") + (side === "lower" ? -spread : spread));
}

function byDelta(facts: Facts, confidence: number, side: Side, purpose: Purpose): Bound {
  const estimate = get(facts, "estimate");
  const error = get(facts, "standard_error");
  if (!has(facts, "standard_error")) return unknown("no standard error is known for it");
  if (purpose === "decide") {
    if (get(facts, "correct") < fewest || get(facts, "errors") < fewest) {
      return unknown(`there are fewer than ${fewest} right or fewer than ${fewest} wrong predictions`);
    }
    if (get(facts, "smaller_count") < fewest) {
      return unknown(`one of the two counts that it compares is below ${fewest}`);
    }
    if (get(facts, "smallest_class") < fewest) return unknown(`a class has fewer than ${fewest} rows`);
    if (get(facts, "rows_within") < fewestWithin) {
      return unknown(`there are fewer than ${fewestWithin} rows in the part that it looks at`);
    }
    if (get(facts, "rows") < fewestForMeans) return unknown(`there are fewer than ${fewestForMeans} rows`);
    if (has(facts, "share_rows")) {
      if (get(facts, "share_rows") < fewestOfShare) {
        return unknown(`there are fewer than ${fewestOfShare} rows of the class that it looks for`);
      }
      const share = { estimate, standardError: error, rows: get(facts, "share_rows") };
      return known(shareLikeBound(share, confidence, side));
    }
  }
  if (!(error > 0)) return unknown("its standard error is 0, which says nothing");
  const z = (side === "lower" ? -1 : 1) * normalQuantile(confidence);
  if (has(facts, "logit")) {
    const bound = logitBound(estimate, error, confidence, side);
    return Number.isNaN(bound) ? unknown("a value of exactly 0 or 1 has no bound") : known(bound);
  }
  if (has(facts, "log")) return known(estimate * Math.exp((z * error) / estimate));
  if (has(facts, "fisher")) {
    if (Math.abs(estimate) >= 1) return unknown("a value of exactly -1 or 1 has no bound");
    return known(Math.tanh(Math.atanh(estimate) + (z * error) / (1 - estimate * estimate)));
  }
  return known(Math.min(1, estimate + z * error));
}

function has(facts: Facts, name: string): boolean {
  return Object.hasOwn(facts, name);
}

function get(facts: Facts, name: string): number {
  return has(facts, name) ? (facts[name] ?? Number.NaN) : Number.NaN;
}

function known(value: number): Bound {
  return { kind: "value", value };
}

function unknown(because: string): Bound {
  return { kind: "undefined", because };
}
