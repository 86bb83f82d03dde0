/** What models that look at no input reach where this share of the rows is positive. */
export interface TrivialModel {
  /** Always the more frequent class. */
  readonly accuracy: number;
  /** Always positive. */
  readonly precision: number;
  readonly f1: number;
  readonly jaccard: number;
  /** One score for all rows. */
  readonly averagePrecision: number;
  /** Always the prevalence itself: the entropy and the variance of the label. */
  readonly logLoss: number;
  readonly brier: number;
}

export function trivialModel(prevalence: number): TrivialModel {
  const p = prevalence;
  return {
    accuracy: Math.max(p, 1 - p),
    precision: p,
    f1: alwaysPositiveFbeta(p, 1),
    jaccard: p,
    averagePrecision: p,
    logLoss: -p * Math.log(p) - (1 - p) * Math.log(1 - p),
    brier: p * (1 - p),
  };
}

/** F-beta of a model that always says positive: precision is the prevalence, recall is 1. */
export function alwaysPositiveFbeta(prevalence: number, beta: number): number {
  const b2 = beta * beta;
  return ((1 + b2) * prevalence) / (b2 * prevalence + 1);
}
