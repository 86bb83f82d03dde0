import type { Interval } from "../stats/interval.ts";
import { normalQuantile } from "../stats/normal.ts";
import { predictionPoweredMean, sampleMean } from "../stats/prediction-powered.ts";
import { roganGladen } from "../stats/rogan-gladen.ts";
import type { Rated } from "./agreement.ts";
import { type JudgeGate, judgeLimits } from "./judge-gate.ts";

/** The share of answers that pass, as people would say. */
export type CorrectedShare =
  | {
      readonly kind: "value";
      readonly value: number;
      readonly interval: Interval;
      readonly standardError: number;
      readonly rows: number;
      /** What the judge said by itself, and Rogan and Gladen's correction of it, to lay beside the value. */
      readonly judged: number;
      readonly roganGladen: number | null;
    }
  | {
      readonly kind: "undefined";
      readonly because: string;
      readonly rows: number;
      readonly judged: number | null;
    };

/** Fewer calibrated items do not carry a correction of their own. */
const fewestForCorrection = 50;
const leastYouden = 0.5;

/**
 * The judge's share of passing answers, corrected by what people said to the calibrated ones. Undefined, with the
 * reason, when the judge's own gate is not kept, when too many calls failed, or when judge and people have too little to do with each other.
 */
export function correctedShare(
  scores: readonly (number | null)[],
  calibration: readonly Rated[],
  gate: JudgeGate,
  passAt: number,
  confidence: number,
): CorrectedShare {
  const rows = scores.length;
  const passes = scores.flatMap((score) => (score === null ? [] : [score >= passAt ? 1 : 0]));
  const instrument = sampleMean(passes);
  const judged = passes.length === 0 ? null : instrument.mean;
  const no = (because: string): CorrectedShare => ({ kind: "undefined", because, rows, judged });
  if (rows === 0) return no("there is no row");
  if (gate.outcome !== "kept") {
    const first = gate.checks.find(({ outcome }) => outcome === gate.outcome);
    return no(`the judge's own gate is ${gate.outcome}: ${first?.name}, ${first?.because}`);
  }
  const failed = rows - passes.length;
  if (failed > judgeLimits.failedShare * rows || judged === null) {
    return no(`${failed} of ${rows} calls of the judge failed`);
  }
  const differences = calibration.flatMap(({ judged: score, ratings }) => {
    if (score === null) return [];
    const people = ratings.filter((rating) => rating >= passAt).length / ratings.length;
    return [people - (score >= passAt ? 1 : 0)];
  });
  if (differences.length < fewestForCorrection) {
    return no(`only ${differences.length} calibrated items are of it, of at least ${fewestForCorrection}`);
  }
  if (!(gate.accuracy.sensitivity + gate.accuracy.specificity - 1 >= leastYouden)) {
    return no("sensitivity and specificity of the judge are too low to correct it");
  }
  if (passes.length < 2) return no("one row shows no spread");
  const correction = sampleMean(differences);
  // Judge and people never differed: they may yet, in up to this share of items, with a confidence of 95 %.
  const unseen = 1 - 0.05 ** (1 / differences.length);
  const { estimate, standardError } = predictionPoweredMean(instrument, {
    ...correction,
    variance: correction.variance > 0 ? correction.variance : unseen,
  });
  const spread = normalQuantile(0.5 + confidence / 2) * standardError;
  const clip = (value: number): number => Math.min(1, Math.max(0, value));
  const rogan = roganGladen(judged, passes.length, gate.accuracy, leastYouden);
  return {
    kind: "value",
    value: clip(estimate),
    interval: [clip(estimate - spread), clip(estimate + spread)],
    standardError,
    rows,
    judged,
    roganGladen: rogan === null ? null : clip(rogan.estimate),
  };
}
