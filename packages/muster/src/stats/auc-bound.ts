import { type Interval, oneSided, type Side } from "./interval.ts";
import { logitBound } from "./logit-bound.ts";
import { newcombeAucBound } from "./newcombe-auc.ts";

export interface AucFacts {
  readonly auc: number;
  /** DeLong's variance; NaN or 0 where it has none. */
  readonly variance: number;
  readonly positives: number;
  readonly negatives: number;
}

/** Below this many of the rarer class, DeLong passes two to three times as often as it says (see newcombe-auc). */
const fewForDelong = 200;

/**
 * The one-sided bound of an AUC for decisions: logit-DeLong, and where one class is rare the more careful one of
 * it and Newcombe's.
 */
export function aucBound(facts: AucFacts, confidence: number, side: Side): number {
  const newcombe = newcombeAucBound(facts.auc, facts.positives, facts.negatives, confidence, side);
  const delong =
    facts.variance > 0 ? logitBound(facts.auc, Math.sqrt(facts.variance), confidence, side) : Number.NaN;
  if (Number.isNaN(delong)) return newcombe;
  if (Math.min(facts.positives, facts.negatives) >= fewForDelong) return delong;
  return side === "lower" ? Math.min(delong, newcombe) : Math.max(delong, newcombe);
}

/** The two-sided interval for showing: logit-DeLong, or Newcombe's where DeLong has none. */
export function aucInterval(facts: AucFacts, confidence: number): Interval {
  const each = oneSided(confidence);
  const end = (side: Side): number => {
    const delong =
      facts.variance > 0 ? logitBound(facts.auc, Math.sqrt(facts.variance), each, side) : Number.NaN;
    return Number.isNaN(delong)
      ? newcombeAucBound(facts.auc, facts.positives, facts.negatives, each, side)
      : delong;
  };
  return [end("lower"), end("upper")];
}
